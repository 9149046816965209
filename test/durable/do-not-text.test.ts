import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendOutcome, TextOut } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, firing, inboxOf, LINE, messagesOf, textIn } from './firing.ts';
import { countRows } from './row-count.ts';

const JO = { id: 'admin', name: 'Jo Lindqvist' };
const SLOW = { ...LINE, segmentsPerSecond: 1 };
const CLOSED = { text: { en: 'We are closed.' }, closedSince: 1 };

let sent: TextOut[] = [];

beforeEach(async () => {
  await emptyData();
  sent = [];
  vi.spyOn(simulator, 'send').mockImplementation(async (_, text) => {
    sent.push(text);
    return { outcome: 'accepted', carrierId: `c-${sent.length}` };
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const conversation = conversationOf;
const list = () => conversation().recordDoNotText(true, JO);
const unlist = () => conversation().recordDoNotText(false, JO);
const reply = (body = 'Hello') => conversation().reply(ACCESS, { id: crypto.randomUUID(), body });

async function summary() {
  const read = await conversation().read(ACCESS, 1);
  if (read.outcome !== 'read') throw new Error('not begun');
  return read.conversation;
}

const events = async () =>
  (await messagesOf(conversation())).flatMap(({ event, author }) =>
    event ? [[event.name, author?.name ?? null]] : [],
  );

const deliveryOf = async (id: string) =>
  (await messagesOf(conversation())).find((message) => message.id === id)?.delivery;

/** All that could still leave has had its chance. */
async function later(): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 60_000);
  await runDurableObjectAlarm(conversation());
  vi.useRealTimers();
}

describe('a number on the do-not-text list', () => {
  it('gets no text by any door, and staff see who put it there', async () => {
    await conversation().fire(firing());
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(await list()).toEqual({ outcome: 'recorded' });
    expect(await summary()).toMatchObject({ doNotText: true, consent: { state: 'given' } });

    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'opted-out' });
    expect(await reply()).toEqual({ outcome: 'do-not-text' });
    await conversation().receive(textIn('Are you open?', { afterHours: CLOSED, doNotText: true }));
    for (const word of ['HELP', 'STOP', 'START'])
      await conversation().receive(textIn(word, { doNotText: true }));
    expect(await reply()).toEqual({ outcome: 'do-not-text' });
    await later();
    expect(sent).toHaveLength(1);
    // The caller's own word is kept, and lifts nothing.
    expect(await summary()).toMatchObject({ doNotText: true, consent: { state: 'given' }, unread: 4 });
    expect(await events()).toEqual([
      ['do-not-text', 'Jo Lindqvist'],
      ['opted-out', null],
      ['opted-in', null],
    ]);
  });

  it('can still be written notes about, and be opted out by staff', async () => {
    await conversation().receive(textIn('Hello'));
    await list();
    const note = await conversation().note(ACCESS, { id: crypto.randomUUID(), body: 'Called back' });
    expect(note).toMatchObject({ outcome: 'written' });
    await conversation().recordConsent(ACCESS, { state: 'given', reason: 'Asked for texts' });
    expect(await reply()).toEqual({ outcome: 'do-not-text' });
  });

  it('loses what was written and waits for its place, and nobody can send that again', async () => {
    await conversation().fire(firing({ line: SLOW }));
    const waiting = firing({ line: SLOW });
    await conversation().fire(waiting);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await list();
    expect(await deliveryOf(waiting.messageId)).toMatchObject({ status: 'failed', reason: 'do-not-text' });
    expect(await conversation().retry(ACCESS, waiting.messageId)).toEqual({ outcome: 'do-not-text' });
    await later();
    expect(sent).toHaveLength(1);
  });

  it('is not tried once more where its phone was off', async () => {
    const call = firing();
    await conversation().fire(call);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const report = { conversationId: conversation().id.toString(), messageId: call.messageId, attempt: 1 };
    await list();
    await conversation().recordDelivery({ ...report, status: 'undelivered', reason: 'unreachable' });
    await later();
    await later();
    expect(sent).toHaveLength(1);
  });

  it('gets texts again once it is taken off, but not those that were taken back', async () => {
    vi.mocked(simulator.send).mockResolvedValueOnce({ outcome: 'later', delayMs: null });
    await conversation().receive(textIn('Hello'));
    await reply('Taken back');
    await vi.waitFor(() => expect(simulator.send).toHaveBeenCalledTimes(1));
    await list();
    expect(await unlist()).toEqual({ outcome: 'recorded' });
    expect(await reply('Welcome back')).toMatchObject({ outcome: 'written' });
    await vi.waitFor(() => expect(sent.map(({ body }) => body)).toEqual(['Welcome back']));
    await later();
    expect(sent).toHaveLength(1);
    expect(await events()).toEqual([
      ['do-not-text', 'Jo Lindqvist'],
      ['may-text-again', 'Jo Lindqvist'],
    ]);
  });
});

describe('while a text is being sent', () => {
  /** A carrier that answers when told to; it looks for itself, since objects do not wait for one another's promises. */
  function heldCarrier() {
    let told: SendOutcome | null = null;
    vi.mocked(simulator.send).mockImplementation(async (_, text) => {
      sent.push(text);
      while (told === null) await scheduler.wait(5);
      return told;
    });
    return {
      answer: (outcome: SendOutcome) => {
        told = outcome;
      },
    };
  }

  it('what was claimed before may arrive, and nothing else leaves after the answer', async () => {
    const carrier = heldCarrier();
    await conversation().receive(textIn('Hello'));
    const [first, second] = [await reply('First'), await reply('Second')];
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await list();
    carrier.answer({ outcome: 'accepted', carrierId: 'c-1' });
    const idOf = (written: typeof first) => (written.outcome === 'written' ? written.message.id : '');
    await vi.waitFor(async () =>
      expect(await deliveryOf(idOf(first))).toMatchObject({ status: 'sent', reason: null }),
    );
    expect(await deliveryOf(idOf(second))).toMatchObject({ status: 'failed', reason: 'do-not-text' });
    await later();
    expect(sent).toHaveLength(1);
  });

  it('one that the carrier does not take is not tried again', async () => {
    const carrier = heldCarrier();
    await conversation().receive(textIn('Hello'));
    const written = await reply();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await list();
    carrier.answer({ outcome: 'later', delayMs: null });
    const id = written.outcome === 'written' ? written.message.id : '';
    await vi.waitFor(async () =>
      expect(await deliveryOf(id)).toMatchObject({ status: 'failed', reason: 'do-not-text' }),
    );
    expect(sent).toHaveLength(1);
  });

  it('whatever comes at the same moment, nothing leaves after the answer', async () => {
    await conversation().receive(textIn('Hello'));
    const replies = Array.from({ length: 6 }, () => reply());
    const fired = conversation().fire(firing());
    let atAnswer = -1;
    await list().then(() => {
      atAnswer = sent.length;
    });
    await Promise.all([...replies, fired, reply(), conversation().fire(firing())]);
    await later();
    expect(sent).toHaveLength(atAnswer);
  });
});

describe('a conversation that is not there', () => {
  it('is not begun by the list, and costs no row', async () => {
    // Each object writes its alarm and schema when it is first used; this one has nothing to write.
    await inboxOf().page('open', 'ana', null);
    const rows = await countRows();
    expect(await list()).toEqual({ outcome: 'nothing-to-record' });
    expect(rows.written()).toBe(0);
    rows.stop();
    expect(await conversation().read(ACCESS, null)).toEqual({ outcome: 'not-found' });
  });

  it('is not begun by a trigger that has the list as it was', async () => {
    await list();
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'opted-out' });
    expect(await conversation().read(ACCESS, null)).toEqual({ outcome: 'not-found' });
    await unlist();
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'texting' });
  });

  it('knows it when it is begun by a text, and answers none', async () => {
    await conversation().receive(textIn('Are you open?', { afterHours: CLOSED, doNotText: true }));
    expect(await summary()).toMatchObject({ doNotText: true, waitingSince: expect.any(Number) });
    expect(await events()).toEqual([['do-not-text', null]]);
    expect(await reply()).toEqual({ outcome: 'do-not-text' });
    await later();
    expect(sent).toEqual([]);
  });

  it('believes what it was told before what a route has read some seconds ago', async () => {
    await list();
    await conversation().receive(textIn('Hello', { doNotText: false }));
    expect(await summary()).toMatchObject({ doNotText: true });
    await unlist();
    await conversation().receive(textIn('Hello again', { doNotText: true }));
    expect(await summary()).toMatchObject({ doNotText: false });
  });
});

describe('being told again', () => {
  it('changes and costs nothing', async () => {
    await conversation().receive(textIn('Hello'));
    await list();
    const before = await summary();
    await inboxOf().page('open', 'ana', null);
    await vi.waitFor(async () => {
      const { conversations } = await inboxOf().page('open', 'ana', null);
      expect(conversations[0]).toEqual(before);
    });
    const rows = await countRows();
    expect(await list()).toEqual({ outcome: 'nothing-to-record' });
    expect(rows.written()).toBe(0);
    rows.stop();
    expect(await summary()).toEqual(before);
  });

  it('is needed for no other line: each has its own conversation', async () => {
    const other = env.CONVERSATION.get(env.CONVERSATION.idFromName('harbor-main +12062020123'));
    const line = { ...LINE, id: 'harbor-main', number: '+12062020200' };
    await other.receive(textIn('Hello', { practiceId: 'harbor', line, doNotText: true }));
    const access = { ...ACCESS, practiceIds: ['harbor'] };
    const written = await other.reply(access, { id: crypto.randomUUID(), body: 'Hi' });
    expect(written).toEqual({ outcome: 'do-not-text' });
  });
});
