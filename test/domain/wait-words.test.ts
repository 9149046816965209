import { describe, expect, it } from 'vitest';
import { openPeriods } from '../../src/domain/hours/opening-hours.ts';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import { type WaitingClock, waitedAt } from '../../src/domain/waiting/waiting-clock.ts';
import { minutesWords, waitWords } from '../../ui/inbox/waiting/wait-words.ts';

const DAY = 86_400_000;
const ZONE = 'America/Los_Angeles';
const WORKDAYS: Schedule = {
  timeZone: ZONE,
  week: [...Array.from({ length: 5 }, () => [{ from: '08:00', to: '17:00' }]), [], []],
  holidays: [{ name: 'Thanksgiving', rule: { kind: 'once', date: '2026-11-26' }, part: null, text: null }],
};

/** Within ten minutes, in Los Angeles; 2026-11-25 is a Wednesday before a holiday. */
function words(since: string, now: string, schedule: Schedule | null = WORKDAYS) {
  const [from, at] = [Date.parse(`${since}-08:00`), Date.parse(`${now}-08:00`)];
  const known = { from: at - 21 * DAY, to: at + 9 * DAY };
  const open = schedule && openPeriods(schedule, known.from, known.to);
  const clock: WaitingClock = {
    targetMinutes: 10,
    everyoneMinutes: 30,
    managersMinutes: null,
    known,
    open,
    lines: {},
  };
  const { stage, icon, short, full } = waitWords(waitedAt(clock, 'any', from, at), clock, from, at, ZONE);
  return [stage, icon, short, full];
}

describe('a wait in words', () => {
  it.each([
    [
      '2026-11-25T09:00:30',
      '2026-11-25T09:01:00',
      'in-time',
      'clock',
      'just now',
      'Waiting for less than a minute',
    ],
    ['2026-11-25T09:00:00', '2026-11-25T09:05:00', 'in-time', 'clock', '5 min', 'Waiting 5 min'],
    [
      '2026-11-25T09:00:00',
      '2026-11-25T09:08:00',
      'near',
      'clock',
      'due in 2 min',
      'Waiting 8 min, due in 2 min',
    ],
    ['2026-11-25T09:00:00', '2026-11-25T09:10:30', 'near', 'clock', 'due now', 'Waiting 10 min, due now'],
    [
      '2026-11-25T09:00:00',
      '2026-11-25T09:15:00',
      'over',
      'alert',
      'over by 5 min',
      'Waiting 15 min, over by 5 min',
    ],
    [
      '2026-11-25T09:00:00',
      '2026-11-25T10:20:00',
      'over',
      'alert',
      'over by 1 h 10 min',
      'Waiting 1 h 20 min, over by 1 h 10 min',
    ],
    [
      '2026-11-25T16:58:00',
      '2026-11-25T18:00:00',
      'in-time',
      'clock',
      'opens Fri 8:00 AM',
      'Waits since Wed 4:58 PM, opens Fri 8:00 AM',
    ],
    [
      '2026-11-25T20:00:00',
      '2026-11-27T07:00:00',
      'in-time',
      'clock',
      'opens 8:00 AM',
      'Waits since Wed 8:00 PM, opens 8:00 AM',
    ],
    [
      '2026-11-25T16:40:00',
      '2026-11-25T18:00:00',
      'over',
      'alert',
      'over by 10 min',
      'Waits since Wed 4:40 PM, over by 10 min, opens Fri 8:00 AM',
    ],
    ['2026-10-01T09:00:00', '2026-11-25T09:00:00', 'over', 'alert', 'since Oct 1', 'Waiting since Oct 1'],
  ])('since %s, at %s: %s', (since, now, ...expected) => {
    expect(words(since, now)).toEqual(expected);
  });

  it('of a practice that never opens is no promise', () => {
    const never = { ...WORKDAYS, week: WORKDAYS.week.map(() => []) };
    const [, , short, full] = words('2026-11-25T09:00:00', '2026-11-25T10:00:00', never);
    expect([short, full]).toEqual(['closed', 'Waits since Wed 9:00 AM, closed']);
  });

  it('of one that is always open goes on through the night', () => {
    const [, , short] = words('2026-10-01T09:00:00', '2026-10-01T09:30:00', null);
    expect(short).toBe('over by 20 min');
  });

  it('counts in minutes and hours, and never in days', () => {
    expect([1, 59, 60, 75, 600, 690, 9000].map(minutesWords)).toEqual([
      '1 min',
      '59 min',
      '1 h',
      '1 h 15 min',
      '10 h',
      '11 h',
      '150 h',
    ]);
  });
});
