import type { ShownEntry } from '../../../src/domain/audit/audit-answer.ts';
import { actionWords, isLoud } from '../../../src/domain/audit/audit-entry.ts';
import { actorWords, changesInWords } from '../../../src/domain/audit/audit-words.ts';
import { formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge } from '../../design/parts.ts';
import { subjectOf } from './list.ts';

/** One entry, whole: what it was before, and what it became. */
export function openedEntry(entry: ShownEntry, practiceId: string, timeZone: string): VNode {
  const { seq, at, who, action, from, hash } = entry;
  const instant = (value: number) => formatInFull(value, timeZone);
  const changes = changesInWords(entry, instant);
  const hasBefore = changes.some(({ before }) => before !== null);
  return html`<div class="audit-opened">
    <p class="audit-opened__what"><strong>${actorWords(who)}</strong> ${actionWords(action)} ${isLoud(action) ? badge('Stands out', 'warn') : null}</p>
    <dl class="facts">
      <dt>When</dt><dd>${instant(at)}</dd>
      <dt>To whom or what</dt><dd>${subjectOf(entry)}${conversationLink(entry, practiceId)}</dd>
      <dt>From</dt><dd>${[from.browser, from.address].filter((one) => one !== null).join(', ') || 'not known'}</dd>
      <dt>Entry</dt><dd>${seq.toLocaleString('en-US')}</dd>
      <dt>Fingerprint</dt><dd><code class="audit-opened__hash">${hash}</code></dd>
    </dl>
    ${
      changes.length === 0
        ? null
        : html`<table class="audit-changes">
            <caption class="visually-hidden">${hasBefore ? 'What it was, and what it is' : 'What it is'}</caption>
            <thead><tr><th scope="col">What</th>${hasBefore ? html`<th scope="col">Before</th>` : null}<th scope="col">${hasBefore ? 'After' : 'Is'}</th></tr></thead>
            <tbody>${changes.map(
              ({ what, before, after }) =>
                html`<tr key=${what}><th scope="row">${what}</th>${hasBefore ? html`<td>${before ?? '–'}</td>` : null}<td>${after ?? '–'}</td></tr>`,
            )}</tbody>
          </table>`
    }
  </div>`;
}

/** It may be deleted meanwhile; the inbox says so. */
function conversationLink({ subject, action }: ShownEntry, practiceId: string): VNode | null {
  if (subject.is !== 'conversation' || action === 'nothing-shown') return null;
  const href = `/${encodeURIComponent(practiceId)}/c/${encodeURIComponent(subject.id)}`;
  return html` <a data-inbox href=${href}>Open it</a>`;
}
