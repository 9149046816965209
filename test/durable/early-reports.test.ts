import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EARLY_REPORT_LIFETIME_MS, MOST_EARLY_REPORTS } from '../../durable/early-reports.ts';
import type { DeliveryReport } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, firing, inboxOf, messagesOf, textIn } from './firing.ts';

/** What carriers tell about a text that its conversation does not know yet. */

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Told = Pick<DeliveryReport, 'status'> & Partial<DeliveryReport>;

async function report(messageId: string, told: Told): Promise<void> {
  const conversationId = conversationOf().id.toString();
  const whole = { conversationId, messageId, attempt: 1, reason: null, ...told };
  expect(await conversationOf().recordDelivery(whole)).toEqual({ outcome: 'kept' });
}

async function deliveryOf(messageId: string) {
  return (await messagesOf(conversationOf())).find(({ id }) => id === messageId)?.delivery;
}

describe('reports on a text that is not known yet', () => {
  it.each<[string, Told[], object]>([
    ['once', [{ status: 'delivered' }], { status: 'delivered', attempt: 1, reason: null }],
    ['again and again', Array(5).fill({ status: 'delivered' }), { status: 'delivered', attempt: 1 }],
    ['backwards', [{ status: 'delivered' }, { status: 'sent' }], { status: 'delivered', attempt: 1 }],
    ['in order', [{ status: 'sent' }, { status: 'delivered' }], { status: 'delivered', attempt: 1 }],
    [
      'with one on an older attempt after it',
      [
        { status: 'sent', attempt: 2 },
        { status: 'failed', attempt: 1, reason: 'refused' },
      ],
      { status: 'sent', attempt: 2, reason: null },
    ],
    [
      'with one on an older attempt before it',
      [
        { status: 'undelivered', attempt: 1, reason: 'unreachable' },
        { status: 'delivered', attempt: 2 },
      ],
      { status: 'delivered', attempt: 2, reason: null },
    ],
    [
      'with one on an older attempt, which arrived after all',
      [
        { status: 'undelivered', attempt: 2, reason: 'unreachable' },
        { status: 'delivered', attempt: 1 },
      ],
      { status: 'delivered', attempt: 2, reason: null },
    ],
  ])('told %s count as soon as it is, and it does not leave again', async (_, told, expected) => {
    const call = firing();
    for (const one of told) await report(call.messageId, one);
    await evictDurableObject(conversationOf());
    expect(await conversationOf().fire(call)).toMatchObject({ outcome: 'texting' });
    await runDurableObjectAlarm(conversationOf());
    expect(await deliveryOf(call.messageId)).toMatchObject(expected);
    expect(simulator.send).not.toHaveBeenCalled();
  });

  it('put the conversation in front of staff where it did not arrive, and a person can send it again', async () => {
    const call = firing();
    await report(call.messageId, { status: 'failed', reason: 'landline' });
    await conversationOf().fire(call);
    expect(await conversationOf().read(ACCESS, null)).toMatchObject({
      conversation: { problem: 'landline', cannotText: 'landline', waitingSince: expect.any(Number) },
      messages: [{ delivery: { status: 'failed', reason: 'landline', attempt: 1 } }],
    });
    await conversationOf().retry(ACCESS, call.messageId);
    await vi.waitFor(async () =>
      expect(await deliveryOf(call.messageId)).toMatchObject({ status: 'sent', attempt: 2 }),
    );
    expect(simulator.send).toHaveBeenCalledTimes(1);
  });

  it('count for a reply too, and for that one only', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    await report(second, { status: 'delivered' });
    await conversationOf().receive(textIn('Hello'));
    await conversationOf().reply(ACCESS, { id: first, body: 'One' });
    await conversationOf().reply(ACCESS, { id: second, body: 'Two' });
    await vi.waitFor(async () => expect(await deliveryOf(first)).toMatchObject({ status: 'sent' }));
    expect(await deliveryOf(second)).toMatchObject({ status: 'delivered' });
    expect(simulator.send).toHaveBeenCalledTimes(1);
    await vi.waitFor(async () => {
      const { conversations } = await inboxOf().page('open', 'ana', null);
      expect(conversations).toMatchObject([{ last: { snippet: 'Two' } }]);
    });
  });

  it('are forgotten once they have counted', async () => {
    const call = firing();
    await report(call.messageId, { status: 'delivered' });
    await conversationOf().fire(call);
    expect(await keptIds()).toEqual([]);
  });

  it('do not make a conversation that has not begun visible', async () => {
    await report('stray', { status: 'delivered' });
    expect(await conversationOf().read(ACCESS, null)).toEqual({ outcome: 'not-found' });
    expect(await conversationOf().published(1)).toBeNull();
    expect((await inboxOf().page('open', 'ana', null)).conversations).toEqual([]);
    await runInDurableObject(conversationOf(), async (_, state) => {
      expect(await state.storage.getAlarm()).toBeNull();
      expect(state.storage.kv.get('state')).toBeUndefined();
    });
  });

  it('are the newest 20 and no more', async () => {
    const ids = Array.from({ length: MOST_EARLY_REPORTS + 5 }, (_, number) => `text-${number}`);
    for (const id of ids) await report(id, { status: 'sent' });
    expect(await keptIds()).toEqual(ids.slice(5));
    // Told more about, it is among the newest again.
    await report('text-5', { status: 'delivered' });
    await report('text-25', { status: 'sent' });
    expect(await keptIds()).toEqual([...ids.slice(7), 'text-5', 'text-25']);
  });

  it('are dropped after a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [call, other] = [firing(), firing()];
    await report(call.messageId, { status: 'delivered' });
    vi.setSystemTime(Date.now() + EARLY_REPORT_LIFETIME_MS - 1);
    await report(other.messageId, { status: 'delivered' });
    vi.setSystemTime(Date.now() + 1);
    await conversationOf().fire({ ...call, firedAt: Date.now() });
    await vi.waitFor(async () => expect(await deliveryOf(call.messageId)).toMatchObject({ status: 'sent' }));
    await report('another', { status: 'sent' });
    expect(await keptIds()).toEqual([other.messageId, 'another']);
  });
});

function keptIds(): Promise<string[]> {
  return runInDurableObject(conversationOf(), (_, state) =>
    (state.storage.kv.get<{ report: DeliveryReport }[]>('early-reports') ?? []).map(
      ({ report: { messageId } }) => messageId,
    ),
  );
}
