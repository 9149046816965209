import { useSignal } from '@preact/signals';
import { html, useRef, type VNode } from '../../../design/html.ts';
import { icon } from '../../../design/icon.ts';
import type { KeptImport } from './kept-import.ts';

interface Choosing {
  /** One that has not ended. */
  kept: KeptImport | null;
  error: string | null;
  choose: (file: File) => void;
}

export function ChooseFile({ kept, error, choose }: Choosing): VNode {
  const input = useRef<HTMLInputElement>(null);
  const isOver = useSignal(false);
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    isOver.value = is;
  };
  return html`
    ${
      kept === null
        ? null
        : html`<p class="callout callout--plain">An import of ${kept.fileName} has not come to its end. Choose the same file again, and it goes on where it was.</p>`
    }
    <div role="alert">${error === null ? null : html`<p class="callout callout--danger">${error}</p>`}</div>
    <div class="drop" data-over=${String(isOver.value)} onDragOver=${over(true)} onDragLeave=${over(false)} onDrop=${(
      event: DragEvent,
    ) => {
      over(false)(event);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) choose(file);
    }}>
      <span class="empty__icon">${icon('file')}</span>
      <p class="drop__title">Drop a file here</p>
      <p class="field__help">A table with a name and a phone number for each patient (CSV, with commas, semicolons or tabs), or FHIR R4 patients (NDJSON). It stays on this computer; only what you map is sent. No record numbers are needed.</p>
      <button type="button" class="button button--primary" onClick=${() => input.current?.click()}>Choose a file</button>
      <input ref=${input} class="visually-hidden" id="import-file" type="file" tabindex="-1" aria-label="File with patients" accept=".csv,.tsv,.txt,.ndjson,.json,text/csv,text/tab-separated-values" onChange=${(
        event: Event,
      ) => {
        const field = event.currentTarget as HTMLInputElement;
        const [file] = field.files ?? [];
        if (file !== undefined) choose(file);
        // So that the same file can be chosen once more.
        field.value = '';
      }} />
    </div>
  `;
}
