import { DAY_NAMES } from '../../../src/domain/hours/schedule.ts';
import { overlapInWeek } from '../../../src/domain/hours/schedule-faults.ts';
import type { Quiet, Telling } from '../../../src/domain/telling/quiet.ts';

/** As it stands in the form: hours of one's own are kept while another choice is looked at. */
export interface QuietDraft {
  is: Quiet['is'];
  timeZone: string;
  /** Seven days, Monday first; times as `HH:MM`, or empty. */
  week: { from: string; to: string }[][];
  passesUrgent: boolean;
}

export const USUAL = { from: '08:00', to: '17:00' };

export function draftOf({ quiet, passesUrgent }: Telling, timeZone: string): QuietDraft {
  const own =
    quiet.is === 'own'
      ? quiet
      : { timeZone, week: DAY_NAMES.map((_, day) => (day < 5 ? [{ ...USUAL }] : [])) };
  return { is: quiet.is, timeZone: own.timeZone, week: own.week, passesUrgent };
}

export function tellingOf({ is, timeZone, week, passesUrgent }: QuietDraft): Telling {
  return {
    quiet: is === 'own' ? { is, timeZone, week: week.map((day) => day.map(spanOf)) } : { is },
    passesUrgent,
  };
}

/** The field for times has no 24:00; midnight is the same as an end. */
function spanOf({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from, to: to === '00:00' ? '24:00' : to };
}

/** What is wrong, in words; null where nothing is. */
export function faultOf(draft: QuietDraft): string | null {
  if (draft.is !== 'own') return null;
  const empty = draft.week.findIndex((day) => day.some(({ from, to }) => from === '' || to === ''));
  if (empty !== -1) return `${DAY_NAMES[empty]}: give both times, or remove the hours.`;
  return overlapInWeek(draft.week)?.message ?? null;
}
