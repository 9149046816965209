/**
 * When staff answer: the hours of every week, and the days that override them. The clock is the one on the
 * practice's wall.
 */
export interface Schedule {
  /** IANA name. */
  timeZone: string;
  /** Seven days, Monday first; none on a day that is closed. */
  week: Span[][];
  /** Where several fall on one date the most particular rule wins, and among equals the first. */
  holidays: Holiday[];
}

/** Times of day, `HH:MM`. `to` may be `24:00`; at or before `from` it is on the day after. */
export interface Span {
  from: string;
  to: string;
}

/**
 * Its date belongs to it from midnight to midnight: neither the weekly hours count, nor what began the evening
 * before. Only its own spans do, and they may run on into the day after.
 */
export interface Holiday {
  name: string;
  rule: HolidayRule;
  /** Open in these spans only; null for a day that is closed. */
  part: Span[] | null;
  /** Its own after-hours reply, by language (BCP 47). */
  text: Record<string, string> | null;
}

export type HolidayRule =
  /** `YYYY-MM-DD` */
  | { kind: 'once'; date: string }
  /** `MM-DD`; 02-29 in leap years only. */
  | { kind: 'yearly'; date: string }
  /** Month from 1, weekday from Monday = 1; `nth` from 1 to 5, in months that have as many, or -1 for the last. */
  | { kind: 'nth-weekday'; month: number; weekday: number; nth: number };

export const DAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const DAY_MINUTES = 24 * 60;

/** Minutes from midnight of the day on which the span begins; the end is at most a day after the start. */
export function minutesOf({ from, to }: Span): { from: number; to: number } {
  const start = minuteOf(from);
  const end = minuteOf(to);
  return { from: start, to: end > start ? end : end + DAY_MINUTES };
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
