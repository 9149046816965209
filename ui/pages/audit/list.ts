import type { ShownEntry } from '../../../src/domain/audit/audit-answer.ts';
import { actionWords, isLoud } from '../../../src/domain/audit/audit-entry.ts';
import { actorWords, subjectWords } from '../../../src/domain/audit/audit-words.ts';
import { formatDay, formatInFull, formatTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge, hidden } from '../../design/parts.ts';

interface Listed {
  entries: ShownEntry[];
  timeZone: string;
  now: number;
  open: (seq: number) => void;
}

/** By day, the newest on top. */
export function auditList({ entries, timeZone, now, open }: Listed): VNode {
  const days = Map.groupBy(entries, ({ at }) => formatDay(at, now, timeZone));
  return html`<div class="audit-list">${[...days].map(
    ([day, ofDay], index) => html`<section class="section" key=${day} aria-labelledby=${`day-${index}`}>
      <h2 class="audit-list__day" id=${`day-${index}`}>${day}</h2>
      <ol class="rows">${ofDay.map((entry) => row(entry, timeZone, open))}</ol>
    </section>`,
  )}</div>`;
}

function row(entry: ShownEntry, timeZone: string, open: Listed['open']): VNode {
  const { seq, at, who, action, from } = entry;
  return html`<li class="rows__row audit-row" key=${seq} data-seq=${seq}>
    <time class="audit-row__time" datetime=${new Date(at).toISOString()} title=${formatInFull(at, timeZone)}>${formatTime(at, timeZone)}</time>
    <div class="rows__main">
      <p class="audit-row__what"><strong>${actorWords(who)}</strong> ${actionWords(action)} ${isLoud(action) ? badge('Stands out', 'warn') : null}</p>
      <p class="rows__more audit-row__facts"><span>${subjectOf(entry)}</span>${from.browser === null ? null : html`<span>${from.browser}</span>`}${from.address === null ? null : html`<span>${from.address}</span>`}</p>
    </div>
    <div class="rows__end"><button type="button" class="button button--quiet button--small" onClick=${() => open(seq)}>Details${hidden(` of entry ${seq}`)}</button></div>
  </li>`;
}

export function subjectOf({ who, subject }: ShownEntry): string {
  const isSelf = who.is === 'staff' && subject.is === 'person' && subject.id === who.id;
  return isSelf ? 'Their own account' : subjectWords(subject.is, subject.label);
}
