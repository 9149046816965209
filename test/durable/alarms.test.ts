import { evictDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import type { PracticeAlarm, Trouble } from '../../src/domain/inbox/practice-alarm.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, ANA, conversationOf, firing, inboxOf, LINE, messagesOf } from './firing.ts';
import { countRows } from './row-count.ts';
import { sit } from './seat.ts';

beforeEach(emptyData);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const OTHER = '+12062020124';

function refuses(reason: 'account' | 'spam-filtered' | 'refused'): void {
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason });
}

function takes(): void {
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
}

/** Until the text has failed or left, and the inbox knows. */
async function called(caller?: string): Promise<void> {
  const conversation = conversationOf(caller);
  const call = firing(caller === undefined ? {} : { caller });
  await conversation.fire(call);
  await settled(conversation);
}

async function settled(conversation: ReturnType<typeof conversationOf>): Promise<void> {
  await vi.waitFor(async () => {
    const waiting = (await messagesOf(conversation)).filter(
      ({ delivery }) => delivery?.status === 'queued' || delivery?.status === 'sending',
    );
    expect(waiting).toEqual([]);
    const read = await conversation.read(ACCESS, 1);
    const { conversations } = await inboxOf().page('open', 'ana', null);
    if (read.outcome !== 'read') throw new Error('not begun');
    const { id, version } = read.conversation;
    expect(conversations.find((one) => one.id === id)?.version).toBe(version);
  });
}

async function alarms(): Promise<PracticeAlarm[]> {
  return inboxOf().alarms();
}

const signature: Trouble = { kind: 'signature', detail: null, line: LINE, carrier: 'twilio', count: 1 };
const recovered: Trouble = { kind: 'recovered', detail: null, line: LINE, carrier: 'twilio', count: 3 };

describe('a text that fails because of the account', () => {
  it.each(['account', 'spam-filtered'] as const)('raises an alarm: %s', async (reason) => {
    refuses(reason);
    const before = Date.now();
    await called();
    const [alarm] = await alarms();
    expect(alarm).toMatchObject({
      kind: 'account',
      detail: reason,
      carrier: 'simulator',
      count: 1,
      line: { id: LINE.id, name: LINE.name },
    });
    expect(alarm?.firstAt).toBeGreaterThanOrEqual(before);
    expect(alarm?.lastAt).toBe(alarm?.firstAt);
  });

  it('counts once, whatever happens to its conversation afterwards', async () => {
    refuses('account');
    await called();
    const conversation = conversationOf();
    await conversation.read(ACCESS, null);
    await conversation.change(ACCESS, { assignee: ANA });
    await conversation.note(ACCESS, { id: crypto.randomUUID(), body: 'Called the carrier' });
    await settled(conversation);
    await evictDurableObject(conversation);
    await conversation.change(ACCESS, { assignee: null });
    await settled(conversation);
    expect(await alarms()).toMatchObject([{ count: 1 }]);
  });

  it('counts again when another fails, in the same conversation or elsewhere on the line', async () => {
    refuses('account');
    await called();
    const reply = { id: crypto.randomUUID(), body: 'Hello' };
    await conversationOf().reply(ACCESS, reply);
    await settled(conversationOf());
    await called(OTHER);
    expect(await alarms()).toMatchObject([{ kind: 'account', count: 3 }]);
  });

  it('stays the graver one of both kinds', async () => {
    refuses('account');
    await called();
    refuses('spam-filtered');
    await called(OTHER);
    expect(await alarms()).toMatchObject([{ detail: 'account', count: 2 }]);
  });

  it('is over when a later text has arrived, and not for one that is merely taken', async () => {
    refuses('account');
    await called();
    takes();
    const call = firing({ caller: OTHER });
    await conversationOf(OTHER).fire(call);
    await settled(conversationOf(OTHER));
    expect(await alarms()).toHaveLength(1);
    const [conversationId, messageId] = [conversationOf(OTHER).id.toString(), call.messageId];
    const report = { conversationId, messageId, attempt: 1, status: 'delivered', reason: null } as const;
    await conversationOf(OTHER).recordDelivery(report);
    await vi.waitFor(async () => expect(await alarms()).toEqual([]));
  });

  it('is not raised for what is the caller’s own, or one text’s', async () => {
    refuses('refused');
    await called();
    expect(await alarms()).toEqual([]);
  });

  it('is not raised again by a rebuild of the inbox', async () => {
    refuses('account');
    await called();
    const [alarm] = await alarms();
    await inboxOf().dismissAlarm(alarm?.id ?? '');
    await inboxOf().rebuild();
    await conversationOf().change(ACCESS, { assignee: ANA });
    await vi.waitFor(async () => {
      const { conversations } = await inboxOf().page('open', 'ana', null);
      expect(conversations).toMatchObject([{ problem: 'account', assignee: ANA }]);
    });
    expect(await alarms()).toEqual([]);
  });
});

describe('a wrong signature', () => {
  it('is written once a minute at most, even when it is dismissed in between', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await inboxOf().alarms();
    const rows = await countRows();
    for (let n = 0; n < 20; n += 1) await inboxOf().raiseAlarm(signature);
    expect(rows.written()).toBe(1);
    rows.stop();
    const [alarm] = await alarms();
    await inboxOf().dismissAlarm(alarm?.id ?? '');
    await inboxOf().raiseAlarm(signature);
    expect(await alarms()).toEqual([]);
    vi.setSystemTime(Date.now() + 60_000);
    await inboxOf().raiseAlarm(signature);
    expect(await alarms()).toMatchObject([{ kind: 'signature', count: 1 }]);
  });

  it('is remembered over an eviction', async () => {
    await inboxOf().raiseAlarm(signature);
    await evictDurableObject(inboxOf());
    await inboxOf().raiseAlarm(signature);
    expect(await alarms()).toMatchObject([{ count: 1, line: { id: LINE.id, name: LINE.name } }]);
  });
});

describe('an alarm', () => {
  it('adds up until it is dismissed, and a later one is another', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await inboxOf().raiseAlarm(recovered);
    await inboxOf().raiseAlarm(signature);
    vi.setSystemTime(Date.now() + 5_000);
    await inboxOf().raiseAlarm({ ...recovered, line: { ...LINE, name: 'Renamed' } });
    const before = await alarms();
    expect(before).toMatchObject([
      { kind: 'recovered', count: 6, line: { name: 'Renamed' } },
      { kind: 'signature', count: 1 },
    ]);
    expect((before[0]?.lastAt ?? 0) - (before[0]?.firstAt ?? 0)).toBe(5_000);
    const id = before[0]?.id ?? '';
    await inboxOf().dismissAlarm(id);
    vi.setSystemTime(Date.now() + 5_000);
    await inboxOf().raiseAlarm(recovered);
    // Of somebody who has not seen the new one.
    await inboxOf().dismissAlarm(id);
    await inboxOf().dismissAlarm('rubbish');
    await evictDurableObject(inboxOf());
    expect(await alarms()).toMatchObject([{ kind: 'signature' }, { kind: 'recovered', count: 3 }]);
  });
});

describe('a socket', () => {
  it.each(['manager', 'admin'])(
    'of the role %s has them in its first frame, and is told of each change',
    async (role) => {
      await inboxOf().raiseAlarm(recovered);
      const { frames, socket } = await sit(role, { role });
      expect(frames[0]).toMatchObject({ type: 'snapshot', alarms: [{ kind: 'recovered' }] });
      await inboxOf().raiseAlarm(signature);
      await vi.waitFor(() =>
        expect(frames.at(-1)).toMatchObject({ type: 'alarms', alarms: [{}, { kind: 'signature' }] }),
      );
      for (const { id } of await alarms()) await inboxOf().dismissAlarm(id);
      await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'alarms', alarms: [] }));
      socket.close();
      const again = await sit(role, { role, since: frames.at(-1)?.seq });
      expect(again.frames[0]).toMatchObject({ type: 'resumed', alarms: [] });
    },
  );

  it('of staff hears nothing of them, and misses nothing by that', async () => {
    await inboxOf().raiseAlarm(recovered);
    const { frames, socket } = await sit('staff', { role: 'staff' });
    expect(frames[0]).not.toHaveProperty('alarms');
    await inboxOf().raiseAlarm(signature);
    socket.send('ping');
    await vi.waitFor(() => expect(frames.at(-1)?.type).toBe('heartbeat'));
    expect(frames.map(({ type }) => type)).toEqual(['snapshot', 'heartbeat']);
    expect(frames[1]?.seq).toBe(frames[0]?.seq);
  });
});
