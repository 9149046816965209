import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { CARRIER_TIMEOUT_MS } from '../../src/domain/conversation/outbox-rules.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { EVERY_CARRIER, eventually, LINE_NUMBER, unset, use } from './every-carrier.ts';
import { ORIGIN } from './staff-browser.ts';

const ANA = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside'] };
const CALLER = '+12062020142';

/** How each says that it took a text. The simulated one is no network away. */
const ACCEPTS: Record<string, () => Response> = {
  twilio: () => Response.json({ sid: 'SM1' }, { status: 201 }),
  telnyx: () => Response.json({ data: { id: 'id-1', to: [{ status: 'queued' }] } }),
  kannel: () => new Response('0: Accepted for delivery', { status: 202 }),
};
const REAL = EVERY_CARRIER.filter(({ name }) => name in ACCEPTS);

type Answer = (signal: AbortSignal | null | undefined) => Promise<Response>;

function untilGivenUp(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

/** What is known of a text afterwards, and of one that is asked about. */
const TROUBLES: [string, Answer, { outcome: string }][] = [
  [
    'does not let us in',
    () => Promise.reject(new TypeError('Network connection lost.')),
    { outcome: 'unknown' },
  ],
  ['says nothing', untilGivenUp, { outcome: 'unknown' }],
  [
    'begins an answer and says nothing more',
    async (signal) => {
      const body = new ReadableStream({
        start: (stream) => void untilGivenUp(signal).catch((why) => stream.error(why)),
      });
      return new Response(body, { status: 200 });
    },
    { outcome: 'unknown' },
  ],
  [
    'hangs up in the middle of an answer',
    async () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('reset')) })),
    { outcome: 'unknown' },
  ],
  ['answers rubbish', async () => new Response('{"data":', { status: 200 }), { outcome: 'unknown' }],
  ['answers nothing at all', async () => new Response(null, { status: 204 }), { outcome: 'unknown' }],
  ['has an error of its own', async () => new Response('oops', { status: 500 }), { outcome: 'unknown' }],
  ['asks us to slow down', async () => new Response('', { status: 429 }), { outcome: 'later' }],
];

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  for (const how of ['warn', 'error'] as const) vi.spyOn(console, how).mockReturnValue();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  unset();
});

describe.each(REAL)('when $name', (one) => {
  const { carrier } = one;
  const text: TextOut = {
    ...{ conversationId: 'c0', messageId: 'm0', attempt: 1 },
    ...{ from: LINE_NUMBER, to: CALLER, body: 'Which day suits you?' },
  };

  it.each(TROUBLES)(
    '%s, a text is not taken for sent, and never for one that was not',
    async (_, answer, sent) => {
      await use(one);
      vi.useFakeTimers();
      vi.spyOn(globalThis, 'fetch').mockImplementation((__, init) => answer(init?.signal));
      const [sending, asking] = [carrier.send(env, text), carrier.lookUp(env, text, Date.now() - 120_000)];
      await vi.advanceTimersByTimeAsync(CARRIER_TIMEOUT_MS - 1);
      expect(await sending).toMatchObject(sent);
      // `no` would send it again; so would nothing else.
      expect(await asking).toEqual({ found: 'unknown' });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('asks for half an hour to slow down, an automatic text is dropped in time and a reply is kept', async () => {
    await use(one);
    vi.useFakeTimers({ toFake: ['Date'] });
    const fetched = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => new Response('', { status: 429 }));
    const conversation = conversationOf(env, 'lakeside-main', CALLER);
    const path = `/hooks/demo/abandoned-call/lakeside-hangup-en?CALLER_ID_NUMBER=${CALLER.slice(2)}`;
    await exports.default.fetch(ORIGIN + path);
    const reply = { id: crypto.randomUUID(), body: 'We are here now' };
    expect(await conversation.reply(ANA, reply)).toMatchObject({ outcome: 'written' });
    for (let minutes = 0; minutes < 30; minutes += 1) {
      if (minutes === 16)
        expect(await deliveries()).toMatchObject([
          { status: 'failed', reason: 'expired', sentAt: null },
          { sentAt: null },
        ]);
      vi.setSystemTime(Date.now() + 60_000);
      await runDurableObjectAlarm(conversation);
    }
    // Asked now and then, not all the time.
    expect(fetched.mock.calls.length).toBeLessThanOrEqual(20);
    expect((await conversation.published(0))?.summary).toMatchObject({ waitingSince: expect.any(Number) });

    let accepted = 0;
    fetched.mockImplementation(async () => {
      accepted += 1;
      return ACCEPTS[one.name]?.() ?? new Response();
    });
    const before = (await deliveries())[1];
    if (before?.status === 'failed')
      expect(await conversation.retry(ANA, reply.id)).toMatchObject({ outcome: 'queued' });
    else vi.setSystemTime(Date.now() + 3_600_000);
    await runDurableObjectAlarm(conversation);
    await eventually(async () => expect((await deliveries())[1]).toMatchObject({ status: 'sent' }));
    expect((await deliveries())[1]?.attempt).toBe((before?.attempt ?? 0) + 1);
    await runDurableObjectAlarm(conversation);
    expect(accepted).toBe(1);
  });
});

async function deliveries() {
  const all = await conversationOf(env, 'lakeside-main', CALLER).published(0);
  return (all?.messages ?? []).flatMap(({ delivery }) => (delivery ? [delivery] : []));
}
