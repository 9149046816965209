import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import {
  EVERY_CARRIER,
  eventually,
  type Forging,
  taking,
  unset,
  use,
  type Webhook,
} from './every-carrier.ts';
import { ORIGIN } from './staff-browser.ts';

const CALLER = '+12062020142';
const ANA = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside'] };
const FIVE = [1, 2, 3, 4, 5];
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  unset();
});

const conversation = () => conversationOf(env, 'lakeside-main', CALLER);
const messages = async () => (await conversation().published(0))?.messages ?? [];
const summary = async () => (await conversation().published(0))?.summary;
const texts = async () => (await messages()).filter(({ kind }) => kind === 'text-in').map(({ body }) => body);
const delivery = async () => (await messages()).find((message) => message.delivery !== null)?.delivery;

async function hangUp(taken: TextOut[]): Promise<TextOut> {
  const path = `/hooks/demo/abandoned-call/lakeside-hangup-en?CALLER_ID_NUMBER=${CALLER.slice(2)}`;
  expect((await exports.default.fetch(ORIGIN + path)).status).toBe(200);
  await eventually(async () => expect(await delivery()).toMatchObject({ status: 'sent' }));
  return taken[0] as TextOut;
}

/** The statuses that were answered. */
async function allAtOnce(webhooks: Webhook[]): Promise<number[]> {
  const answers = await Promise.all(webhooks.map((send) => send()));
  return [...new Set(answers.map(({ status }) => status))];
}

describe.each(EVERY_CARRIER)('what $name tells', (carrier) => {
  let taken: TextOut[];

  beforeEach(async () => {
    await use(carrier);
    taken = taking(carrier);
  });

  const text = (id: string, body: string, forging?: Forging) =>
    carrier.text({ id, from: CALLER, body }, forging);

  it('five times at once, a text, is there once, and acknowledged each time alike', async () => {
    const hello = await text('t-1', 'Hello?');
    const [status, ...others] = await allAtOnce(FIVE.map(() => hello));
    expect([Math.floor((status ?? 0) / 100), others]).toEqual([2, []]);
    expect(await texts()).toEqual(['Hello?']);
    expect(await summary()).toMatchObject({ unread: 1 });
  });

  it('five times at once, a report, counts once', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sent = await hangUp(taken);
    const before = (await summary())?.version ?? 0;
    const report = await carrier.report(sent, 'undelivered');
    expect((await allAtOnce(FIVE.map(() => report))).map((status) => Math.floor(status / 100))).toEqual([2]);
    expect(await delivery()).toMatchObject({ status: 'undelivered', reason: 'unreachable', attempt: 1 });
    expect(await summary()).toMatchObject({ version: before + 1, problem: 'unreachable' });
    // One second try, although five reports asked for it, and none after the same report of the second.
    vi.setSystemTime(Date.now() + 61_000);
    await runDurableObjectAlarm(conversation());
    await eventually(() => expect(taken.map(({ attempt }) => attempt)).toEqual([1, 2]));
    const second = await carrier.report(taken[1] as TextOut, 'undelivered');
    await allAtOnce([report, second, second, report, second]);
    vi.setSystemTime(Date.now() + HOUR_MS);
    await runDurableObjectAlarm(conversation());
    expect(taken).toHaveLength(2);
    expect(await delivery()).toMatchObject({ status: 'undelivered', attempt: 2 });
  });

  it('in any order, of one text, ends the same', async () => {
    const sent = await hangUp(taken);
    const [early, last] = [await carrier.report(sent, 'sent'), await carrier.report(sent, 'delivered')];
    const failed = await carrier.report(sent, 'undelivered');
    for (const report of [last, early, failed, last, early]) {
      expect((await report()).ok).toBe(true);
      expect(await delivery()).toMatchObject({ status: 'delivered', reason: null });
    }
    expect(await summary()).toMatchObject({ problem: null });
    expect(taken).toHaveLength(1);
  });

  it('about a text that its caller has answered already does no harm', async () => {
    const sent = await hangUp(taken);
    await (await text('t-1', 'Hello?'))();
    await allAtOnce([await carrier.report(sent, 'delivered'), await text('t-2', 'Anybody?')]);
    expect(await delivery()).toMatchObject({ status: 'delivered' });
    expect((await texts()).sort()).toEqual(['Anybody?', 'Hello?']);
  });

  it('about a landline is never tried again by itself', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sent = await hangUp(taken);
    const report = await carrier.report(sent, 'landline');
    await allAtOnce(FIVE.map(() => report));
    for (const minutes of [1, 5, 60, 2_880]) {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      await runDurableObjectAlarm(conversation());
    }
    expect(taken).toHaveLength(1);
    // A person may; it is the same message, and another attempt of it.
    expect(await conversation().retry(ANA, sent.messageId)).toMatchObject({ outcome: 'queued' });
    await eventually(async () => expect(await delivery()).toMatchObject({ status: 'sent', attempt: 2 }));
    expect(taken).toMatchObject([sent, { ...sent, attempt: 2 }]);
    expect((await messages()).filter(({ kind }) => kind === 'automatic')).toHaveLength(1);
    // What was said about the first attempt is not about the second.
    const late = await carrier.report(sent, 'landline');
    expect((await late()).ok).toBe(true);
    expect(await delivery()).toMatchObject({ status: 'sent', attempt: 2 });
  });

  it('once more, long after, has no second effect', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sent = await hangUp(taken);
    const [stop, report] = [await text('t-1', 'STOP'), await carrier.report(sent, 'undelivered')];
    await stop();
    await (await text('t-2', 'START'))();
    await report();
    await eventually(async () => expect((await summary())?.consent).toMatchObject({ state: 'given' }));
    const before = await messages();
    vi.setSystemTime(Date.now() + HOUR_MS);
    const again = await Promise.all([stop(), report()]);
    expect(again.map(({ status }) => status === 403)).toEqual([carrier.saysWhen, carrier.saysWhen]);
    expect(await summary()).toMatchObject({ consent: { state: 'given' } });
    expect((await messages()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  const forgeries = (): [string, Forging, boolean][] => [
    ['is not signed', { isSigned: false }, true],
    ['is signed by somebody else', { bySomebodyElse: true }, true],
    ['is signed over other words', { signedOver: 'sent' }, carrier.signs],
    ['was signed six minutes ago', { at: Date.now() - 360_000 }, carrier.saysWhen],
    ['was signed six minutes ahead', { at: Date.now() + 360_000 }, carrier.saysWhen],
  ];

  it('leaves nothing behind if it is forged, also five times at once', async () => {
    const sent = await hangUp(taken);
    const stranger = '+12062020143';
    for (const [how, forging, applies] of forgeries()) {
      if (!applies) continue;
      const forged = await carrier.text({ id: 't-1', from: stranger, body: 'STOP' }, forging);
      const report = await carrier.report(sent, 'landline', forging);
      expect(await allAtOnce([...FIVE.map(() => forged), ...FIVE.map(() => report)]), how).toEqual([403]);
      expect(await conversationOf(env, 'lakeside-main', stranger).published(0), how).toBeNull();
      expect(await delivery(), how).toMatchObject({ status: 'sent', reason: null });
    }
    expect(await summary()).toMatchObject({ cannotText: null, problem: null });
  });
});
