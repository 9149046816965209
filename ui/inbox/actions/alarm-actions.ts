import type { PracticeAlarm } from '../../../src/domain/inbox/practice-alarm.ts';
import { alarmWords } from '../alarm-words.ts';
import { announce } from '../announcer.ts';
import { practicePath, request } from '../api.ts';
import { now } from '../clock.ts';
import { focusSoon } from '../focus.ts';
import { alarmDismissed } from '../state/alarm-changes.ts';
import { alarms, change, practiceId, timeZone } from '../store.ts';
import { notify } from './session-actions.ts';

/** Those that were not known yet are read out; the words of the others only change. */
export function announceNew(known: readonly PracticeAlarm[], told: readonly PracticeAlarm[]): void {
  const ids = new Set(known.map(({ id }) => id));
  for (const alarm of told) {
    if (ids.has(alarm.id)) continue;
    const { title, what } = alarmWords(alarm, now.peek(), timeZone.peek());
    announce(`${title}. ${what}`);
  }
}

export async function dismissAlarm(id: string): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null) return;
  const answer = await request<null>('DELETE', `${practicePath(practice)}/alarms/${encodeURIComponent(id)}`);
  if (!answer.ok) {
    notify(answer.message);
    return;
  }
  change(alarmDismissed, id);
  announce('Dismissed');
  // The button that had the keyboard is gone.
  focusSoon(alarms.peek().length > 0 ? '.alarm__dismiss' : '#list-title');
}
