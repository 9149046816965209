import type { Holiday, HolidayRule } from './schedule.ts';

const RULES: readonly (readonly [string, HolidayRule])[] = [
  ['New Year’s Day', { kind: 'yearly', date: '01-01' }],
  ['Martin Luther King Jr. Day', { kind: 'nth-weekday', month: 1, weekday: 1, nth: 3 }],
  ['Washington’s Birthday', { kind: 'nth-weekday', month: 2, weekday: 1, nth: 3 }],
  ['Memorial Day', { kind: 'nth-weekday', month: 5, weekday: 1, nth: -1 }],
  ['Juneteenth', { kind: 'yearly', date: '06-19' }],
  ['Independence Day', { kind: 'yearly', date: '07-04' }],
  ['Labor Day', { kind: 'nth-weekday', month: 9, weekday: 1, nth: 1 }],
  ['Columbus Day', { kind: 'nth-weekday', month: 10, weekday: 1, nth: 2 }],
  ['Veterans Day', { kind: 'yearly', date: '11-11' }],
  ['Thanksgiving', { kind: 'nth-weekday', month: 11, weekday: 4, nth: 4 }],
  ['Christmas Day', { kind: 'yearly', date: '12-25' }],
];

/**
 * The days of 5 U.S.C. 6103(a). The day on which federal offices observe one that falls on a weekend is not
 * among them: most clinics go by the date, and can add the other one for the year.
 */
export const FEDERAL_HOLIDAYS: readonly Holiday[] = RULES.map(([name, rule]) => ({
  name,
  rule,
  part: null,
  text: null,
}));
