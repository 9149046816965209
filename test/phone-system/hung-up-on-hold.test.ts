import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type LocalServer, startLocalServer } from '../../scripts/local-server.ts';
import type { ConversationSummary } from '../../src/domain/conversation-summary.ts';
import type { HandsetMessage } from '../../src/domain/handset.ts';
import type { Message } from '../../src/domain/message.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';
import { describeWith } from '../real-program.ts';
import { freePort } from '../served/killable.ts';
import { StaffClient } from '../served/staff-client.ts';
import { HOOKED_TWICE, PhoneSystem } from './phone-system.ts';

const LINE = '+12062020100';
const CALL_TO_TEXT = 'call-to-text/lakeside-hold-en';
const HANG_UP = 'abandoned-call/lakeside-hangup-en';

let stateDir: string;
let server: LocalServer;
let phones: PhoneSystem;
let staff: StaffClient;

describeWith(['kamailio', 'sipp'], 'a caller on hold at a real phone system', () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'offhook-phone-system-'));
    server = await startLocalServer({ port: await freePort(), stateDir });
    await openAroundTheClock(server);
    phones = await PhoneSystem.start(server.origin);
    staff = new StaffClient(server.origin);
    await staff.signIn('staff@lakeside.example');
  });

  afterAll(async () => {
    const ended = await Promise.allSettled([phones?.end(), server?.stop()]);
    await stopEsbuild();
    await rm(stateDir, { recursive: true, force: true });
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(phones.tail));
  });

  it('who hangs up is texted once, and staff see how long the wait was', async () => {
    const callId = await phones.call({ from: '<sip:+12062020121@127.0.0.1>', holdMs: 2000 });
    const { id } = await conversationWith('2062020121');
    await toHaveFired(callId, [texting(HANG_UP, id)]);

    const [text] = await onHandset('2062020121', 1);
    expect(text).toMatchObject({ direction: 'received', from: LINE, to: '+12062020121' });
    expect(text?.body).toContain('Lakeside Family Clinic');

    const [first, ...others] = await messagesOf(id);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ kind: 'automatic', body: text?.body, call: { useCase: 'abandoned-call' } });
    // The phone system counts whole seconds, and a busy machine takes its time.
    expect(first?.call?.waitedSeconds).toBeGreaterThanOrEqual(1);
    expect(first?.call?.waitedSeconds).toBeLessThan(20);
  });

  it('is texted once when two hooks report the same hang-up', async () => {
    const callId = await phones.call({ from: '<sip:2062020122@127.0.0.1>', dials: HOOKED_TWICE });
    const { id } = await conversationWith('2062020122');
    await toHaveFired(callId, [texting(HANG_UP, id), skipped('duplicate', id)]);
    await onHandset('2062020122', 1);
    expect(await messagesOf(id)).toHaveLength(1);
  });

  it('who presses 5 to be texted, and hangs up then, is texted once', async () => {
    const callId = await phones.call({ from: '<sip:12062020123@127.0.0.1;user=phone>', presses: '5' });
    const { id } = await conversationWith('2062020123');
    await toHaveFired(callId, [texting(CALL_TO_TEXT, id), skipped('same-journey', id)]);
    await onHandset('2062020123', 1);
    expect(await messagesOf(id)).toMatchObject([{ kind: 'automatic', call: { useCase: 'call-to-text' } }]);
  });

  it('and the next one are texted once each', async () => {
    for (const digits of ['2062020124', '2062020125']) {
      const callId = await phones.call({ from: `"Caller" <sip:+1${digits}@127.0.0.1>` });
      const { id } = await conversationWith(digits);
      await toHaveFired(callId, [texting(HANG_UP, id)]);
    }
    for (const digits of ['2062020124', '2062020125']) {
      await onHandset(digits, 1);
      expect(await messagesOf((await conversationWith(digits)).id)).toHaveLength(1);
    }
  });

  it('answers the text, is seen by staff, and gets their reply', async () => {
    await phones.call({ from: '<sip:+12062020126@127.0.0.1>' });
    await onHandset('2062020126', 1);

    const answer = { to: LINE, body: 'I need to move my visit' };
    expect(await staff.post('/simulator/handsets/2062020126/messages', answer)).not.toBeNull();
    const { id } = await vi.waitFor(async () => {
      const waiting = await conversationWith('2062020126', 'needs-reply');
      expect(waiting).toMatchObject({ unread: 1, last: { kind: 'text-in', snippet: answer.body } });
      return waiting;
    }, patience);

    const reply = { id: randomUUID(), kind: 'reply', body: 'Of course. Which day suits you?' };
    expect(await staff.post(`/api/conversations/${id}/messages`, reply)).not.toBeNull();
    const texts = await onHandset('2062020126', 3);
    expect(texts.map(({ direction }) => direction)).toEqual(['received', 'sent', 'received']);
    expect(texts[2]).toMatchObject({ from: LINE, body: reply.body });
    const kinds = (await messagesOf(id)).map(({ kind }) => kind);
    expect(kinds).toEqual(['automatic', 'text-in', 'reply']);
  });

  it('who withholds the number is not texted', async () => {
    const before = await conversations();
    const callId = await phones.call({ from: '"Anonymous" <sip:anonymous@anonymous.invalid>' });
    await toHaveFired(callId, [
      { trigger: HANG_UP, status: 200, answer: { result: 'skipped', reason: 'withheld' } },
    ]);
    expect((await conversations()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

const patience = { timeout: 10_000, interval: 50 };

/** Waits for it, since the phone system's log comes through a pipe. */
function toHaveFired(callId: string, fired: unknown[]): Promise<void> {
  return vi.waitFor(() => expect(phones.firedFor(callId)).toEqual(fired), patience);
}

function texting(trigger: string, conversation: string) {
  return { trigger, status: 200, answer: { result: 'texting', conversation } };
}

function skipped(reason: string, conversation: string) {
  return { trigger: HANG_UP, status: 200, answer: { result: 'skipped', reason, conversation } };
}

async function conversations(view = 'open'): Promise<ConversationSummary[]> {
  const path = `/api/practices/lakeside/conversations?view=${view}`;
  return (await staff.get<{ conversations: ConversationSummary[] }>(path)).conversations;
}

/** Waits for it, since an inbox hears of its conversations a moment later. */
function conversationWith(digits: string, view?: string): Promise<ConversationSummary> {
  return vi.waitFor(async () => {
    const found = (await conversations(view)).filter(({ caller }) => caller.number === `+1${digits}`);
    expect(found).toHaveLength(1);
    return found[0] as ConversationSummary;
  }, patience);
}

/** What is on the phone as soon as it is that many; a text too many shows in the conversation, too. */
function onHandset(digits: string, count: number): Promise<HandsetMessage[]> {
  return vi.waitFor(async () => {
    const { messages } = await staff.get<{ messages: HandsetMessage[] }>(
      `/simulator/handsets/${digits}/messages`,
    );
    expect(messages).toHaveLength(count);
    return messages;
  }, patience);
}

async function messagesOf(id: string): Promise<Message[]> {
  return (await staff.get<{ messages: Message[] }>(`/api/conversations/${id}`)).messages;
}
