import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '../../src/domain/triggers/token-bucket.ts';

describe('a pace', () => {
  it('lets a burst through, then as many a second as it says, and tells how long to wait', () => {
    const buckets = new TokenBuckets({ burst: 3, perSecond: 2 });
    expect([0, 0, 0].map((at) => buckets.take('a', at))).toEqual([null, null, null]);
    expect(buckets.take('a', 0)).toBe(500);
    expect(buckets.take('a', 499)).toBe(1);
    expect(buckets.take('a', 500)).toBeNull();
    expect(buckets.take('a', 500)).toBe(500);
  });

  it('is each key’s own', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
    expect(buckets.take('a', 0)).toBeNull();
    expect(buckets.take('b', 0)).toBeNull();
    expect(buckets.take('a', 0)).toBe(1000);
  });

  it('never lets more through than the burst and what has come back since, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -2_000, max: 2_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, (moves) => {
        const buckets = new TokenBuckets({ burst: 5, perSecond: 3 });
        let [now, forward, through] = [1_000_000, 0, 0];
        for (const move of moves) {
          now += move;
          forward += Math.max(0, move);
          if (buckets.take('a', now) === null) through += 1;
        }
        expect(through).toBeLessThanOrEqual(5 + (forward * 3) / 1000);
      }),
    );
  });

  it('holds so many keys and no more: a stranger cannot fill the memory', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 0.001 });
    buckets.take('first', 0);
    for (let n = 0; n < 5_000; n += 1) buckets.take(`key ${n}`, 0);
    expect(buckets.take('first', 1)).toBeNull();
  });
});
