import { useSignal } from '@preact/signals';
import {
  guessColumns,
  mappingFault,
  PATIENT_FIELDS,
  type PatientField,
} from '../../../../src/domain/patients/patient-columns.ts';
import { PREVIEW_ROWS, type RowFault } from '../../../../src/domain/patients/patient-row.ts';
import { field } from '../../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../../design/html.ts';
import { skeleton } from '../../../design/parts.ts';
import type { Answer } from '../../../shell/page.ts';
import { type FileRow, type OpenedFile, readFile, type TableReading } from './file-reading.ts';
import type { ImportApi } from './import-api.ts';
import type { Stage } from './import-page.ts';
import { previewTable } from './preview-table.ts';

interface MappingProps {
  api: ImportApi;
  stage: Extract<Stage, { is: 'mapping' }>;
  set: (reading: TableReading) => void;
  begin: (opened: OpenedFile, reading: TableReading | null) => Promise<void>;
  another: () => void;
}

export interface Preview {
  rows: FileRow[];
  checked: Answer<{ faults: RowFault[] }>;
}

const FIELDS = Object.entries(PATIENT_FIELDS) as [PatientField, string][];

/** What each column is, and what the first rows become; nothing is written yet. */
export function Mapping({ api, stage, set, begin, another }: MappingProps): VNode {
  const { opened, reading, error } = stage;
  const preview = useSignal<Preview | null>(null);
  const isBusy = useSignal(false);
  const fault = reading === null ? null : mappingFault(reading.mapping);

  useEffect(() => {
    let isCurrent = true;
    preview.value = null;
    if (fault === null) {
      void previewOf(api, opened, reading).then((made) => {
        if (isCurrent) preview.value = made;
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [api, opened, reading]);

  async function start(): Promise<void> {
    if (fault !== null || isBusy.peek()) return;
    isBusy.value = true;
    await begin(opened, reading);
    isBusy.value = false;
  }

  return html`<section class="card" aria-labelledby="mapping-title">
    <h2 class="section__title" id="mapping-title" tabindex="-1">${opened.file.name}</h2>
    <p class="rows__more">${kindWords(opened)}</p>
    ${opened.is === 'table' && reading !== null ? columns(opened.head, reading, set) : null}
    ${fault === null ? null : html`<p class="callout callout--warn">${fault}</p>`}
    <div role="alert">${error === null ? null : html`<p class="callout callout--danger">${error}</p>`}</div>
    <div class="form__actions">
      <button type="button" class="button button--primary" aria-disabled=${fault === null && !isBusy.value ? undefined : 'true'} onClick=${() => void start()}>Import</button>
      <button type="button" class="button" onClick=${another}>Choose another file</button>
      ${
        opened.is === 'table'
          ? html`<button type="button" class="button button--quiet" onClick=${() => set(guessColumns(opened.head[0] ?? []))}>Guess the columns again</button>`
          : null
      }
    </div>
  </section>
  ${fault === null ? (preview.value === null ? skeleton(4, 'row', 'Reading the first rows') : previewTable(preview.value)) : null}`;
}

async function previewOf(api: ImportApi, opened: OpenedFile, reading: TableReading | null): Promise<Preview> {
  const rows: FileRow[] = [];
  for await (const piece of readFile(opened, reading)) {
    rows.push(...piece.rows.slice(0, PREVIEW_ROWS - rows.length));
    if (rows.length >= PREVIEW_ROWS) break;
  }
  return { rows, checked: await api.check(rows.flatMap((one) => (one.is === 'row' ? [one.row] : []))) };
}

const DELIMITER_WORDS: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const ENCODING_WORDS: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'a Windows encoding',
};

function kindWords(opened: OpenedFile): string {
  return opened.is === 'fhir'
    ? 'FHIR R4 patients: the official name, mobile before home, and no number that has ended.'
    : `A table with ${DELIMITER_WORDS[opened.delimiter]} between its columns, in ${ENCODING_WORDS[opened.encoding]}.`;
}

function columns(head: string[][], reading: TableReading, set: (reading: TableReading) => void): VNode {
  const { hasHeader, mapping } = reading;
  const [first = []] = head;
  const labels = first.map((cell, index) =>
    hasHeader && cell.trim() !== '' ? cell.trim().slice(0, 60) : `Column ${index + 1}`,
  );
  return html`
    <label class="tick"><input type="checkbox" checked=${hasHeader} onChange=${(event: Event) =>
      set({
        ...reading,
        hasHeader: (event.currentTarget as HTMLInputElement).checked,
      })} /> The first row names the columns</label>
    <div class="import-columns">
      ${FIELDS.map(([name, label]) =>
        field({
          id: `column-${name}`,
          label,
          control: html`<select id=${`column-${name}`} onChange=${(event: Event) => {
            const { value } = event.currentTarget as HTMLSelectElement;
            set({ ...reading, mapping: { ...mapping, [name]: value === '' ? null : Number(value) } });
          }}>
            <option value="" selected=${mapping[name] === null}>Not in this file</option>
            ${labels.map((column, index) => html`<option key=${index} value=${index} selected=${mapping[name] === index}>${column}</option>`)}
          </select>`,
        }),
      )}
    </div>
  `;
}
