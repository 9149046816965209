import { useSignal } from '@preact/signals';
import type { FileFault, ImportPlan } from '../../../src/domain/words/response-files.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { focusSoon, notify } from '../../shell/page.ts';
import { type FileContent, fileContent } from './file-content.ts';
import type { ResponsesApi } from './responses-api.ts';

interface Importing {
  api: ResponsesApi;
  isOpen: boolean;
  reload: () => Promise<void>;
  close: () => void;
}

type Step =
  | { is: 'choosing'; message: string | null; faults: FileFault[] }
  | { is: 'looking' }
  | { is: 'planned'; file: Extract<FileContent, { is: 'read' }>; plan: ImportPlan };

const BEGIN: Step = { is: 'choosing', message: null, faults: [] };

/** A file is looked at first; it is taken in whole, or not at all. */
export function ImportDialog({ api, isOpen, reload, close }: Importing): VNode {
  const dialog = useDialog(isOpen);
  const step = useSignal<Step>(BEGIN);
  const leave = () => {
    step.value = BEGIN;
    close();
  };

  async function look(event: Event): Promise<void> {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    // So that the same file, put right meanwhile, can be chosen again.
    if (file === undefined) return;
    step.value = { is: 'looking' };
    const read = await fileContent(file);
    input.value = '';
    if (read.is === 'refused') {
      step.value = { is: 'choosing', message: read.message, faults: [] };
      return;
    }
    const answer = await api.takeIn(read.format, read.content, true);
    step.value = answer.ok
      ? { is: 'planned', file: read, plan: answer.value }
      : { is: 'choosing', message: answer.message, faults: faultsIn(answer.detail) };
    focusSoon('#import-result');
  }

  async function takeIn({ file, plan }: Extract<Step, { is: 'planned' }>): Promise<void> {
    step.value = { is: 'looking' };
    const answer = await api.takeIn(file.format, file.content, false);
    if (!answer.ok) {
      step.value = { is: 'choosing', message: answer.message, faults: faultsIn(answer.detail) };
      return;
    }
    leave();
    notify(`Taken in: ${words(plan)}.`);
    await reload();
  }

  const current = step.value;
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="import-title" onClose=${leave}>
    <div class="dialog__form">
      <h2 class="dialog__title" id="import-title">Take in a file</h2>
      <p class="dialog__text">A file that Offhook has exported, or a spreadsheet saved as CSV with the columns group, title, en, es and so on. One with a title that is there already says the new texts.</p>
      ${content()}
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${leave}>Cancel</button>
        ${
          current.is === 'planned' && current.plan.added.length + current.plan.changed.length > 0
            ? html`<button type="button" class="button button--primary" onClick=${() => void takeIn(current)}>Take in</button>`
            : null
        }
      </div>
    </div>
  </dialog>`;

  function content(): VNode {
    switch (current.is) {
      case 'looking':
        return html`<p role="status">Looking at the file…</p>`;
      case 'planned':
        return html`<div id="import-result" tabindex="-1">
          <p>${words(current.plan)}.</p>
          ${list('New', current.plan.added)} ${list('Changed', current.plan.changed)}
        </div>`;
      case 'choosing':
        return html`
          ${
            current.message === null
              ? null
              : html`<div class="callout callout--danger" id="import-result" tabindex="-1" role="alert">${icon('alert')}<div>
                  <p>${current.message}</p>
                  ${current.faults.length === 0 ? null : html`<ul class="import-faults">${current.faults.map(({ at, message }) => html`<li>${at === '' ? message : `${at}: ${message}`}</li>`)}</ul>`}
                </div></div>`
          }
          <div class="field">
            <label for="import-file">File</label>
            <input id="import-file" type="file" accept=".csv,.json,text/csv,application/json" onChange=${(event: Event) => void look(event)} />
          </div>`;
    }
  }
}

function words({ added, changed, same }: ImportPlan): string {
  return `${added.length} new, ${changed.length} changed, ${same} as they are`;
}

function list(title: string, titles: readonly string[]): VNode | null {
  if (titles.length === 0) return null;
  return html`<details class="import-list"><summary>${title} (${titles.length})</summary><ul>${titles.map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>`;
}

/** What came is what the server says beside its message, if it says anything. */
function faultsIn(detail: unknown): FileFault[] {
  const { faults } = (detail ?? {}) as { faults?: FileFault[] };
  return faults ?? [];
}
