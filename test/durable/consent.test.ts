import { runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, FOREIGN_ACCESS, firing, messagesOf, textIn } from './firing.ts';

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
const reply = (body: string) => conversation().reply(ACCESS, { id: crypto.randomUUID(), body });
const bodies = () => sent.map(({ body }) => body);

async function summary() {
  const read = await conversation().read(ACCESS, 1);
  if (read.outcome !== 'read') throw new Error('not begun');
  return read.conversation;
}

const eventNames = async () =>
  (await messagesOf(conversation())).flatMap(({ event }) => (event ? [[event.name, event.detail]] : []));

describe('STOP', () => {
  it('is confirmed once, ends all texts, and needs no reply', async () => {
    await conversation().fire(firing());
    await vi.waitFor(() => expect(bodies()).toHaveLength(1));
    await conversation().receive(textIn('Stop.'));
    await conversation().receive(textIn('STOP'));
    await vi.waitFor(() => expect(bodies()).toHaveLength(2));
    expect(bodies()[1]).toContain('Lakeside Family Clinic: you will get no more texts');
    expect(await summary()).toMatchObject({
      consent: { state: 'opted-out', source: 'texted-in' },
      waitingSince: null,
      unread: 2,
    });
    expect(await reply('Are you sure?')).toEqual({ outcome: 'opted-out' });
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'opted-out' });
    expect(await conversation().note(ACCESS, { id: crypto.randomUUID(), body: 'Call back' })).toMatchObject({
      outcome: 'written',
    });
    await runDurableObjectAlarm(conversation());
    expect(bodies()).toHaveLength(2);
    expect(await eventNames()).toEqual([['opted-out', null]]);
  });

  it('takes back what was written and has not left yet', async () => {
    vi.mocked(simulator.send).mockResolvedValue({ outcome: 'later', delayMs: null });
    await conversation().receive(textIn('Hello'));
    const written = await reply('See you tomorrow');
    await vi.waitFor(() => expect(simulator.send).toHaveBeenCalledTimes(1));
    await conversation().receive(textIn('stop'));
    const id = written.outcome === 'written' ? written.message.id : '';
    const message = (await messagesOf(conversation())).find((one) => one.id === id);
    expect(message?.delivery).toMatchObject({ status: 'failed', reason: 'blocked' });
    expect(await conversation().retry(ACCESS, id)).toEqual({ outcome: 'opted-out' });
  });

  it('as CANCEL is put to staff too, since it may be about an appointment', async () => {
    await conversation().receive(textIn('Cancel'));
    expect(await summary()).toMatchObject({
      consent: { state: 'opted-out' },
      waitingSince: expect.any(Number),
    });
    expect(await eventNames()).toEqual([['opted-out', 'CANCEL']]);
  });

  it('is not answered where the carrier does so itself', async () => {
    const before = simulator.answersKeywords;
    simulator.answersKeywords = true;
    await conversation().receive(textIn('stop'));
    await conversation().receive(textIn('help'));
    await conversation().receive(textIn('start'));
    await runDurableObjectAlarm(conversation());
    simulator.answersKeywords = before;
    expect(bodies()).toEqual([]);
    expect(await summary()).toMatchObject({ consent: { state: 'given' } });
  });

  it('is answered in the language of the conversation', async () => {
    await conversation().fire(firing({ language: 'es' }));
    await vi.waitFor(() => expect(bodies()).toHaveLength(1));
    await conversation().receive(textIn('ALTO'));
    await conversation().receive(textIn('stop'));
    await vi.waitFor(() => expect(bodies()[1]).toContain('no recibirá más mensajes'));
  });
});

describe('coming back', () => {
  it.each(['START', 'unstop', 'Yes'])('with %s is confirmed, and texts leave again', async (word) => {
    await conversation().receive(textIn('stop'));
    await conversation().receive(textIn(word));
    expect(await summary()).toMatchObject({ consent: { state: 'given', source: 'texted-in' } });
    expect(await reply('Welcome back')).toMatchObject({ outcome: 'written' });
    await vi.waitFor(() => expect(bodies()).toHaveLength(3));
  });

  it('a yes that is not about consent is a yes', async () => {
    await conversation().receive(textIn('Yes'));
    expect(await eventNames()).toEqual([]);
    expect(await summary()).toMatchObject({ waitingSince: expect.any(Number) });
  });
});

describe('consent', () => {
  it('says how we know: a key pressed is stronger than a call given up', async () => {
    await conversation().fire(firing({ useCase: 'abandoned-call' }));
    expect((await summary()).consent).toMatchObject({ state: 'given', source: 'hung-up' });
    await conversation().fire(firing({ useCase: 'call-to-text' }));
    expect((await summary()).consent).toMatchObject({ state: 'given', source: 'pressed-key' });
    await conversation().fire(firing({ useCase: 'abandoned-call' }));
    expect((await summary()).consent).toMatchObject({ source: 'pressed-key' });
  });

  it('is recorded by staff, both ways, with who and why', async () => {
    await conversation().fire(firing());
    await conversation().recordConsent(ACCESS, { state: 'opted-out', reason: null });
    expect(await reply('Hi')).toEqual({ outcome: 'opted-out' });
    await conversation().recordConsent(ACCESS, { state: 'given', reason: 'Asked for texts on the phone' });
    expect(await reply('Hi')).toMatchObject({ outcome: 'written' });
    expect(await eventNames()).toEqual([
      ['opted-out', null],
      ['opted-in', 'Asked for texts on the phone'],
    ]);
    const foreign = await conversation().recordConsent(FOREIGN_ACCESS, { state: 'opted-out', reason: null });
    expect(foreign).toEqual({ outcome: 'not-found' });
  });

  it('mirrors an opt-out that only the carrier knows of', async () => {
    vi.mocked(simulator.send).mockResolvedValue({ outcome: 'refused', reason: 'blocked' });
    await conversation().fire(firing());
    await vi.waitFor(async () =>
      expect((await summary()).consent).toMatchObject({ state: 'opted-out', source: 'carrier' }),
    );
    expect(await eventNames()).toEqual([['opted-out', 'carrier']]);
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'opted-out' });
  });

  it('is never taken back by a wording, which is put to staff instead', async () => {
    await conversation().receive(textIn('Please stop texting me'));
    expect(await summary()).toMatchObject({ isOptOutSuggested: true, consent: { state: 'given' } });
    await conversation().dismissOptOutSuggestion(ACCESS);
    expect(await summary()).toMatchObject({ isOptOutSuggested: false });
    await conversation().receive(textIn("I can't stop coughing"));
    expect(await summary()).toMatchObject({ isOptOutSuggested: false });
  });
});

describe('a number that cannot get texts', () => {
  const report = (messageId: string, reason: 'landline' | 'unreachable', attempt = 1) =>
    conversation().recordDelivery({
      conversationId: conversation().id.toString(),
      messageId,
      attempt,
      status: 'undelivered',
      reason,
    });

  it('is remembered, and forgotten as soon as a text comes from it', async () => {
    const call = firing();
    await conversation().fire(call);
    await report(call.messageId, 'landline');
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'landline' });
    await conversation().receive(textIn('It is a mobile now'));
    expect(await conversation().fire(firing())).toMatchObject({ outcome: 'texting' });
  });

  it('because its phone is off is tried once more, and only once', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = firing();
    await conversation().fire(call);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await report(call.messageId, 'unreachable');
    expect(await summary()).toMatchObject({ problem: 'unreachable' });
    vi.setSystemTime(Date.now() + 61_000);
    await runDurableObjectAlarm(conversation());
    expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await report(call.messageId, 'unreachable', 2);
    vi.setSystemTime(Date.now() + 3600_000);
    await runDurableObjectAlarm(conversation());
    expect(sent).toHaveLength(2);
    expect((await messagesOf(conversation()))[0]?.delivery).toMatchObject({
      status: 'undelivered',
      attempt: 2,
    });
  });
});
