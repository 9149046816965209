import type { AtHours } from '../../src/domain/hours/hours-rule.ts';
import { formatUntil } from './format.ts';

/** What a trigger would do at an instant, as far as the hours have a say. */
export type WouldHappen = AtHours & { at: number; isOn: boolean };

export function wouldHappenWords(would: WouldHappen, now: number, timeZone: string): string {
  if (!would.isOn) return 'nothing, since the trigger is switched off.';
  switch (would.does) {
    case 'text':
      return `${would.isOpen ? 'the caller gets' : 'it is closed, and the caller gets'} “${would.text}”`;
    case 'hold':
      return `it is closed. The text leaves when it opens, ${formatUntil(would.until, now, timeZone)}.`;
    case 'nothing':
      return 'it is closed, and the caller gets no text.';
  }
}
