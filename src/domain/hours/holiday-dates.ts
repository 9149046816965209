import type { Holiday, HolidayRule } from './schedule.ts';

const DAY_MS = 86_400_000;

/** The most particular first. */
const PRECEDENCE: Record<HolidayRule['kind'], number> = { once: 0, yearly: 1, 'nth-weekday': 2 };

/** A date as the number of days since 1970-01-01, which was a Thursday. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** 0 for Monday. */
export function weekdayOf(day: number): number {
  return modulo(day + 3, 7);
}

/** Which holiday a date is. Each year is worked out when a date in it is first asked for. */
export function holidaysByDate(holidays: readonly Holiday[]): (day: number) => Holiday | null {
  const inOrder = holidays.toSorted((a, b) => PRECEDENCE[a.rule.kind] - PRECEDENCE[b.rule.kind]);
  const years = new Map<number, Map<number, Holiday>>();
  return (day) => {
    if (inOrder.length === 0) return null;
    const year = new Date(day * DAY_MS).getUTCFullYear();
    let dates = years.get(year);
    if (dates === undefined) {
      dates = datesIn(year, inOrder);
      years.set(year, dates);
    }
    return dates.get(day) ?? null;
  };
}

function datesIn(year: number, holidays: readonly Holiday[]): Map<number, Holiday> {
  const dates = new Map<number, Holiday>();
  for (const holiday of holidays) {
    const day = dayIn(year, holiday.rule);
    if (day !== null && !dates.has(day)) dates.set(day, holiday);
  }
  return dates;
}

/** The rarest is a fifth weekday of February: once in 28 years, or in 40 around 2100. */
const MAX_YEARS_BETWEEN = 40;

/** When it is next, `today` included; null where it is over. Days are numbered from 1970-01-01. */
export function nextDayOf(rule: HolidayRule, today: number): number | null {
  if (rule.kind === 'once') {
    const [year = 0] = numbersIn(rule.date);
    const day = dayIn(year, rule);
    return day !== null && day >= today ? day : null;
  }
  const first = new Date(today * DAY_MS).getUTCFullYear();
  for (let year = first; year <= first + MAX_YEARS_BETWEEN; year += 1) {
    const day = dayIn(year, rule);
    if (day !== null && day >= today) return day;
  }
  return null;
}

/** Null in years without it. */
function dayIn(year: number, rule: HolidayRule): number | null {
  switch (rule.kind) {
    case 'once': {
      const [onceIn, month, day] = numbersIn(rule.date);
      return onceIn === year ? dayNumber(onceIn, month ?? 0, day ?? 0) : null;
    }
    case 'yearly': {
      const [month = 0, date = 0] = numbersIn(rule.date);
      const day = dayNumber(year, month, date);
      // 29 February of other years would be 1 March.
      return new Date(day * DAY_MS).getUTCMonth() === month - 1 ? day : null;
    }
    case 'nth-weekday':
      return nthWeekday(year, rule);
  }
}

function nthWeekday(
  year: number,
  { month, weekday, nth }: Extract<HolidayRule, { kind: 'nth-weekday' }>,
): number | null {
  const first = dayNumber(year, month, 1);
  const next = dayNumber(year, month + 1, 1);
  if (nth === -1) return next - 1 - modulo(weekdayOf(next - 1) - (weekday - 1), 7);
  const day = first + modulo(weekday - 1 - weekdayOf(first), 7) + (nth - 1) * 7;
  return day < next ? day : null;
}

function numbersIn(date: string): number[] {
  return date.split('-').map(Number);
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
