import type { Message } from '../../src/domain/conversation/message.ts';
import { dayKey } from '../design/format.ts';
import type { Unsent } from './state/state.ts';

/** One line of an opened conversation. `isLast` ends a run of texts by the same hand. */
export type TimelineItem =
  | { is: 'day'; key: string; at: number }
  | { is: 'call'; key: string; message: Message }
  | { is: 'event'; key: string; message: Message }
  | { is: 'message'; key: string; message: Message; isFirst: boolean; isLast: boolean }
  | { is: 'unsent'; key: string; unsent: Unsent; isFirst: boolean };

/** Texts of one hand further apart than this are two runs. */
const RUN_GAP_MS = 5 * 60_000;

export function timelineOf(
  messages: readonly Message[],
  unsent: readonly Unsent[],
  timeZone: string,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let newest = 0;
  const startDay = (at: number) => {
    // A text that was lost on its way stands among newer ones, and begins no day there.
    if (at < newest) return;
    newest = at;
    const key = dayKey(at, timeZone);
    if (key !== day) items.push({ is: 'day', key: `day ${key}`, at });
    day = key;
  };
  messages.forEach((message, index) => {
    startDay(message.at);
    if (message.kind === 'event') {
      items.push({ is: 'event', key: message.id, message });
      return;
    }
    if (message.call !== null) items.push({ is: 'call', key: `call ${message.id}`, message });
    items.push({
      is: 'message',
      key: message.id,
      message,
      isFirst: !isSameRun(messages[index - 1], message, timeZone),
      isLast: !isSameRun(message, messages[index + 1], timeZone),
    });
  });
  unsent.forEach((one, index) => {
    startDay(one.at);
    items.push({ is: 'unsent', key: one.id, unsent: one, isFirst: unsent[index - 1]?.kind !== one.kind });
  });
  return items;
}

function isSameRun(a: Message | undefined, b: Message | undefined, timeZone: string): boolean {
  if (a === undefined || b === undefined || b.call !== null) return false;
  return (
    a.kind === b.kind &&
    a.author?.id === b.author?.id &&
    Math.abs(b.at - a.at) < RUN_GAP_MS &&
    dayKey(a.at, timeZone) === dayKey(b.at, timeZone)
  );
}
