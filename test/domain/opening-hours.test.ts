import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_HOLIDAYS } from '../../src/domain/hours/federal-holidays.ts';
import { type Opening, openingAt } from '../../src/domain/hours/opening-hours.ts';
import type { Holiday, HolidayRule, Schedule, Span } from '../../src/domain/hours/schedule.ts';
import { arbitrarySchedule, CHANGES } from './arbitrary-schedule.ts';
import { openMinutes, wallReadings } from './opening-oracle.ts';

const HOUR = 3_600_000;

const SPLIT: Span[] = [span('08:00', '12:00'), span('13:00', '17:00')];
const CLOSED: Span[] = [];

function span(from: string, to: string): Span {
  return { from, to };
}

function weekdays(spans: Span[]): Span[][] {
  return [spans, spans, spans, spans, spans, CLOSED, CLOSED];
}

function schedule(given: Partial<Schedule> = {}): Schedule {
  return { timeZone: 'America/Los_Angeles', week: weekdays(SPLIT), holidays: [], ...given };
}

function holiday(rule: HolidayRule, part: Span[] | null = null): Holiday {
  return { name: 'A holiday', rule, part, text: null };
}

function at(iso: string): number {
  return new Date(iso).getTime();
}

/** `closed since … until …` with instants as UTC minutes, so that a failure can be read. */
function told(opening: Opening): string {
  const utc = (instant: number | null) =>
    instant === null ? 'never' : new Date(instant).toISOString().slice(0, 16);
  return opening.isOpen
    ? `open until ${utc(opening.closesAt)}`
    : `closed ${utc(opening.closedSince)} to ${utc(opening.opensAt)}`;
}

describe('a week with a lunch break', () => {
  // 2026-11-23 is a Monday; Los Angeles is 8 hours behind.
  it.each([
    ['before the morning', '2026-11-23T15:59:59.999Z', 'closed 2026-11-21T01:00 to 2026-11-23T16:00'],
    ['from the first minute', '2026-11-23T16:00:00Z', 'open until 2026-11-23T20:00'],
    ['to the last millisecond', '2026-11-23T19:59:59.999Z', 'open until 2026-11-23T20:00'],
    ['at lunch', '2026-11-23T20:00:00Z', 'closed 2026-11-23T20:00 to 2026-11-23T21:00'],
    ['in the evening', '2026-11-24T01:00:00Z', 'closed 2026-11-24T01:00 to 2026-11-24T16:00'],
    ['over the weekend', '2026-11-22T10:00:00Z', 'closed 2026-11-21T01:00 to 2026-11-23T16:00'],
  ])('%s', (_, iso, expected) => {
    expect(told(openingAt(schedule(), at(iso)))).toBe(expected);
  });
});

describe('past midnight', () => {
  const night = schedule({ timeZone: 'UTC', week: weekdays([span('22:00', '06:00')]) });

  it('belongs to the day on which it began', () => {
    expect(told(openingAt(night, at('2026-11-28T05:59:00Z')))).toBe('open until 2026-11-28T06:00');
    expect(told(openingAt(night, at('2026-11-28T22:30:00Z')))).toBe(
      'closed 2026-11-28T06:00 to 2026-11-30T22:00',
    );
  });

  it('runs from Sunday into Monday', () => {
    const week = [CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, [span('20:00', '02:00')]];
    const sunday = schedule({ timeZone: 'UTC', week });
    expect(told(openingAt(sunday, at('2026-11-23T01:00:00Z')))).toBe('open until 2026-11-23T02:00');
  });

  it('may end at midnight, written either way', () => {
    for (const to of ['24:00', '00:00']) {
      const late = schedule({ timeZone: 'UTC', week: weekdays([span('18:00', to)]) });
      expect(told(openingAt(late, at('2026-11-23T23:59:00Z')))).toBe('open until 2026-11-24T00:00');
    }
  });

  it('joins what begins at midnight', () => {
    const week = [[span('18:00', '24:00')], [span('00:00', '03:00')], CLOSED, CLOSED, CLOSED, CLOSED, CLOSED];
    const joined = schedule({ timeZone: 'UTC', week });
    expect(told(openingAt(joined, at('2026-11-23T19:00:00Z')))).toBe('open until 2026-11-24T03:00');
  });
});

describe('a holiday', () => {
  const thursday = '2026-11-26';

  it('closes its day, and is named on that day only', () => {
    const thanksgiving = holiday({ kind: 'nth-weekday', month: 11, weekday: 4, nth: 4 });
    const with1 = schedule({ holidays: [thanksgiving] });
    const during = openingAt(with1, at(`${thursday}T18:00:00Z`));
    expect(told(during)).toBe('closed 2026-11-26T01:00 to 2026-11-27T16:00');
    expect(during).toMatchObject({ holiday: thanksgiving });
    // The same closed period, the evening before.
    const eve = openingAt(with1, at(`${thursday}T07:59:00Z`));
    expect(eve).toMatchObject({ holiday: null, closedSince: during.isOpen ? null : during.closedSince });
  });

  it('can be open for part of its day, also where the week is closed', () => {
    const part = holiday({ kind: 'once', date: '2026-11-28' }, [span('10:00', '12:00')]);
    const saturday = schedule({ holidays: [part] });
    expect(told(openingAt(saturday, at('2026-11-28T18:30:00Z')))).toBe('open until 2026-11-28T20:00');
    expect(openingAt(saturday, at('2026-11-28T20:30:00Z'))).toMatchObject({ isOpen: false, holiday: part });
  });

  it('ends at its midnight what began the evening before, and takes along what would begin on it', () => {
    const night = schedule({
      timeZone: 'UTC',
      week: weekdays([span('22:00', '06:00')]),
      holidays: [holiday({ kind: 'once', date: thursday })],
    });
    expect(told(openingAt(night, at('2026-11-25T23:00:00Z')))).toBe('open until 2026-11-26T00:00');
    expect(told(openingAt(night, at('2026-11-27T03:00:00Z')))).toBe(
      'closed 2026-11-26T00:00 to 2026-11-27T22:00',
    );
  });

  it('with spans of its own may run on into the day after', () => {
    const late = holiday({ kind: 'once', date: thursday }, [span('20:00', '02:00')]);
    const eve = schedule({ timeZone: 'UTC', holidays: [late] });
    expect(told(openingAt(eve, at('2026-11-27T01:00:00Z')))).toBe('open until 2026-11-27T02:00');
  });

  it('of one date beats one of every year, which beats a weekday of a month', () => {
    const nth = holiday({ kind: 'nth-weekday', month: 11, weekday: 4, nth: 4 });
    const yearly = holiday({ kind: 'yearly', date: '11-26' }, [span('08:00', '09:00')]);
    const once = holiday({ kind: 'once', date: thursday }, [span('08:00', '10:00')]);
    const noon = at(`${thursday}T20:00:00Z`);
    const shown = (holidays: Holiday[]) => {
      const opening = openingAt(schedule({ holidays }), noon);
      return opening.isOpen ? null : opening.holiday;
    };
    expect(shown([nth, yearly, once])).toBe(once);
    expect(shown([nth, yearly])).toBe(yearly);
  });

  it('on 29 February comes in leap years only', () => {
    const leap = schedule({
      week: weekdays(CLOSED),
      holidays: [holiday({ kind: 'yearly', date: '02-29' }, SPLIT)],
    });
    expect(told(openingAt(leap, at('2026-03-01T20:00:00Z')))).toBe(
      'closed 2024-03-01T01:00 to 2028-02-29T16:00',
    );
  });

  it('on a fifth Monday comes in months that have one', () => {
    const fifth = holiday({ kind: 'nth-weekday', month: 3, weekday: 1, nth: 5 }, SPLIT);
    const rare = schedule({ timeZone: 'UTC', week: weekdays(CLOSED), holidays: [fifth] });
    expect(told(openingAt(rare, at('2026-03-20T00:00:00Z')))).toMatch(/ to 2026-03-30T08:00$/);
    expect(told(openingAt(rare, at('2026-04-01T00:00:00Z')))).toMatch(/ to 2027-03-29T08:00$/);
  });
});

/** As published by the Office of Personnel Management, without the days on which weekends are observed. */
describe('the federal holidays', () => {
  it.each([
    [2025, '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25'],
    [2026, '01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-19 07-04 09-06 10-11 11-11 11-25 12-25'],
    [2028, '01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25'],
  ])('of %i', (year, expected) => {
    const daily = Array.from({ length: 7 }, () => SPLIT);
    const every = schedule({ timeZone: 'UTC', week: daily, holidays: [...FEDERAL_HOLIDAYS] });
    const found: string[] = [];
    for (let noon = Date.UTC(year, 0, 1, 10); noon < Date.UTC(year + 1, 0, 1); noon += 24 * HOUR) {
      const opening = openingAt(every, noon);
      if (!opening.isOpen && opening.holiday !== null) found.push(new Date(noon).toISOString().slice(5, 10));
    }
    expect(found.join(' ')).toBe(expected);
  });
});

describe('the ends of the scale', () => {
  const ALL_DAY = [span('00:00', '24:00')];
  const always = schedule({ week: Array.from({ length: 7 }, () => ALL_DAY) });

  it('always open never closes', () => {
    expect(openingAt(always, at('2026-11-01T09:30:00Z'))).toEqual({ isOpen: true, closesAt: null });
  });

  it('always open but for Christmas closes then', () => {
    const nearly = { ...always, holidays: [holiday({ kind: 'yearly', date: '12-25' })] };
    expect(told(openingAt(nearly, at('2026-11-01T09:30:00Z')))).toBe('open until 2026-12-25T08:00');
    expect(told(openingAt(nearly, at('2026-12-25T09:00:00Z')))).toBe(
      'closed 2026-12-25T08:00 to 2026-12-26T08:00',
    );
  });

  it('never open does not open, and is one closed period', () => {
    const never = schedule({ week: weekdays(CLOSED) });
    for (const iso of ['2026-11-23T12:00:00Z', '2031-01-01T00:00:00Z']) {
      expect(openingAt(never, at(iso))).toEqual({
        isOpen: false,
        closedSince: 0,
        opensAt: null,
        holiday: null,
      });
    }
  });

  it('never open because of holidays is one closed period too', () => {
    const mondays = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((month) =>
      [1, 2, 3, 4, 5].map((nth) => holiday({ kind: 'nth-weekday', month, weekday: 1, nth })),
    );
    const week = [SPLIT, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED];
    const never = schedule({ week, holidays: mondays });
    expect(told(openingAt(never, at('2026-11-23T18:00:00Z')))).toBe('closed 1970-01-01T00:00 to never');
  });

  it('closed for years is still the same closed period', () => {
    const once = schedule({
      week: weekdays(CLOSED),
      holidays: [holiday({ kind: 'once', date: '2001-01-02' }, SPLIT)],
    });
    expect(told(openingAt(once, at('2001-01-03T12:00:00Z')))).toBe('closed 2001-01-03T01:00 to never');
    expect(told(openingAt(once, at('2099-01-03T12:00:00Z')))).toBe('closed 2001-01-03T01:00 to never');
  });
});

describe('when clocks change', () => {
  const newYork = (spans: Span[]) =>
    schedule({ timeZone: 'America/New_York', week: Array.from({ length: 7 }, () => spans) });

  it.each([
    // 2026-03-08, 2:00 becomes 3:00 at 07:00 UTC.
    [
      'a skipped opening is the skip',
      [span('02:30', '06:00')],
      '2026-03-08T06:59:00Z',
      / to 2026-03-08T07:00$/,
    ],
    [
      'a skipped closing is the skip',
      [span('00:00', '02:30')],
      '2026-03-08T06:59:00Z',
      /until 2026-03-08T07:00$/,
    ],
    [
      'a shift over it is an hour shorter',
      [span('01:00', '05:00')],
      '2026-03-08T06:30:00Z',
      /until 2026-03-08T09:00$/,
    ],
    [
      'a shift within it does not happen',
      [span('02:10', '02:50')],
      '2026-03-08T07:00:00Z',
      / to 2026-03-09T06:10$/,
    ],
    // 2026-11-01, 2:00 becomes 1:00 at 06:00 UTC.
    [
      'an opening that comes twice is the first',
      [span('01:30', '06:00')],
      '2026-11-01T05:29:00Z',
      / to 2026-11-01T05:30$/,
    ],
    [
      'and it stays open when 1:00 comes again',
      [span('01:30', '06:00')],
      '2026-11-01T06:10:00Z',
      /until 2026-11-01T11:00$/,
    ],
    [
      'a closing that comes twice is the first',
      [span('00:00', '01:30')],
      '2026-11-01T05:29:00Z',
      /until 2026-11-01T05:30$/,
    ],
    [
      'and it stays closed when 1:00 comes again',
      [span('00:00', '01:30')],
      '2026-11-01T06:10:00Z',
      /^closed 2026-11-01T05:30/,
    ],
    [
      'a shift over it is an hour longer',
      [span('00:00', '03:00')],
      '2026-11-01T06:30:00Z',
      /until 2026-11-01T08:00$/,
    ],
  ])('%s', (_, spans, iso, expected) => {
    expect(told(openingAt(newYork(spans), at(iso)))).toMatch(expected);
  });

  it('over a whole day, as in Samoa, a closed day that never came is no break', () => {
    const week = [CLOSED, CLOSED, CLOSED, [span('12:00', '24:00')], CLOSED, [span('00:00', '12:00')], CLOSED];
    const samoa = schedule({ timeZone: 'Pacific/Apia', week });
    // Thursday the 29th, 22:00; the next day was Saturday the 31st.
    expect(told(openingAt(samoa, at('2011-12-30T08:00:00Z')))).toBe('open until 2011-12-30T22:00');
  });
});

const DAYS_AROUND = 4;

describe('it is as a slow look at the clock says', () => {
  it.each(CHANGES)('in %s around %s', (timeZone, change) => {
    const start = at(change) - DAYS_AROUND * 24 * HOUR;
    const readings = wallReadings(timeZone, start, 2 * DAYS_AROUND * 24 * 60);
    fc.assert(
      fc.property(arbitrarySchedule(timeZone, change), arbitraryMinutes, (given, minutes) => {
        const isOpen = openMinutes(given, readings);
        for (const minute of minutes) {
          const before = edge(isOpen, minute, -1);
          const after = edge(isOpen, minute, 1);
          const opening = openingAt(given, start + minute * 60_000 + 30_000);
          expect(opening.isOpen).toBe(isOpen[minute]);
          if (opening.isOpen) agree(opening.closesAt, after, Number.POSITIVE_INFINITY);
          else {
            agree(opening.closedSince, before, Number.NEGATIVE_INFINITY);
            agree(opening.opensAt, after, Number.POSITIVE_INFINITY);
          }
        }
      }),
      { numRuns: 40 },
    );

    /** The instant is the edge; where the minutes looked at have none, it lies outside of them. */
    function agree(instant: number | null, minute: number | null, where: number): void {
      if (minute !== null) expect(told({ isOpen: true, closesAt: instant })).toBe(told(openUntil(minute)));
      else if (where > 0) expect(instant ?? where).toBeGreaterThanOrEqual(start + readings.length * 60_000);
      else expect(instant ?? where).toBeLessThanOrEqual(start);
    }

    function openUntil(minute: number): Opening {
      return { isOpen: true, closesAt: start + minute * 60_000 };
    }
  });

  /** The first minute of what holds at `minute` (-1), or of what comes after it (1); null if that is out of sight. */
  function edge(isOpen: readonly boolean[], minute: number, step: 1 | -1): number | null {
    let at = minute;
    while (isOpen[at + step] === isOpen[minute]) at += step;
    if (isOpen[at + step] === undefined) return null;
    return step === 1 ? at + 1 : at;
  }
});

describe('a closed period', () => {
  it('begins where it was open until then, ends where it is open from then on, and has one name', () => {
    fc.assert(
      fc.property(
        arbitrarySchedule('America/New_York', '2026-11-01T06:00Z'),
        fc.integer({ min: at('2024-01-01'), max: at('2030-01-01') }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, now, share) => {
          const opening = openingAt(given, now);
          if (opening.isOpen) return;
          const { closedSince, opensAt } = opening;
          if (closedSince > 0) {
            expect(openingAt(given, closedSince - 1)).toEqual({ isOpen: true, closesAt: closedSince });
            expect(openingAt(given, closedSince)).toMatchObject({ closedSince, opensAt });
          }
          if (opensAt === null) return;
          expect(openingAt(given, opensAt).isOpen).toBe(true);
          const within = Math.floor(now + share * (opensAt - 1 - now));
          expect(openingAt(given, within)).toMatchObject({ closedSince, opensAt });
        },
      ),
      { numRuns: 200 },
    );
  });
});

const arbitraryMinutes = fc.array(fc.nat(2 * DAYS_AROUND * 24 * 60 - 1), { minLength: 8, maxLength: 8 });
