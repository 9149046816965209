import { Temporal } from 'temporal-polyfill/implementation';
import { describe, expect, it } from 'vitest';
import type { HoursSetting } from '../../src/domain/hours/after-hours.ts';
import { FEDERAL_HOLIDAYS } from '../../src/domain/hours/federal-holidays.ts';
import { dayNumber, nextDayOf } from '../../src/domain/hours/holiday-dates.ts';
import {
  holidaysInOrder,
  lastYearsHolidays,
  missingFederalHolidays,
} from '../../src/domain/hours/holiday-lists.ts';
import { hoursDifferences } from '../../src/domain/hours/hours-differences.ts';
import { editHours } from '../../src/domain/hours/hours-edits.ts';
import { MAX_HOLIDAYS } from '../../src/domain/hours/hours-limits.ts';
import { paintedHours } from '../../src/domain/hours/painted-hours.ts';
import type { Holiday, HolidayRule, Span } from '../../src/domain/hours/schedule.ts';
import { endTime, startTime, timeInWords } from '../../src/domain/hours/time-of-day.ts';
import { wallInstant } from '../../src/domain/hours/wall-instant.ts';
import { isSameJson } from '../../src/domain/text/same-json.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';
import { draftOf, readDraft } from '../../ui/pages/hours/draft.ts';
import { holidayDraft, readHoliday } from '../../ui/pages/hours/holiday-draft.ts';

const TODAY = dayNumber(2026, 11, 25);

function holiday(rule: HolidayRule, name = 'A day'): Holiday {
  return { name, rule, part: null, text: null };
}

function once(date: string): Holiday {
  return holiday({ kind: 'once', date });
}

describe('a time of day as people write it', () => {
  it.each([
    ['8', '08:00'],
    ['8a', '08:00'],
    ['8 AM', '08:00'],
    ['8:30 p.m.', '20:30'],
    ['830', '08:30'],
    ['1730', '17:30'],
    ['17.30', '17:30'],
    ['17h30', '17:30'],
    ['12 am', '00:00'],
    ['12pm', '12:00'],
    ['Noon', '12:00'],
    ['midnight', '00:00'],
    [' 0:05 ', '00:05'],
  ])('%s starts at %s', (written, time) => {
    expect(startTime(written)).toBe(time);
  });

  it.each(['', 'soon', '25', '24:00', '8:60', '13 pm', '0 am', '8:5', '-8', '8–17', '173'])(
    '%o is none',
    (written) => {
      expect(startTime(written)).toBeNull();
    },
  );

  it.each([
    ['5', '08:00', '17:00'],
    ['530', '08:00', '17:30'],
    ['5 am', '08:00', '05:00'],
    ['05:00', '08:00', '05:00'],
    ['2', '20:00', '02:00'],
    ['8', '08:00', '20:00'],
    ['12', '08:00', '12:00'],
    ['midnight', '08:00', '24:00'],
    ['24:00', '08:00', '24:00'],
    ['5', null, '05:00'],
  ])('%s ends what began at %s at %s', (written, start, time) => {
    expect(endTime(written, start)).toBe(time);
  });

  it('is understood as it is said back', () => {
    for (let minute = 0; minute < 1440; minute += 1) {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      expect(startTime(timeInWords(time))).toBe(time);
      expect(endTime(timeInWords(time), '08:00')).toBe(time);
    }
    expect(endTime(timeInWords('24:00'), '08:00')).toBe('24:00');
  });
});

describe('painting a day', () => {
  const day: Span[] = [
    { from: '08:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ];

  it('joins what touches', () => {
    expect(paintedHours(day, { from: 720, to: 780 }, true)).toEqual([{ from: '08:00', to: '17:00' }]);
  });

  it('cuts a hole', () => {
    expect(paintedHours([{ from: '08:00', to: '17:00' }], { from: 720, to: 780 }, false)).toEqual(day);
  });

  it('keeps what runs on past midnight, until the end of the day is taken away', () => {
    const night: Span[] = [{ from: '20:00', to: '02:00' }];
    expect(paintedHours(night, { from: 1080, to: 1200 }, true)).toEqual([{ from: '18:00', to: '02:00' }]);
    expect(paintedHours(night, { from: 1260, to: 1440 }, false)).toEqual([{ from: '20:00', to: '21:00' }]);
  });

  it('ends a day at 24:00, and never makes more than one of it', () => {
    expect(paintedHours([], { from: 0, to: 1440 }, true)).toEqual([{ from: '00:00', to: '24:00' }]);
    expect(paintedHours([{ from: '20:00', to: '10:00' }], { from: 0, to: 1200 }, true)).toEqual([
      { from: '00:00', to: '24:00' },
    ]);
  });

  it('changes exactly the minutes of the stroke', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const from = (seed * 37) % 48;
      const stroke = { from: from * 30, to: Math.min(1440, (from + 1 + (seed % 9)) * 30) };
      const isOpen = seed % 2 === 0;
      const after = paintedHours(day, stroke, isOpen);
      for (let minute = 15; minute < 1440; minute += 30) {
        const isPainted = minute >= stroke.from && minute < stroke.to;
        expect(isWithin(after, minute)).toBe(isPainted ? isOpen : isWithin(day, minute));
      }
    }
  });

  function isWithin(spans: readonly Span[], minute: number): boolean {
    const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    return spans.some(({ from, to }) => at(from) <= minute && minute < at(to));
  }
});

describe('holidays that are added many at a time', () => {
  it('are the federal ones that are missing, by their day and not by their name', () => {
    expect(missingFederalHolidays([])).toEqual(FEDERAL_HOLIDAYS);
    expect(missingFederalHolidays(FEDERAL_HOLIDAYS)).toEqual([]);
    const turkey = holiday({ nth: 4, weekday: 4, month: 11, kind: 'nth-weekday' }, 'Turkey day');
    expect(missingFederalHolidays([turkey]).map(({ name }) => name)).not.toContain('Thanksgiving');
  });

  it('are the single days of the last twelve months, one year on', () => {
    const text = { en: 'We are moving.' };
    const moving: Holiday = { ...once('2026-07-03'), text, part: [{ from: '08:00', to: '12:00' }] };
    const yearly = holiday({ kind: 'yearly', date: '07-04' });
    const dates = (holidays: Holiday[]) =>
      lastYearsHolidays(holidays, TODAY).map(({ rule }) => (rule.kind === 'once' ? rule.date : rule.kind));
    expect(lastYearsHolidays([moving, yearly], TODAY)).toEqual([
      { ...moving, rule: { kind: 'once', date: '2027-07-03' } },
    ]);
    expect(dates([once('2026-07-03'), once('2027-07-03')])).toEqual([]);
    expect(dates([once('2026-07-03'), once('2026-07-03')])).toEqual(['2027-07-03']);
    expect(dates(['2025-11-24', '2025-11-25', '2026-11-24', '2026-11-25'].map(once))).toEqual(['2027-11-24']);
    expect(dates([once('2025-11-26')])).toEqual(['2026-11-26']);
    expect(lastYearsHolidays([once('2028-02-29')], dayNumber(2028, 6, 1))).toEqual([]);
  });
});

describe('the next day of a holiday', () => {
  it.each<[HolidayRule, [number, number, number] | null]>([
    [{ kind: 'once', date: '2026-11-25' }, [2026, 11, 25]],
    [{ kind: 'once', date: '2026-11-24' }, null],
    [{ kind: 'yearly', date: '11-25' }, [2026, 11, 25]],
    [{ kind: 'yearly', date: '11-24' }, [2027, 11, 24]],
    [{ kind: 'yearly', date: '02-29' }, [2028, 2, 29]],
    [{ kind: 'nth-weekday', month: 11, weekday: 4, nth: 4 }, [2026, 11, 26]],
    [{ kind: 'nth-weekday', month: 5, weekday: 1, nth: -1 }, [2027, 5, 31]],
    [{ kind: 'nth-weekday', month: 2, weekday: 2, nth: 5 }, [2028, 2, 29]],
    [{ kind: 'nth-weekday', month: 2, weekday: 3, nth: 5 }, [2040, 2, 29]],
  ])('%o', (rule, date) => {
    expect(nextDayOf(rule, TODAY)).toBe(date && dayNumber(...date));
  });

  it('puts them in order, with what is over at the end', () => {
    const all = [once('2026-01-01'), holiday({ kind: 'yearly', date: '12-25' }), once('2026-11-30')];
    expect(holidaysInOrder(all, TODAY).map(({ index }) => index)).toEqual([2, 1, 0]);
  });
});

describe('two who change hours', () => {
  const base = LAKESIDE_HOURS;
  const week = [[], ...base.week.slice(1)];
  const holidays = base.holidays.slice(1);

  it('lose nothing where they changed different things', () => {
    const edit = editHours({ ...base, holidays }, { ...base, week }, base);
    expect(edit).toEqual({ is: 'changed', hours: { ...base, week, holidays } });
  });

  it('are told where they changed the same, and agree where they wanted the same', () => {
    const other = [[], [], ...base.week.slice(2)];
    expect(editHours({ ...base, week: other }, { ...base, week }, base)).toEqual({
      is: 'conflict',
      parts: ['week'],
    });
    expect(editHours({ ...base, week }, { ...base, week }, base)).toEqual({ is: 'same' });
  });

  it('are told where there were none, or none are left', () => {
    expect(editHours(null, base, null)).toEqual({ is: 'changed', hours: base });
    expect(editHours(base, { ...base, week }, null).is).toBe('conflict');
    expect(editHours(null, { ...base, week }, base).is).toBe('conflict');
    expect(editHours(base, base, null)).toEqual({ is: 'same' });
  });

  it('are shown every difference, and nothing else', () => {
    const theirs: HoursSetting = {
      timeZone: 'America/Denver',
      week,
      holidays: [...holidays, once('2027-01-04')],
      afterHoursReply: { isOn: false, text: { en: 'Closed.' } },
    };
    expect(hoursDifferences(base, base)).toEqual([]);
    expect(hoursDifferences(base, theirs).map(({ what }) => what)).toEqual([
      'Time zone',
      'Monday',
      'New Year’s Day',
      'A day',
      'After-hours reply',
      'Reply, en',
      'Reply, es',
    ]);
    expect(hoursDifferences(base, theirs)[1]).toEqual({
      what: 'Monday',
      mine: '8:00 AM to 12:00 PM, 1:00 PM to 5:00 PM',
      theirs: 'closed',
    });
    const own: Holiday = { ...once('2027-01-04'), text: { en: 'x' } };
    const differing = { ...theirs, holidays: [...holidays, own] };
    expect(hoursDifferences(theirs, differing).map(({ what }) => what)).toEqual(['A day']);
  });

  it('go by what is in it, not by the order of keys', () => {
    expect(isSameJson({ a: [1, null], b: { c: 'x' } }, { b: { c: 'x' }, a: [1, null] })).toBe(true);
    for (const other of [{ a: [1] }, { a: [null, 1], b: { c: 'x' } }, null, [], { a: [1, null], c: 1 }])
      expect(isSameJson({ a: [1, null], b: { c: 'x' } }, other)).toBe(false);
    expect(isSameJson([], {})).toBe(false);
  });
});

describe('hours in their form', () => {
  it('come out as they went in', () => {
    const odd: HoursSetting = {
      timeZone: 'Asia/Kathmandu',
      week: [
        [{ from: '00:00', to: '24:00' }],
        [{ from: '20:00', to: '02:00' }],
        [],
        [],
        [],
        [],
        [{ from: '12:00', to: '00:00' }],
      ],
      holidays: [...FEDERAL_HOLIDAYS],
      afterHoursReply: { isOn: true, text: { 'pt-BR': 'Fechado.' } },
    };
    for (const hours of [LAKESIDE_HOURS, odd])
      expect(readDraft(draftOf(hours))).toEqual({ setting: hours, faults: {} });
  });

  it('say what is wrong at its field', () => {
    const draft = draftOf(LAKESIDE_HOURS);
    const [first, second] = draft.week[0] ?? [];
    if (first === undefined || second === undefined)
      throw new Error('Lakeside has a morning and an afternoon');
    const withMonday = (from: string, to: string) => ({
      ...draft,
      week: [[first, { ...second, from, to }], ...draft.week.slice(1)],
    });
    expect(readDraft(withMonday('soon', '')).faults).toEqual({
      [`${second.id}-from`]: 'Write a time such as 8, 8:30 am or 17:00.',
      [`${second.id}-to`]: 'Write when these hours end, or remove them.',
    });
    expect(readDraft(withMonday('11', '5')).faults).toEqual({
      [`${second.id}-from`]: 'Monday 11:00–17:00 overlaps Monday 08:00–12:00.',
    });
    const many = Array.from({ length: MAX_HOLIDAYS + 2 }, () => once('2027-01-04'));
    expect(readDraft({ ...draft, holidays: many }).faults).toEqual({
      holidays: 'There is room for 60 holidays. Remove 2 of them.',
    });
    expect(Object.keys(readDraft({ ...draft, texts: [] }).faults)).toEqual(['reply-language']);
    const long = { ...draft, texts: [{ language: 'en', text: 'x'.repeat(482) }] };
    expect(readDraft(long).faults).toEqual({ 'reply-en': 'Take out 2 characters.' });
  });

  it('of a holiday do as well', () => {
    const all: Holiday[] = [
      ...FEDERAL_HOLIDAYS,
      { ...once('2026-12-24'), part: [{ from: '08:00', to: '12:00' }], text: { en: 'Half a day.' } },
    ];
    for (const one of all) expect(readHoliday(holidayDraft(one))).toEqual({ holiday: one, faults: {} });
    expect(Object.keys(readHoliday({ ...holidayDraft(null), isPart: true }).faults)).toEqual([
      'holiday-name',
      'holiday-date',
      expect.stringMatching(/-from$/),
      expect.stringMatching(/-to$/),
    ]);
    const noSuch = { ...holidayDraft(null), name: 'X', kind: 'yearly' as const, month: 2, day: '30' };
    expect(readHoliday(noSuch).faults).toEqual({ 'holiday-day': 'This month has no such day.' });
  });
});

/** Of 2026, from 1 January: the clocks change in March, April, October and November. */
const DAYS_AROUND_CHANGES = [65, 66, 67, 93, 94, 95, 150, 275, 276, 277, 303, 304, 305];

describe('when the clock of a place shows a time', () => {
  it.each(['America/Los_Angeles', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'])(
    'is said as Temporal says it, in %s',
    (timeZone) => {
      for (const day of DAYS_AROUND_CHANGES) {
        for (const hour of [0, 1, 2, 3, 12, 23]) {
          const wall = Temporal.PlainDateTime.from('2026-01-01T00:30').add({ days: day, hours: hour });
          const expected = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
          expect(wallInstant(wall.toString().slice(0, 16), timeZone)).toBe(expected.epochMilliseconds);
        }
      }
    },
  );

  it('is not said of what is no time', () => {
    for (const wall of ['', 'soon', '2026-13-01T00:00']) expect(wallInstant(wall, 'UTC')).toBeNull();
  });
});
