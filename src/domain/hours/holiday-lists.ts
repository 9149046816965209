import { isSameJson } from '../text/same-json.ts';
import { FEDERAL_HOLIDAYS } from './federal-holidays.ts';
import { dayNumber, nextDayOf } from './holiday-dates.ts';
import type { Holiday } from './schedule.ts';
import { isDate } from './schedule-faults.ts';

/** Those whose day nobody has listed, under whatever name. */
export function missingFederalHolidays(holidays: readonly Holiday[]): Holiday[] {
  return FEDERAL_HOLIDAYS.filter(({ rule }) => !holidays.some((one) => isSameJson(one.rule, rule)));
}

/**
 * The single dates of the twelve months before `today`, one year on. Without those for which there is one
 * already, and without 29 February, which the next year does not have.
 */
export function lastYearsHolidays(holidays: readonly Holiday[], today: number): Holiday[] {
  const dates = new Set(holidays.flatMap(({ rule }) => (rule.kind === 'once' ? [rule.date] : [])));
  return holidays.flatMap((holiday) => {
    const { rule } = holiday;
    if (rule.kind !== 'once') return [];
    const [year = 0, month = 0, day = 0] = rule.date.split('-').map(Number);
    const date = `${year + 1}${rule.date.slice(4)}`;
    const isOfLastYear = dayNumber(year, month, day) < today && dayNumber(year + 1, month, day) >= today;
    if (!isOfLastYear || !isDate(date) || dates.has(date)) return [];
    dates.add(date);
    return [{ ...holiday, rule: { kind: 'once' as const, date } }];
  });
}

export interface ListedHoliday {
  holiday: Holiday;
  /** Its place among all. */
  index: number;
  /** As a day number; null where it is over. */
  next: number | null;
}

/** By when they come next; what is over comes last. */
export function holidaysInOrder(holidays: readonly Holiday[], today: number): ListedHoliday[] {
  return holidays
    .map((holiday, index) => ({ holiday, index, next: nextDayOf(holiday.rule, today) }))
    .toSorted((a, b) => (a.next ?? Infinity) - (b.next ?? Infinity) || a.index - b.index);
}
