import fc from 'fast-check';
import type { HolidayRule, Schedule } from '../../src/domain/hours/schedule.ts';

/** Hours of any kind, with much of them about the moments at which clocks change. */

const HOUR = 3_600_000;

/** One a zone and kind of change: by an hour, by half an hour, by two, at midnight, over a whole day, with none. */
export const CHANGES = [
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Europe/London', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
  ['America/Havana', '2026-03-08T05:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['America/Santiago', '2026-04-05T03:00Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['Asia/Beirut', '2026-10-24T21:00Z'],
  ['America/St_Johns', '2006-10-29T02:31Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kolkata', '2026-06-01T00:00Z'],
] as const;

const arbitraryTime = fc
  .oneof(
    { weight: 2, arbitrary: fc.nat(24 * 60 - 1) },
    // About the hours at which clocks are changed.
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15) },
    { weight: 1, arbitrary: fc.constant(23 * 60) },
  )
  .map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);

const arbitrarySpan = fc.record({
  from: arbitraryTime,
  to: fc.oneof({ weight: 5, arbitrary: arbitraryTime }, { weight: 1, arbitrary: fc.constant('24:00') }),
});

const arbitrarySpans = fc.array(arbitrarySpan, { maxLength: 3 });

export function arbitrarySchedule(timeZone: string, near: string): fc.Arbitrary<Schedule> {
  const nearDate = fc
    .integer({ min: -3, max: 3 })
    .map((days) => new Date(Date.parse(near) + days * 24 * HOUR).toISOString().slice(0, 10));
  const rule: fc.Arbitrary<HolidayRule> = fc.oneof(
    nearDate.map((date) => ({ kind: 'once' as const, date })),
    nearDate.map((date) => ({ kind: 'yearly' as const, date: date.slice(5) })),
    fc.record({
      kind: fc.constant('nth-weekday' as const),
      month: nearDate.map((date) => Number(date.slice(5, 7))),
      weekday: fc.integer({ min: 1, max: 7 }),
      nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    }),
  );
  return fc.record({
    timeZone: fc.constant(timeZone),
    week: fc.array(arbitrarySpans, { minLength: 7, maxLength: 7 }),
    holidays: fc.array(
      fc.record({
        name: fc.constant('A holiday'),
        rule,
        part: fc.option(arbitrarySpans),
        text: fc.constant(null),
      }),
      { maxLength: 3 },
    ),
  });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
