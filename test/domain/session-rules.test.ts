import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  IDLE_MINUTES,
  MAX_HOURS,
  sessionEndsAt,
  shouldNoteUse,
} from '../../src/domain/people/session-rules.ts';

const MINUTE = 60_000;
const settings = fc.record({
  idleMinutes: fc.integer(IDLE_MINUTES),
  maxHours: fc.integer(MAX_HOURS),
});
const start = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2036, 0) });

describe('a session', () => {
  it('ends when it was idle for long enough or is old enough, whichever comes first', () => {
    const times = { createdAt: 0, seenAt: 100 * MINUTE };
    expect(sessionEndsAt(times, { idleMinutes: 15, maxHours: 12 })).toBe(115 * MINUTE);
    expect(sessionEndsAt(times, { idleMinutes: 15, maxHours: 1 })).toBe(60 * MINUTE);
  });

  it('never ends by idleness for somebody who pauses for less than nine tenths of that', () => {
    const pauses = fc.array(fc.double({ min: 0, max: 0.899, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(settings, start, pauses, (rules, createdAt, shares) => {
        let [now, seenAt] = [createdAt, createdAt];
        const endless = { ...rules, maxHours: Number.POSITIVE_INFINITY };
        for (const share of shares) {
          now += share * rules.idleMinutes * MINUTE;
          expect(now).toBeLessThan(sessionEndsAt({ createdAt, seenAt }, endless));
          if (shouldNoteUse({ createdAt, seenAt }, rules, now)) seenAt = now;
        }
      }),
    );
  });

  it('always ends, at the latest when it was idle to the end', () => {
    fc.assert(
      fc.property(settings, start, fc.nat(), (rules, createdAt, used) => {
        const seenAt = createdAt + used;
        const end = sessionEndsAt({ createdAt, seenAt }, rules);
        expect(end).toBeLessThanOrEqual(seenAt + rules.idleMinutes * MINUTE);
        expect(end).toBeLessThanOrEqual(createdAt + rules.maxHours * 60 * MINUTE);
      }),
    );
  });
});
