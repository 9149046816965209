import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinePace, nextPlace } from '../../src/domain/conversation/line-pace.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const UNUSED: LinePace = { nextAt: 0, askedAt: 0 };

/** Places for texts of so many segments each, one segment a second, and what is left planned. */
function planned(pace: LinePace, segments: number[], now = NOW, expiresAt: number | null = null) {
  const places: number[] = [];
  let current = pace;
  for (const each of segments) {
    const next = nextPlace(current, { segments: each, segmentsPerSecond: 1, expiresAt, now });
    places.push(next.place - now);
    current = next.pace;
  }
  return { places, pace: current };
}

describe('the next place on a line', () => {
  it('is now where the line is free, and else after what was planned before, segment by segment', () => {
    expect(planned(UNUSED, [1, 2, 4, 1]).places).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it('never lets more leave than the line carries', () => {
    const texts = fc.array(
      fc.record({ segments: fc.integer({ min: 1, max: 10 }), later: fc.nat({ max: 9_000 }) }),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 100 }), (all, segmentsPerSecond) => {
        let [pace, now, free] = [UNUSED, NOW, 0];
        for (const { segments, later } of all) {
          now += later;
          const next = nextPlace(pace, { segments, segmentsPerSecond, expiresAt: null, now });
          expect(next.place).toBeGreaterThanOrEqual(Math.max(now, free));
          free = next.place + (segments * 1000) / segmentsPerSecond;
          pace = next.pace;
        }
      }),
    );
  });

  it('that comes too late for its text stays free', () => {
    const { pace } = planned(UNUSED, [600, 290]);
    const late = planned(pace, [2, 2, 2], NOW, NOW + 890_000);
    expect(late.places).toEqual([890_000, 890_000, 890_000]);
    expect(planned(late.pace, [1], NOW + 10_000, NOW + 910_000).places).toEqual([880_000]);
  });

  it('is as far ahead as it was after the clock ran back, and now after it jumped ahead', () => {
    const { pace } = planned(UNUSED, [30]);
    expect(planned(pace, [1], NOW - HOUR_MS).places).toEqual([30_000]);
    expect(planned(pace, [1], NOW + 48 * HOUR_MS).places).toEqual([0]);
  });
});
