import type { HolidayRule, Schedule } from '../../src/domain/hours/schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Wall readings as minutes of a calendar without clock changes, one for each minute from `start` on. */
export function wallReadings(timeZone: string, start: number, minutes: number): number[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return Array.from({ length: minutes }, (_, index) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (
      format.format(start + index * MINUTE).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
  });
}

/**
 * The slow way: go through the minutes one by one, look at the clock on the wall, and never believe it when it
 * shows something earlier than before.
 */
export function openMinutes(schedule: Schedule, readings: readonly number[]): boolean[] {
  const days = new Map<number, { isHoliday: boolean; begun: [number, number][] }>();
  const on = (day: number) => {
    const known = days.get(day) ?? {
      isHoliday: holidayOn(schedule, day) !== undefined,
      begun: beginning(schedule, day),
    };
    days.set(day, known);
    return known;
  };
  const isOpenAtWall = (wall: number) => {
    const today = Math.floor(wall / DAY);
    const minute = wall - today * DAY;
    const { isHoliday, begun } = on(today);
    if (begun.some(([from, length]) => from <= minute && minute < from + length)) return true;
    return !isHoliday && on(today - 1).begun.some(([from, length]) => minute + DAY < from + length);
  };
  let latest = Number.NEGATIVE_INFINITY;
  return readings.map((reading) => {
    latest = Math.max(latest, reading);
    return isOpenAtWall(latest);
  });
}

/** Start and length of what begins on a date. */
function beginning(schedule: Schedule, day: number): [number, number][] {
  const holiday = holidayOn(schedule, day);
  const weekday = (new Date(day * DAY * MINUTE).getUTCDay() + 6) % 7;
  const spans = holiday === undefined ? schedule.week[weekday] : holiday.part;
  return (spans ?? []).map(({ from, to }) => {
    const start = Number(from.slice(0, 2)) * 60 + Number(from.slice(3));
    const end = Number(to.slice(0, 2)) * 60 + Number(to.slice(3));
    return [start, end <= start ? end - start + DAY : end - start];
  });
}

function holidayOn(schedule: Schedule, day: number) {
  const date = new Date(day * DAY * MINUTE);
  return (['once', 'yearly', 'nth-weekday'] as const)
    .map((kind) => schedule.holidays.find(({ rule }) => rule.kind === kind && isOn(rule, date)))
    .find((holiday) => holiday !== undefined);
}

function isOn(rule: HolidayRule, date: Date): boolean {
  const written = date.toISOString().slice(0, 10);
  switch (rule.kind) {
    case 'once':
      return rule.date === written;
    case 'yearly':
      return rule.date === written.slice(5);
    case 'nth-weekday': {
      if (date.getUTCMonth() + 1 !== rule.month || date.getUTCDay() !== rule.weekday % 7) return false;
      const dayOfMonth = date.getUTCDate();
      const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), rule.month, 0)).getUTCDate();
      return rule.nth === -1 ? dayOfMonth + 7 > daysInMonth : Math.ceil(dayOfMonth / 7) === rule.nth;
    }
  }
}
