import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import { isQuietAt, toldAhead, toldHours } from '../../src/domain/telling/quiet.ts';

const WEEK: Schedule['week'] = [1, 2, 3, 4, 5, 6, 7].map((day) =>
  day <= 5 ? [{ from: '08:00', to: '17:00' }] : [],
);
const PRACTICE: Schedule = {
  timeZone: 'America/Los_Angeles',
  week: WEEK,
  holidays: [{ name: 'Move', rule: { kind: 'once', date: '2026-11-25' }, part: null, text: null }],
};
/** A Monday. */
const at = (time: string) => Date.parse(`2026-11-23T${time}:00-08:00`);

describe('quiet hours', () => {
  it('are none unless somebody wants them', () => {
    expect(toldHours({ is: 'never' }, PRACTICE)).toBeNull();
    expect(isQuietAt(null, at('03:00'))).toBe(false);
    expect(toldAhead(null, at('03:00'), at('04:00'))).toBeNull();
  });

  it('may be those of the practice, holidays included; without any it is always heard', () => {
    const hours = toldHours({ is: 'practice' }, PRACTICE);
    expect(isQuietAt(hours, at('07:59'))).toBe(true);
    expect(isQuietAt(hours, at('08:00'))).toBe(false);
    expect(isQuietAt(hours, Date.parse('2026-11-25T12:00:00-08:00'))).toBe(true);
    expect(toldHours({ is: 'practice' }, null)).toBeNull();
  });

  it('may be one’s own, over midnight too, and know no holidays', () => {
    const night = WEEK.map(() => [{ from: '22:00', to: '06:00' }]);
    const hours = toldHours({ is: 'own', timeZone: 'America/New_York', week: night }, PRACTICE);
    // 22:00 in New York.
    expect(isQuietAt(hours, at('18:59'))).toBe(true);
    expect(isQuietAt(hours, at('19:00'))).toBe(false);
    expect(isQuietAt(hours, at('03:01'))).toBe(true);
  });

  it('are told to the page ahead', () => {
    const until = at('08:00') + 4 * 86_400_000;
    expect(toldAhead(PRACTICE, at('12:00'), until)).toEqual([
      { from: at('12:00'), to: at('17:00') },
      { from: at('08:00') + 86_400_000, to: at('17:00') + 86_400_000 },
      { from: at('08:00') + 3 * 86_400_000, to: at('17:00') + 3 * 86_400_000 },
    ]);
    const never = { ...PRACTICE, week: WEEK.map(() => []), holidays: [] };
    expect(toldAhead(never, at('12:00'), until)).toEqual([]);
    expect(isQuietAt(never, at('12:00'))).toBe(true);
  });
});
