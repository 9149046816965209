import { DAY_NAMES, type Holiday, type HolidayRule } from '../../../src/domain/hours/schedule.ts';
import { spansInWords } from '../../../src/domain/hours/time-of-day.ts';
import { languageName } from '../../design/format.ts';

const DAY_MS = 86_400_000;

export const NTH_WORDS = new Map([
  [1, 'First'],
  [2, 'Second'],
  [3, 'Third'],
  [4, 'Fourth'],
  [5, 'Fifth'],
  [-1, 'Last'],
]);

export const MONTH_NAMES: readonly string[] = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month)),
);

/** Fri, Dec 25, 2026 */
export function dayInWords(day: number): string {
  return new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(day * DAY_MS);
}

export function ruleInWords(rule: HolidayRule): string {
  switch (rule.kind) {
    case 'once':
      return `Only ${dayInWords(Date.parse(rule.date) / DAY_MS)}`;
    case 'yearly': {
      const [month = 1, day = 1] = rule.date.split('-').map(Number);
      return `Every ${MONTH_NAMES[month - 1]} ${day}`;
    }
    case 'nth-weekday':
      return `${NTH_WORDS.get(rule.nth)} ${DAY_NAMES[rule.weekday - 1]} of ${MONTH_NAMES[rule.month - 1]}`;
  }
}

export function holidayInWords({ rule, part, text }: Holiday): string {
  const open = part === null || part.length === 0 ? 'closed all day' : `open ${spansInWords(part)}`;
  const own = text === null ? '' : `, own reply in ${Object.keys(text).map(languageName).join(', ')}`;
  return `${ruleInWords(rule)}, ${open}${own}`;
}

/** The day it is in a time zone, numbered from 1970-01-01. */
export function todayIn(timeZone: string, now: number): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return Date.parse(date) / DAY_MS;
}
