import { describe, expect, it } from 'vitest';
import { deliverySteps } from '../../src/domain/activity/activity-delivery.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../src/domain/conversation/delivery-status.ts';
import { type Delivery, newMessage } from '../../src/domain/conversation/message.ts';
import { activity, NOT_TEXTED } from '../durable/activity.ts';

const AT = 1_000_000;

function message(delivery: Partial<Delivery>) {
  const written = newMessage({ id: 'm', kind: 'automatic', body: 'Sorry we missed you.' }, 1, AT);
  const queued = { status: 'queued', statusAt: AT + 10, sentAt: null, attempt: 1, reason: null } as const;
  return { ...written, delivery: { ...queued, ...delivery } };
}

const stepsOf = (delivery: Partial<Delivery>) =>
  deliverySteps(activity({ at: AT }), message(delivery)).map(({ step, afterMs }) => [step, afterMs]);

describe('the steps of a text', () => {
  it('are told in order, each with the time since the request', () => {
    expect(stepsOf({ status: 'delivered', sentAt: AT + 400, statusAt: AT + 2_000 })).toEqual([
      ['recorded', 7],
      ['sent', 400],
      ['delivered', 2_000],
    ]);
  });

  it.each([
    ['queued', 'queued'],
    ['sending', 'sending'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['unconfirmed', 'unsure'],
  ] as const)('end, where the text is %s, with %s', (status, step) => {
    const sentAt = status === 'sent' ? AT + 5 : null;
    expect(stepsOf({ status, sentAt }).at(-1)?.[0]).toBe(step);
  });

  it('know every status', () => {
    for (const status of DELIVERY_STATUSES as readonly DeliveryStatus[])
      for (const { words } of deliverySteps(activity({ at: AT }), message({ status, sentAt: AT }))) {
        expect(words).toMatch(/\.$/);
      }
  });

  it('say why a text failed', () => {
    const steps = deliverySteps(activity({ at: AT }), message({ status: 'failed', reason: 'landline' }));
    expect(steps.at(-1)?.words).toContain('landline');
  });

  it('show a text that waits, that waited, and that was called off with the reason', () => {
    const heldUntil = AT + 60_000;
    const waiting = deliverySteps(activity({ at: AT, outcome: 'held', heldUntil }), message({}));
    expect(waiting.map(({ step }) => step)).toEqual(['recorded', 'waiting']);
    const left = deliverySteps(
      activity({ at: AT, heldUntil }),
      message({ status: 'sent', sentAt: heldUntil }),
    );
    expect(left.map(({ step }) => step)).toEqual(['recorded', 'waiting', 'sent']);
    const words = 'The caller got through.';
    const off = activity({
      at: AT,
      outcome: 'cancelled',
      decisions: [{ check: 'hold', isPassed: false, words }],
    });
    expect(deliverySteps(off, message({ status: 'failed', statusAt: AT + 9 })).at(-1)).toMatchObject({
      step: 'cancelled',
      afterMs: 9,
      words,
    });
  });

  it('are none where there was no text', () => {
    expect(deliverySteps(activity({ outcome: 'withheld', ...NOT_TEXTED }), null)).toEqual([]);
    expect(deliverySteps(activity({ at: AT }), null).map(({ step }) => step)).toEqual(['recorded']);
  });
});
