import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES, isFinal, laterStatus } from '../../src/domain/conversation/delivery-status.ts';

const status = fc.constantFrom(...DELIVERY_STATUSES);

describe('a delivery status', () => {
  it('ends the same whatever is repeated, and once final stays as it is', () => {
    fc.assert(
      fc.property(fc.array(status), status, (reports, last) => {
        const reached = reports.reduce(laterStatus, 'queued');
        expect(reports.concat(reports).reduce(laterStatus, 'queued')).toBe(reached);
        if (isFinal(reached)) expect(laterStatus(reached, last)).toBe(reached);
      }),
    );
  });

  it('never moves backwards, in whatever order the reports come', () => {
    const rank = (one: (typeof DELIVERY_STATUSES)[number]) =>
      isFinal(one) ? 4 : DELIVERY_STATUSES.indexOf(one);
    fc.assert(
      fc.property(fc.array(status), (reports) => {
        let reached: (typeof DELIVERY_STATUSES)[number] = 'queued';
        for (const report of reports) {
          const next = laterStatus(reached, report);
          expect(rank(next)).toBeGreaterThanOrEqual(rank(reached));
          reached = next;
        }
      }),
    );
  });

  it('is delivered whenever delivered was the only final report', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['queued', 'sending', 'sent', 'delivered'] as const, { minLength: 4 }),
        (reports) => {
          expect(reports.reduce<(typeof DELIVERY_STATUSES)[number]>(laterStatus, 'queued')).toBe('delivered');
        },
      ),
    );
  });
});
