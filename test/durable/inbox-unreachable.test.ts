import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, firing, inboxOf, messagesOf, textIn } from './firing.ts';

const TEN_MINUTES_MS = 600_000;
const accepted = { outcome: 'accepted', carrierId: 'c-1' } as const;

beforeEach(async () => {
  await emptyData();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Time passes, and alarms ring as often as they would. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 20_000) {
    vi.setSystemTime(Date.now() + 20_000);
    await runDurableObjectAlarm(conversationOf());
  }
}

describe('while the inbox cannot be reached for ten minutes', () => {
  it.each<[string, () => Promise<never>]>([
    ['fails', () => Promise.reject(new Error('overloaded'))],
    ['says nothing', () => new Promise(() => {})],
  ])('because it %s, texts come in and replies leave; it catches up by itself', async (_, apply) => {
    // Two kinds of silence take real seconds to be noticed; these are the same, sooner.
    const { setTimeout: timer } = globalThis;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) =>
      timer(run, Math.min(ms, 50))) as typeof setTimeout);
    const inbox = vi.spyOn(env.INBOX, 'get').mockReturnValue({ apply } as never);
    const send = vi
      .spyOn(simulator, 'send')
      .mockResolvedValueOnce(accepted)
      .mockResolvedValueOnce({ outcome: 'later', delayMs: null })
      .mockResolvedValue(accepted);
    const conversation = conversationOf();
    await conversation.fire(firing());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    await conversation.receive(textIn('Are you there?'));
    // Put off once, so that an alarm has to send it: it must not be stuck in a turn that waits for the inbox.
    await conversation.reply(ACCESS, { id: crypto.randomUUID(), body: 'Yes' });
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
    await pass(40_000);
    expect(send).toHaveBeenCalledTimes(3);
    await pass(TEN_MINUTES_MS);
    await conversation.reply(ACCESS, { id: crypto.randomUUID(), body: 'Still here' });
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(4));
    expect(inbox.mock.calls.length).toBeGreaterThan(10);

    inbox.mockRestore();
    expect(await inTheInbox()).toEqual([]);
    await pass(20_000);
    const read = await conversation.read(ACCESS, 1);
    expect(read.outcome).toBe('read');
    await vi.waitFor(async () =>
      expect(await inTheInbox()).toEqual([read.outcome === 'read' ? read.conversation : null]),
    );
    const found = await inboxOf().search('still here', null, 'ana', 0);
    expect(found.conversations).toHaveLength(1);
    expect((await messagesOf(conversation)).map(({ delivery }) => delivery?.status ?? null)).toEqual([
      'sent',
      null,
      'sent',
      'sent',
    ]);
  });
});

const inTheInbox = async () => (await inboxOf().page('open', 'ana', null)).conversations;
