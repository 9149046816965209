import { describe, expect, it } from 'vitest';
import {
  AUTOMATIC_TEXT_LIFETIME_MS,
  backoffMs,
  CARRIER_TIMEOUT_MS,
  CLAIM_LEASE_MS,
} from '../../src/domain/conversation/outbox-rules.ts';

describe('trying again', () => {
  it('waits 1, 2, 5, 15, 60, 300 and three times 900 seconds, then ends', () => {
    const waits = Array.from({ length: 10 }, (_, made) => backoffMs(made + 1, 0.5));
    expect(waits).toEqual([1000, 2000, 5000, 15_000, 60_000, 300_000, 900_000, 900_000, 900_000, null]);
  });

  it('is spread by a fifth to either side', () => {
    expect([backoffMs(3, 0), backoffMs(3, 0.999_999)]).toEqual([4000, 6000]);
  });

  it('outlasts the life of an automatic text, so that it ends by expiring, and half an hour of trouble', () => {
    const least = Array.from({ length: 9 }, (_, made) => backoffMs(made + 1, 0) ?? 0).reduce((a, b) => a + b);
    expect(least).toBeGreaterThan(AUTOMATIC_TEXT_LIFETIME_MS);
    expect(least).toBeGreaterThan(30 * 60_000);
  });

  it('never begins while a carrier may still answer', () => {
    expect(CLAIM_LEASE_MS).toBeGreaterThan(CARRIER_TIMEOUT_MS);
  });
});
