import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { activity } from './activity.ts';
import { ACCESS, conversationOf, firing, inboxOf, messagesOf, textIn } from './firing.ts';

const FOREVER = Date.now() + 3_000_000_000_000;

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
});
afterEach(() => vi.restoreAllMocks());

const conversation = conversationOf;
const id = () => conversation().id.toString();

/** The inbox has the newest version, and nothing waits. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const read = await conversation().read(ACCESS, 1);
    if (read.outcome !== 'read') throw new Error('not begun');
    const { conversations } = await inboxOf().page('open', 'ana', null);
    expect(conversations[0]?.version).toBe(read.conversation.version);
    const texts = (await messagesOf(conversation())).filter(({ delivery }) => delivery !== null);
    expect(texts.every(({ delivery }) => delivery?.status === 'sent')).toBe(true);
  });
}

async function begun(): Promise<{ messageId: string }> {
  const call = firing();
  await conversation().fire(call);
  await conversation().receive(textIn('My prescription ran out'));
  await settled();
  return call;
}

async function deleted(): Promise<void> {
  const result = await conversation().deletePast(FOREVER);
  if (result.outcome !== 'deleted') throw new Error('kept');
  await inboxOf().forget([{ id: id(), version: result.version }]);
}

describe('a conversation whose time is over', () => {
  it('goes with everything: tables, values, the alarm; a tombstone stays', async () => {
    await begun();
    await deleted();
    await runInDurableObject(conversation(), async (_, { storage }) => {
      const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT GLOB '_cf*'").toArray();
      expect(tables).toEqual([]);
      const values = [...storage.kv.list()];
      expect(values.map(([key]) => key)).toEqual(['state']);
      expect(JSON.stringify(values)).not.toMatch(/2062020123|prescription|lakeside/);
      expect(await storage.getAlarm()).toBeNull();
    });
    expect(await conversation().read(ACCESS, null)).toEqual({ outcome: 'not-found' });
    expect(await conversation().published(1)).toBeNull();
    expect(await conversation().deletePast(FOREVER)).toMatchObject({ outcome: 'gone' });
  });

  it('goes from the inbox: the row, the count, the words', async () => {
    await begun();
    expect((await inboxOf().search('prescription', null, 'ana', 0)).conversations).toHaveLength(1);
    await deleted();
    expect((await inboxOf().page('open', 'ana', null)).conversations).toEqual([]);
    expect((await inboxOf().search('prescription', null, 'ana', 0)).conversations).toEqual([]);
    await runInDurableObject(inboxOf(), (_, { storage }) => {
      const n = (sql: string) => storage.sql.exec(sql).one().n;
      expect(n('SELECT coalesce(sum(n), 0) AS n FROM counts')).toBe(0);
      expect(n('SELECT count(*) AS n FROM texts')).toBe(0);
      expect(n('SELECT count(*) AS n FROM conversations')).toBe(0);
    });
  });

  it('stays where something was said since, is snoozed, or is still to be sent', async () => {
    const before = Date.now() - 1;
    await begun();
    expect(await conversation().deletePast(before)).toEqual({ outcome: 'kept' });
    await conversation().change(ACCESS, { snoozedUntil: Date.now() + 60_000 });
    expect(await conversation().deletePast(FOREVER)).toEqual({ outcome: 'kept' });
    await conversation().change(ACCESS, { state: 'open' });
    vi.mocked(simulator.send).mockResolvedValue({
      outcome: 'try-later',
      reason: 'carrier-silent',
      retryAt: null,
    } as never);
    await conversation().reply(ACCESS, { id: crypto.randomUUID(), body: 'We call you tomorrow.' });
    expect(await conversation().deletePast(FOREVER)).toEqual({ outcome: 'kept' });
    expect((await conversation().read(ACCESS, null)).outcome).toBe('read');
  });

  it('does not come back by a late report, by what it said of itself before, nor when the inbox is built anew', async () => {
    const call = await begun();
    const before = await conversation().published(1);
    await inboxOf().rebuild();
    await deleted();
    const report = {
      conversationId: id(),
      messageId: call.messageId,
      attempt: 1,
      status: 'delivered',
      reason: null,
    };
    await conversation().recordDelivery(
      report as Parameters<ReturnType<typeof conversation>['recordDelivery']>[0],
    );
    if (before) await inboxOf().apply(before.summary, before.messages, 'simulator');
    await inboxOf().rebuild();
    await vi.waitFor(async () => {
      await runInDurableObject(inboxOf(), async (_, { storage }) => {
        expect(storage.sql.exec('SELECT count(*) AS n FROM conversations').one().n).toBe(0);
        expect(await storage.getAlarm()).toBeNull();
      });
    });
    await runInDurableObject(conversation(), (_, { storage }) => {
      expect([...storage.kv.list()].map(([key]) => key)).toEqual(['state']);
    });
  });

  it('that the inbox had not forgotten is forgotten when the inbox is built anew', async () => {
    await begun();
    await conversation().deletePast(FOREVER);
    await inboxOf().rebuild();
    await vi.waitFor(async () => {
      await runInDurableObject(inboxOf(), async (_, { storage }) => {
        expect(storage.sql.exec('SELECT count(*) AS n FROM conversations').one().n).toBe(0);
        expect(await storage.getAlarm()).toBeNull();
      });
    });
  });

  it('begins afresh with the next call or text, and the inbox hears of it', async () => {
    await begun();
    await deleted();
    await conversation().receive(textIn('Hello again', { messageId: crypto.randomUUID() }));
    await settled();
    const messages = await messagesOf(conversation());
    expect(messages.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'text-in']]);
    expect((await inboxOf().search('again', null, 'ana', 0)).conversations).toHaveLength(1);
    await deleted();
    await conversation().fire(firing());
    await settled();
    expect((await inboxOf().page('open', 'ana', null)).conversations).toHaveLength(1);
    expect(await conversation().reply(ACCESS, { id: crypto.randomUUID(), body: 'Hi' })).toMatchObject({
      outcome: 'written',
    });
  });

  it('leaves one thing for good: the wish to get no more texts', async () => {
    await begun();
    await conversation().receive(textIn('STOP'));
    await settled();
    await deleted();
    expect((await conversation().fire(firing())).outcome).toBe('opted-out');
    await conversation().receive(textIn('Is anybody there?', { messageId: crypto.randomUUID() }));
    await vi.waitFor(async () => expect(await messagesOf(conversation())).toHaveLength(1));
    const read = await conversation().read(ACCESS, null);
    expect(read).toMatchObject({ outcome: 'read', conversation: { consent: { state: 'opted-out' } } });
    const reply = { id: crypto.randomUUID(), body: 'Yes' };
    expect(await conversation().reply(ACCESS, reply)).toEqual({ outcome: 'opted-out' });
  });
});

describe('an inbox', () => {
  it('takes call-backs of a deleted conversation with it, and no others', async () => {
    await begun();
    await inboxOf().recordActivity(activity({ outcome: 'landline' }));
    await inboxOf().recordActivity(activity({ outcome: 'landline', caller: '+12062020145' }));
    expect((await inboxOf().callBackPage('open', null)).callBacks).toHaveLength(2);
    await deleted();
    expect((await inboxOf().callBackPage('open', null)).callBacks).toHaveLength(1);
  });

  it('keeps activity for as long as it is told to', async () => {
    const day = 86_400_000;
    const now = Date.now();
    await inboxOf().recordActivity(activity({ outcome: 'cooldown', at: now - 20 * day }));
    await inboxOf().recordActivity(activity({ outcome: 'cooldown', at: now - 2 * day }));
    const count = () =>
      runInDurableObject(
        inboxOf(),
        (_, { storage }) => storage.sql.exec('SELECT count(*) AS n FROM activities').one().n,
      );
    expect(await inboxOf().keepActivity(30)).toEqual({ isMore: false });
    expect(await count()).toBe(2);
    await inboxOf().keepActivity(7);
    expect(await count()).toBe(1);
  });
});
