import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingAt, openPeriods } from '../../src/domain/hours/opening-hours.ts';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import { type WaitingClock, waitedAt } from '../../src/domain/waiting/waiting-clock.ts';
import { dueAfter } from '../../src/domain/waiting/waiting-due.ts';
import { arbitrarySchedule, CHANGES } from './arbitrary-schedule.ts';
import { openMinutes, wallReadings } from './opening-oracle.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
const DAYS_AROUND = 4;
const MINUTES = 2 * DAYS_AROUND * DAY;

const LIMITS = { targetMinutes: 10, everyoneMinutes: 30, managersMinutes: 60 };

const SPLIT: Schedule = {
  timeZone: 'America/Los_Angeles',
  week: [
    ...Array.from({ length: 5 }, () => [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ]),
    [],
    [],
  ],
  holidays: [{ name: 'Thanksgiving', rule: { kind: 'once', date: '2026-11-26' }, part: null, text: null }],
};

function at(iso: string): number {
  return Date.parse(iso);
}

function clockOf(schedule: Schedule | null, around: number, limits = LIMITS): WaitingClock {
  const known = { from: around - 30 * DAY * MINUTE, to: around + 15 * DAY * MINUTE };
  const open = schedule && openPeriods(schedule, known.from, known.to);
  return { ...limits, known, open, lines: {} };
}

/** Los Angeles is 8 hours behind; 2026-11-25 is a Wednesday, the next day a holiday. */
function waited(since: string, now: string) {
  return waitedAt(clockOf(SPLIT, at(now)), 'any', at(since), at(now));
}

describe('a caller who waits', () => {
  it.each([
    ['in the morning', '2026-11-25T16:30:00Z', '2026-11-25T16:35:59Z', 5, 'in-time', null],
    ['near the target', '2026-11-25T16:30:00Z', '2026-11-25T16:38:00Z', 8, 'near', null],
    ['at the target', '2026-11-25T16:30:00Z', '2026-11-25T16:40:30Z', 10, 'near', null],
    ['over it', '2026-11-25T16:30:00Z', '2026-11-25T16:45:00Z', 15, 'over', null],
    ['over lunch, which does not count', '2026-11-25T19:58:00Z', '2026-11-25T21:03:00Z', 5, 'in-time', null],
    ['at lunch', '2026-11-25T19:58:00Z', '2026-11-25T20:30:00Z', 2, 'in-time', null],
    ['since the night', '2026-11-25T06:00:00Z', '2026-11-25T16:04:00Z', 4, 'in-time', null],
    ['over the holiday', '2026-11-26T00:50:00Z', '2026-11-27T16:15:00Z', 25, 'over', null],
    ['until everybody is told', '2026-11-25T16:30:00Z', '2026-11-25T17:00:00Z', 30, 'over', 'everyone'],
    ['until the managers are told', '2026-11-25T16:30:00Z', '2026-11-25T17:30:00Z', 60, 'over', 'managers'],
  ])('%s', (_, since, now, minutes, stage, escalated) => {
    expect(waited(since, now)).toMatchObject({ minutes, stage, escalated });
  });

  it('while it is closed is told when it opens, and nothing of it moves until then', () => {
    const opensAt = at('2026-11-27T16:00:00Z');
    expect(waited('2026-11-26T00:50:00Z', '2026-11-26T20:00:00Z')).toEqual({
      minutes: 10,
      stage: 'near',
      isOpen: false,
      opensAt,
      escalated: null,
      changesAt: opensAt,
    });
  });

  it('goes by the hours of the line, where it has its own', () => {
    const now = at('2026-11-25T16:30:00Z');
    const clock = {
      ...clockOf(SPLIT, now),
      lines: { night: [{ from: now - 5 * MINUTE, to: now + MINUTE }] },
    };
    expect(waitedAt(clock, 'night', now - 20 * MINUTE, now)).toMatchObject({ minutes: 5, isOpen: true });
    expect(waitedAt(clock, 'other', now - 20 * MINUTE, now)).toMatchObject({ minutes: 20 });
  });

  it('of a practice that is always open waits by any clock', () => {
    const now = at('2026-11-25T16:30:00Z');
    const since = now - 100 * DAY * MINUTE;
    expect(waitedAt(clockOf(null, now), 'any', since, now)).toMatchObject({
      minutes: 100 * DAY,
      isOpen: true,
      changesAt: now + MINUTE,
    });
    expect(dueAfter(null, since, 30)).toBe(since + 30 * MINUTE);
  });

  it('of a practice that never opens waits for nothing', () => {
    const never = { ...SPLIT, week: SPLIT.week.map(() => []) };
    const now = at('2026-11-25T16:30:00Z');
    expect(waitedAt(clockOf(never, now), 'any', now - DAY * MINUTE, now)).toMatchObject({
      minutes: 0,
      isOpen: false,
      opensAt: null,
      changesAt: null,
    });
    expect(dueAfter(never, now, 1)).toBeNull();
  });
});

describe('a wait is as long as a slow count of the open minutes says', () => {
  it.each(CHANGES)('in %s around %s', (timeZone, change) => {
    const start = at(change) - DAYS_AROUND * DAY * MINUTE;
    const readings = wallReadings(timeZone, start, MINUTES);
    const instants = fc.array(fc.tuple(fc.nat(MINUTES - 1), fc.nat(MINUTES - 1)), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        arbitrarySchedule(timeZone, change),
        instants,
        fc.integer({ min: 1, max: 900 }),
        (given, pairs, limit) => {
          const isOpen = openMinutes(given, readings);
          const clock = clockOf(given, at(change), {
            ...LIMITS,
            everyoneMinutes: limit,
            managersMinutes: 2 * limit,
          });
          for (const [one, other] of pairs) {
            const [from, to] = [Math.min(one, other), Math.max(one, other)];
            const [since, now] = [start + from * MINUTE, start + to * MINUTE];
            const counted = isOpen.slice(from, to).filter(Boolean).length;
            const state = waitedAt(clock, 'any', since, now);
            expect(state.minutes).toBe(counted);
            expect(state.isOpen).toBe(isOpen[to]);
            expect(state.escalated).toBe(
              counted >= 2 * limit ? 'managers' : counted >= limit ? 'everyone' : null,
            );
            // Whoever is told is told at that very moment, by whichever of the two it is found out.
            const dueAt = dueAfter(given, since, limit);
            expect(dueAt !== null && dueAt <= now).toBe(counted >= limit);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a wait', () => {
  const moment = fc.integer({ min: at('2026-10-25T00:00Z'), max: at('2026-11-08T00:00Z') });

  it('is otherwise at the instant that it names, and not before', () => {
    fc.assert(
      fc.property(
        arbitrarySchedule('America/New_York', '2026-11-01T06:00Z'),
        moment,
        moment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, one, other, share) => {
          const [since, now] = [Math.min(one, other), Math.max(one, other)];
          const clock = clockOf(given, at('2026-11-01T06:00Z'));
          const { changesAt, ...state } = waitedAt(clock, 'any', since, now);
          if (changesAt === null) return;
          expect(changesAt).toBeGreaterThan(now);
          const within = Math.floor(now + share * (changesAt - 1 - now));
          expect(waitedAt(clock, 'any', since, within)).toEqual({ ...state, changesAt });
          const { changesAt: _, ...after } = waitedAt(clock, 'any', since, changesAt);
          expect(after).not.toEqual(state);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('knows the same open periods as whoever asks whether it is open', () => {
    fc.assert(
      fc.property(arbitrarySchedule('Australia/Lord_Howe', '2026-04-04T15:00Z'), (given) => {
        const from = at('2026-03-31T00:00Z');
        const to = from + 8 * DAY * MINUTE;
        const periods = openPeriods(given, from, to);
        for (const [index, period] of periods.entries()) {
          expect(period.from).toBeLessThan(period.to);
          expect(openingAt(given, period.from).isOpen).toBe(true);
          expect(openingAt(given, period.to - 1).isOpen).toBe(true);
          if (period.to < to) expect(openingAt(given, period.to).isOpen).toBe(false);
          const next = periods[index + 1];
          if (next !== undefined) expect(openingAt(given, next.from - 1).isOpen).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });
});
