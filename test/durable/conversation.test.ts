import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conversation } from '../../durable/conversation.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import {
  ACCESS,
  ANA,
  conversationOf,
  FOREIGN_ACCESS,
  firing,
  inboxOf,
  messagesOf,
  textIn,
} from './firing.ts';

beforeEach(emptyData);
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const accepted = { outcome: 'accepted', carrierId: 'c-1' } as const;

function statusOf(conversation: DurableObjectStub<Conversation>, index = -1) {
  return messagesOf(conversation).then((messages) => messages.at(index)?.delivery?.status);
}

describe('a trigger that fires', () => {
  it('is recorded and texted, once per call', async () => {
    const send = vi.spyOn(simulator, 'send').mockResolvedValue(accepted);
    const conversation = conversationOf();
    const call = firing();
    expect(await conversation.fire(call)).toMatchObject({ outcome: 'texting' });
    expect(await conversation.fire(call)).toMatchObject({ outcome: 'duplicate' });
    await expect.poll(() => statusOf(conversation)).toBe('sent');
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0]?.[1]).toMatchObject({
      from: '+12062020100',
      to: '+12062020123',
      body: call.text,
      attempt: 1,
    });
  });

  it('keeps what is known of the call with the text', async () => {
    const conversation = conversationOf();
    const call = firing({ waitedSeconds: 75 });
    await conversation.fire(call);
    const [message] = await messagesOf(conversation);
    expect(message).toMatchObject({
      kind: 'automatic',
      call: { useCase: 'abandoned-call', firedAt: call.firedAt, waitedSeconds: 75 },
    });
  });

  it('does not by itself need a reply', async () => {
    const conversation = conversationOf();
    await conversation.fire(firing());
    const read = await conversation.read(ACCESS, null);
    expect(read).toMatchObject({
      conversation: { state: 'open', waitingSince: null, unread: 0, language: 'en' },
    });
  });

  it('reopens what was done', async () => {
    const conversation = conversationOf();
    await conversation.fire(firing());
    await conversation.change(ACCESS, { state: 'done' });
    await conversation.fire(firing());
    expect(await conversation.read(ACCESS, null)).toMatchObject({ conversation: { state: 'open' } });
  });
});

describe('a text from the caller', () => {
  it('begins a conversation by itself', async () => {
    const conversation = conversationOf();
    expect(await conversation.receive(textIn('Are you open?'))).toEqual({ outcome: 'received' });
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      messages: [{ kind: 'text-in', body: 'Are you open?' }],
    });
  });

  it('is recorded once however often the carrier says it', async () => {
    const conversation = conversationOf();
    const text = textIn('Hello');
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => conversation.receive(text)));
    expect(outcomes.filter(({ outcome }) => outcome === 'received')).toHaveLength(1);
    expect(await messagesOf(conversation)).toHaveLength(1);
  });

  it('waits for an answer from the first unanswered one on, and opening it only marks it as read', async () => {
    const conversation = conversationOf();
    await conversation.receive(textIn('One'));
    await conversation.receive(textIn('Two'));
    const [first] = await messagesOf(conversation);
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      conversation: { waitingSince: first?.at, unread: 0 },
    });
  });

  it('reopens what was done, and says so', async () => {
    const conversation = conversationOf();
    await conversation.receive(textIn('One'));
    await conversation.change(ACCESS, { state: 'done' });
    await conversation.receive(textIn('Two'));
    const messages = await messagesOf(conversation);
    expect(messages.map((message) => message.event?.name ?? message.body)).toEqual([
      'One',
      'done',
      'reopened',
      'Two',
    ]);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });
});

describe('a reply', () => {
  it('is sent once for its id, and answers the caller', async () => {
    const send = vi.spyOn(simulator, 'send').mockResolvedValue(accepted);
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello'));
    const written = { id: crypto.randomUUID(), body: 'Hi, this is Ana.' };
    expect(await conversation.reply(ACCESS, written)).toMatchObject({
      outcome: 'written',
      message: { author: ANA },
    });
    expect(await conversation.reply(ACCESS, written)).toMatchObject({ outcome: 'already-written' });
    await expect.poll(() => statusOf(conversation)).toBe('sent');
    expect(send).toHaveBeenCalledTimes(1);
    expect(await conversation.read(ACCESS, null)).toMatchObject({ conversation: { waitingSince: null } });
  });

  it('is never sent where it is a note', async () => {
    const send = vi.spyOn(simulator, 'send');
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello'));
    await conversation.note(ACCESS, { id: crypto.randomUUID(), body: 'Call the pharmacy' });
    await runDurableObjectAlarm(conversation);
    expect(send).not.toHaveBeenCalled();
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      conversation: { waitingSince: expect.any(Number) },
    });
  });

  it('leaves in the order it was written', async () => {
    const sent: string[] = [];
    vi.spyOn(simulator, 'send').mockImplementation(async (_, text) => {
      sent.push(text.body);
      return accepted;
    });
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello'));
    for (const body of ['1', '2', '3']) await conversation.reply(ACCESS, { id: crypto.randomUUID(), body });
    await expect.poll(() => sent).toEqual(['1', '2', '3']);
  });
});

describe('what belongs to another practice', () => {
  it('is not there', async () => {
    const conversation = conversationOf();
    await conversation.fire(firing());
    const gone = { outcome: 'not-found' };
    expect(await conversation.read(FOREIGN_ACCESS, null)).toEqual(gone);
    expect(await conversation.reply(FOREIGN_ACCESS, { id: crypto.randomUUID(), body: 'x' })).toEqual(gone);
    expect(await conversation.change(FOREIGN_ACCESS, { state: 'done' })).toEqual(gone);
    expect(await messagesOf(conversation)).toHaveLength(1);
  });

  it('and asking about a conversation that never began creates nothing', async () => {
    const conversation = conversationOf('+12062020999');
    expect(await conversation.read(ACCESS, null)).toEqual({ outcome: 'not-found' });
    const tables = await runInDurableObject(conversation, (_, state) =>
      state.storage.sql
        .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
        .toArray(),
    );
    expect(tables).toEqual([]);
  });
});

describe('a carrier in trouble', () => {
  it('is asked again after a while, and no text leaves twice', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const send = vi
      .spyOn(simulator, 'send')
      .mockResolvedValueOnce({ outcome: 'later', delayMs: null })
      .mockResolvedValue(accepted);
    const conversation = conversationOf();
    await conversation.fire(firing());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    expect(await statusOf(conversation)).toBe('queued');
    vi.setSystemTime(Date.now() + 2_000);
    await runDurableObjectAlarm(conversation);
    expect(await statusOf(conversation)).toBe('sent');
    await runDurableObjectAlarm(conversation);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('that stays silent lets an automatic text expire after 15 minutes, which staff are told', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'later', delayMs: null });
    const conversation = conversationOf();
    await conversation.fire(firing());
    for (let minute = 0; minute < 17; minute += 1) {
      await runDurableObjectAlarm(conversation);
      vi.setSystemTime(Date.now() + 60_000);
    }
    expect((await messagesOf(conversation))[0]?.delivery).toMatchObject({
      status: 'failed',
      reason: 'expired',
    });
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      conversation: { problem: 'expired', waitingSince: expect.any(Number) },
    });
  });

  it('keeps its order: a later reply waits behind one that its carrier does not take yet', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello'));
    const send = vi.spyOn(simulator, 'send').mockResolvedValueOnce({ outcome: 'later', delayMs: 60_000 });
    send.mockResolvedValueOnce({ outcome: 'later', delayMs: 120_000 }).mockResolvedValue(accepted);
    const bodies = ['First', 'Second', 'Third'];
    for (const body of bodies) await conversation.reply(ACCESS, { id: crypto.randomUUID(), body });
    const statuses = async () => (await messagesOf(conversation)).slice(1).map((one) => one.delivery?.status);
    await expect.poll(statuses).toEqual(['queued', 'queued', 'queued']);
    expect(send.mock.calls.map(([, { body }]) => body)).toEqual(['First']);
    for (const minutes of [1, 2]) {
      vi.setSystemTime(Date.now() + minutes * 60_000 + 1_000);
      await runDurableObjectAlarm(conversation);
    }
    await expect.poll(statuses).toEqual(['sent', 'sent', 'sent']);
    const sent = send.mock.calls.map(([, { body, attempt }]) => `${body} ${attempt}`);
    expect(sent).toEqual(['First 1', 'First 2', 'First 3', 'Second 1', 'Third 1']);
  });

  it('that stays silent leaves a reply to a person, who can send it again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const send = vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'later', delayMs: null });
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello'));
    const id = crypto.randomUUID();
    await conversation.reply(ACCESS, { id, body: 'Hi' });
    for (let minute = 0; minute < 70; minute += 1) {
      await runDurableObjectAlarm(conversation);
      vi.setSystemTime(Date.now() + 60_000);
    }
    expect((await messagesOf(conversation)).at(-1)?.delivery).toMatchObject({
      status: 'failed',
      reason: 'carrier-silent',
    });
    expect(send).toHaveBeenCalledTimes(10);
    send.mockResolvedValue(accepted);
    expect(await conversation.retry(ACCESS, id)).toMatchObject({ outcome: 'queued' });
    await vi.waitFor(async () => expect(await statusOf(conversation)).toBe('sent'));
    expect(await conversation.retry(ACCESS, id)).toEqual({ outcome: 'cannot-retry' });
  });

  it('that refuses is not asked again, and the reason is on the conversation', async () => {
    const send = vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason: 'blocked' });
    const conversation = conversationOf();
    await conversation.fire(firing());
    await expect.poll(() => statusOf(conversation, 0)).toBe('failed');
    await runDurableObjectAlarm(conversation);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await conversation.read(ACCESS, null)).toMatchObject({ conversation: { problem: 'blocked' } });
  });
});

describe('a crash after a text was claimed', () => {
  async function crashWhileSending() {
    vi.useFakeTimers({ toFake: ['Date'] });
    const send = vi.spyOn(simulator, 'send').mockReturnValueOnce(new Promise(() => {}));
    send.mockResolvedValue(accepted);
    await conversationOf().fire(firing());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    await abortAllDurableObjects();
    vi.setSystemTime(Date.now() + 60_000);
    return send;
  }

  it('sends it if the carrier never had it', async () => {
    const send = await crashWhileSending();
    vi.spyOn(simulator, 'lookUp').mockResolvedValue({ found: 'no' });
    const conversation = conversationOf();
    await runDurableObjectAlarm(conversation);
    vi.setSystemTime(Date.now() + 2_000);
    await runDurableObjectAlarm(conversation);
    expect(await statusOf(conversation)).toBe('sent');
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('waits while the carrier is not sure yet, and asks again', async () => {
    const send = await crashWhileSending();
    const lookUp = vi.spyOn(simulator, 'lookUp').mockResolvedValueOnce({ found: 'not-yet' });
    lookUp.mockResolvedValue({ found: 'no' });
    const conversation = conversationOf();
    await runDurableObjectAlarm(conversation);
    expect(await statusOf(conversation)).toBe('sending');
    vi.setSystemTime(Date.now() + 20_000);
    await runDurableObjectAlarm(conversation);
    vi.setSystemTime(Date.now() + 2_000);
    await runDurableObjectAlarm(conversation);
    expect([await statusOf(conversation), send.mock.calls.length]).toEqual(['sent', 2]);
  });

  it('does not send it again if the carrier had it', async () => {
    const send = await crashWhileSending();
    vi.spyOn(simulator, 'lookUp').mockResolvedValue({ found: 'yes', carrierId: 'c-9' });
    const conversation = conversationOf();
    await runDurableObjectAlarm(conversation);
    expect(await statusOf(conversation)).toBe('sent');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('asks a person if the carrier cannot tell', async () => {
    const send = await crashWhileSending();
    vi.spyOn(simulator, 'lookUp').mockResolvedValue({ found: 'unknown' });
    const conversation = conversationOf();
    await runDurableObjectAlarm(conversation);
    expect((await messagesOf(conversation))[0]?.delivery).toMatchObject({
      status: 'unconfirmed',
      reason: 'outcome-unknown',
    });
    await runDurableObjectAlarm(conversation);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('believes a delivery report that comes meanwhile', async () => {
    await crashWhileSending();
    const lookUp = vi.spyOn(simulator, 'lookUp');
    const conversation = conversationOf();
    const [message] = await messagesOf(conversation);
    await conversation.recordDelivery({
      conversationId: conversation.id.toString(),
      messageId: message?.id ?? '',
      attempt: 1,
      status: 'delivered',
      reason: null,
    });
    await runDurableObjectAlarm(conversation);
    expect(await statusOf(conversation)).toBe('delivered');
    expect(lookUp).not.toHaveBeenCalled();
  });
});

describe('delivery reports', () => {
  it('never move a status backwards, and one about an unknown message changes nothing', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue(accepted);
    const conversation = conversationOf();
    const call = firing();
    await conversation.fire(call);
    await expect.poll(() => statusOf(conversation)).toBe('sent');
    const report = {
      conversationId: conversation.id.toString(),
      messageId: call.messageId,
      attempt: 1,
      reason: null,
    };
    await conversation.recordDelivery({ ...report, status: 'delivered' });
    await conversation.recordDelivery({ ...report, status: 'sent' });
    await conversation.recordDelivery({ ...report, status: 'undelivered', reason: 'unreachable' });
    expect(await statusOf(conversation)).toBe('delivered');
    expect(await conversation.recordDelivery({ ...report, messageId: 'no such', status: 'sent' })).toEqual({
      outcome: 'kept',
    });
  });

  it('that a text did not arrive put the conversation in front of staff', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue(accepted);
    const conversation = conversationOf();
    const call = firing();
    await conversation.fire(call);
    await conversation.recordDelivery({
      conversationId: conversation.id.toString(),
      messageId: call.messageId,
      attempt: 1,
      status: 'undelivered',
      reason: 'landline',
    });
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      conversation: { problem: 'landline', waitingSince: expect.any(Number) },
    });
  });
});

describe('a text that arrives at its second try', () => {
  const UNREACHABLE_MS = 61_000;

  it.each(['reply', 'automatic'] as const)(
    'is no problem any more, nor does the caller wait for it: %s',
    async (kind) => {
      vi.spyOn(simulator, 'send').mockResolvedValue(accepted);
      const conversation = conversationOf();
      const call = firing();
      if (kind === 'automatic') await conversation.fire(call);
      else await conversation.receive(textIn('Hello?'));
      const messageId = kind === 'automatic' ? call.messageId : crypto.randomUUID();
      if (kind === 'reply') await conversation.reply(ACCESS, { id: messageId, body: 'Come at nine.' });
      await expect.poll(() => statusOf(conversation)).toBe('sent');
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 });
      const report = { conversationId: conversation.id.toString(), messageId };
      const summary = async () => {
        const read = await conversation.read(ACCESS, null);
        return read.outcome === 'read' ? read.conversation : null;
      };
      await conversation.recordDelivery({
        ...report,
        attempt: 1,
        status: 'undelivered',
        reason: 'unreachable',
      });
      expect(await summary()).toMatchObject({ problem: 'unreachable', waitingSince: expect.any(Number) });
      vi.setSystemTime(Date.now() + UNREACHABLE_MS);
      await runDurableObjectAlarm(conversation);
      await expect.poll(() => simulator.send).toHaveBeenCalledTimes(2);
      await expect.poll(() => statusOf(conversation)).toBe('sent');
      await conversation.recordDelivery({ ...report, attempt: 2, status: 'delivered', reason: null });
      expect(await summary()).toMatchObject({ problem: null, waitingSince: null });
    },
  );
});

describe('a reply that is done with when it is sent', () => {
  const replied = async (outcome: Awaited<ReturnType<typeof simulator.send>>) => {
    vi.spyOn(simulator, 'send').mockResolvedValue(outcome);
    const conversation = conversationOf();
    await conversation.receive(textIn('Hello?'));
    const id = crypto.randomUUID();
    await conversation.reply(ACCESS, { id, body: 'Come at nine.' });
    return { conversation, id };
  };
  const summaryOf = async (conversation: DurableObjectStub<Conversation>) => {
    const read = await conversation.read(ACCESS, null);
    return read.outcome === 'read' ? read.conversation : null;
  };

  it('makes the conversation done while it is on its way', async () => {
    const { conversation, id } = await replied(accepted);
    expect(await conversation.doneAfter(ACCESS, id)).toMatchObject({
      outcome: 'changed',
      conversation: { state: 'done', waitingSince: null },
    });
  });

  it('does not where the carrier was quicker to refuse it: the caller still needs a reply', async () => {
    const { conversation, id } = await replied({ outcome: 'refused', reason: 'refused' });
    await expect.poll(() => statusOf(conversation)).toBe('failed');
    expect(await conversation.doneAfter(ACCESS, id)).toEqual({ outcome: 'not-sent' });
    expect(await conversation.doneAfter(ACCESS, crypto.randomUUID())).toEqual({ outcome: 'not-sent' });
    expect(await conversation.doneAfter(FOREIGN_ACCESS, id)).toEqual({ outcome: 'not-found' });
    const open = { state: 'open', problem: 'refused', waitingSince: expect.any(Number) };
    expect(await summaryOf(conversation)).toMatchObject(open);
    // Who has seen that, and called, is done with it all the same.
    await conversation.change(ACCESS, { state: 'done' });
    expect(await summaryOf(conversation)).toMatchObject({ state: 'done', problem: null });
  });

  it.each(['done', 'snoozed'] as const)(
    'and a carrier that says hours later that it did not arrive brings it back from %s',
    async (state) => {
      const { conversation, id } = await replied(accepted);
      await expect.poll(() => statusOf(conversation)).toBe('sent');
      await conversation.change(
        ACCESS,
        state === 'done' ? { state } : { snoozedUntil: Date.now() + 3600_000 },
      );
      const report = { conversationId: conversation.id.toString(), messageId: id, attempt: 1 };
      await conversation.recordDelivery({ ...report, status: 'undelivered', reason: 'spam-filtered' });
      expect(await summaryOf(conversation)).toMatchObject({
        state: 'open',
        snoozedUntil: null,
        problem: 'spam-filtered',
        waitingSince: expect.any(Number),
      });
      const found = async () =>
        (await inboxOf().page('needs-reply', ANA.id, null)).conversations.map((one) => one.problem);
      await expect.poll(found).toEqual(['spam-filtered']);
    },
  );
});

describe('a snooze', () => {
  it('ends by itself and then needs a reply', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const conversation = conversationOf();
    await conversation.fire(firing());
    await conversation.change(ACCESS, { snoozedUntil: Date.now() + 3600_000 });
    await runDurableObjectAlarm(conversation);
    expect(await conversation.read(ACCESS, null)).toMatchObject({ conversation: { state: 'snoozed' } });
    vi.setSystemTime(Date.now() + 3600_001);
    await runDurableObjectAlarm(conversation);
    expect(await conversation.read(ACCESS, null)).toMatchObject({
      conversation: { state: 'open', snoozedUntil: null, waitingSince: expect.any(Number) },
    });
  });
});
