import { openingAt } from '../hours/opening-hours.ts';
import type { Schedule, Span } from '../hours/schedule.ts';

/** Outside which hours somebody is left in peace. */
export type Quiet =
  | { is: 'never' }
  /** Outside those of the practice that there is something to tell of. */
  | { is: 'practice' }
  /** As in `Schedule`: seven days, Monday first. */
  | { is: 'own'; timeZone: string; week: Span[][] };

/** How somebody wants to be told. */
export interface Telling {
  quiet: Quiet;
  /** What is urgent is told in quiet hours too. */
  passesUrgent: boolean;
}

export const DEFAULT_TELLING: Telling = { quiet: { is: 'never' }, passesUrgent: false };

/** When this person is told; null: always. `practice` are the practice's hours, null where nobody set any. */
export function toldHours(quiet: Quiet, practice: Schedule | null): Schedule | null {
  switch (quiet.is) {
    case 'never':
      return null;
    case 'practice':
      return practice;
    case 'own':
      return { timeZone: quiet.timeZone, week: quiet.week, holidays: [] };
  }
}

export function isQuietAt(hours: Schedule | null, now: number): boolean {
  return hours !== null && !openingAt(hours, now).isOpen;
}

/** Epoch ms. */
export interface ToldSpan {
  from: number;
  to: number;
}

/** For a page, which has no calendar: when this person is told from now on until `until`; null: all the time. */
export function toldAhead(hours: Schedule | null, now: number, until: number): ToldSpan[] | null {
  if (hours === null) return null;
  const spans: ToldSpan[] = [];
  let at = now;
  while (at < until) {
    const opening = openingAt(hours, at);
    if (opening.isOpen) {
      const to = opening.closesAt ?? until;
      spans.push({ from: at, to });
      at = to;
    } else {
      at = opening.opensAt ?? until;
    }
  }
  return spans;
}
