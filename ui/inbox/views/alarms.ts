import type { PracticeAlarm } from '../../../src/domain/inbox/practice-alarm.ts';
import { html, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { dismissAlarm } from '../actions/alarm-actions.ts';
import { alarmWords } from '../alarm-words.ts';
import { minute } from '../clock.ts';
import { alarms, timeZone } from '../store.ts';

const ICONS: Record<PracticeAlarm['kind'], IconName> = {
  account: 'alert',
  signature: 'lock',
  recovered: 'inbox',
};

/** What only managers are told: above the list, and scrolled with it; more than one in short, so that callers keep their room. */
export function AlarmNotices(): VNode | null {
  if (alarms.value.length === 0) return null;
  return html`<section class="alarms" aria-label="Notices for managers">
    <ul class="plain-list">${alarms.value.map(notice)}</ul>
  </section>`;
}

function notice(alarm: PracticeAlarm): VNode {
  const { title, what, toDo } = alarmWords(alarm, minute.value, timeZone.value);
  const label = `Dismiss: ${title}, ${alarm.line.name}`;
  return html`<li class="alarm" key=${alarm.id} data-kind=${alarm.kind}>
    <details open=${alarms.value.length === 1}>
      <summary class="alarm__head">
        ${icon(ICONS[alarm.kind])}
        <span class="alarm__title">${title}${icon('down')}</span>
        <span class="alarm__line">${alarm.line.name}</span>
      </summary>
      <div class="alarm__words">
        <p>${what}</p>
        <p class="alarm__to-do">${toDo}</p>
      </div>
    </details>
    <button type="button" class="icon-button alarm__dismiss" aria-label=${label} onClick=${() => void dismissAlarm(alarm.id)}>${icon('close')}</button>
  </li>`;
}
