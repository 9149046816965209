import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/carriers/retry-after.ts';

const NOW = Date.UTC(2026, 10, 24, 18, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    [' 30 ', 30_000],
    ['0', 1_000],
    ['900', 900_000],
    ['86400', 900_000],
    ['9'.repeat(400), 900_000],
    ['Tue, 24 Nov 2026 18:02:00 GMT', 120_000],
    ['Tue, 24 Nov 2026 17:00:00 GMT', 1_000],
    ['Thu, 24 Dec 2026 18:00:00 GMT', 900_000],
  ])('%s asks for a wait', (value, ms) => {
    expect(retryAfterMs(value, NOW)).toBe(ms);
  });

  it.each([
    null,
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '5, 10',
    'Infinity',
    '2026-11-24T18:02:00Z',
    'Tue, 99 Nov 2026 18:02:00 GMT',
    'Tue, 24 Nov 2026 18:02:00 +0100',
  ])('as %j says nothing', (value) => {
    expect(retryAfterMs(value, NOW)).toBeNull();
  });

  it('never asks for less than a second or more than a quarter of an hour, whatever it is', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat().map(String),
      fc.integer({ min: 0, max: 4e12 }).map((at) => new Date(at).toUTCString()),
    );
    fc.assert(
      fc.property(value, (said) => {
        const wait = retryAfterMs(said, NOW);
        expect(wait === null || (wait >= 1_000 && wait <= 900_000)).toBe(true);
      }),
    );
  });
});
