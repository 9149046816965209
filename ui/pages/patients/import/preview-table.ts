import { languageTag } from '../../../../src/domain/text/language-tag.ts';
import { formatNumber, languageName } from '../../../design/format.ts';
import { html, type VNode } from '../../../design/html.ts';
import { badge } from '../../../design/parts.ts';
import { STATUS_WORDS } from '../patient-words.ts';
import type { FileRow } from './file-reading.ts';
import type { Preview } from './mapping.ts';

/** The first rows as they would be taken, and what is wrong with them. */
export function previewTable({ rows, checked }: Preview): VNode {
  if (rows.length === 0)
    return html`<p class="callout callout--warn">There are no rows below the one that names the columns.</p>`;
  const faults = checked.ok ? checked.value.faults : [];
  const wrong = rows.filter((one) => faultsOf(one, faults).length > 0).length;
  return html`<section class="section" aria-labelledby="preview-title">
    <div class="section__head">
      <h2 class="section__title" id="preview-title">The first ${rows.length === 1 ? 'row' : `${rows.length} rows`}</h2>
      <span class="section__aside" role="status">${checked.ok ? (wrong === 0 ? 'Nothing is wrong with them' : `Something is wrong with ${wrong}`) : checked.message}</span>
    </div>
    <ol class="rows">${rows.map((one) => previewRow(one, faultsOf(one, faults)))}</ol>
  </section>`;
}

interface Fault {
  row: number;
  message: string;
  isRefused: boolean;
}

function faultsOf(one: FileRow, faults: readonly Fault[]): Fault[] {
  if (one.is === 'refused') return [{ ...one, isRefused: true }];
  return faults.filter(({ row }) => row === one.row.row);
}

function previewRow(one: FileRow, faults: readonly Fault[]): VNode {
  const number = one.is === 'row' ? one.row.row : one.row;
  return html`<li class="rows__row" key=${number}>
    <span class="preview__number">Row ${number}</span>
    <div class="rows__main">
      ${one.is === 'refused' ? null : whoIs(one)}
      ${faults.map(({ message, isRefused }, index) => html`<p class="preview__fault" key=${index}>${badge(isRefused ? 'Left out' : 'Note', isRefused ? 'danger' : 'warn')} ${message}</p>`)}
    </div>
  </li>`;
}

function whoIs({ row }: Extract<FileRow, { is: 'row' }>): VNode {
  const { name, numbers, language, status, externalId } = row;
  const tag = languageTag(language ?? '');
  const shown = numbers.filter((number) => number !== '');
  return html`<p class="patient__name"><strong>${name || 'No name'}</strong>${status === null || status === 'active' ? null : badge(STATUS_WORDS[status].label, 'warn')}</p>
    <p class="rows__more patient__facts">
      ${shown.map((number) => html`<span key=${number}>${formatNumber(number)}</span>`)}
      ${!language ? null : html`<span>${tag === null ? language : languageName(tag)}</span>`}
      ${externalId === '' ? null : html`<span>ID ${externalId}</span>`}
    </p>`;
}
