import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { ORIGIN } from './staff-browser.ts';
import { ACCOUNT_SID, AUTH_TOKEN, TwilioApi } from './twilio-api.ts';

/** A carrier that for half an hour has no room: nothing is lost in it, nothing leaves twice, nothing leaves too late. */

const MINUTE_MS = 60_000;
const CALLER = '+12062020123';
const ANA = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside'] };
const SETTINGS = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  PUBLIC_ORIGIN: 'https://texts.clinic.example',
};

let api: TwilioApi;
let startedAt: number;
/** When Twilio was asked to send something, and had no room. */
let refusedAt: number[];

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'twilio'").run();
  Object.assign(env, SETTINGS);
  api = new TwilioApi();
  vi.useFakeTimers({ toFake: ['Date'] });
  startedAt = Date.now();
  refusedAt = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name];
});

describe.each<[string, () => string | null, number]>([
  ['says nothing about how long', () => null, 0],
  ['asks for two minutes', () => '120', 2 * MINUTE_MS],
  // A date has no fractions of a second.
  ['names a moment', () => new Date(Date.now() + 2 * MINUTE_MS).toUTCString(), 2 * MINUTE_MS - 1_000],
  ['asks for a day', () => '86400', 15 * MINUTE_MS],
  ['says rubbish', () => 'soon', 0],
])('a carrier without room that %s', (_, retryAfter, leastWaitMs) => {
  beforeEach(() => hasNoRoomFor(30 * MINUTE_MS, retryAfter));

  it('gets what staff wrote once there is room, once; the automatic text has expired, and staff see it', async () => {
    await hangUp();
    await timePasses(MINUTE_MS);
    const reply = { id: crypto.randomUUID(), body: 'Hello, this is Ana.' };
    await conversation().reply(ANA, reply);
    await vi.waitFor(async () => expect((await texts())[1]?.delivery?.attempt).toBe(1));
    await timePasses(14 * MINUTE_MS - 1_000);
    expect(await texts()).toMatchObject([
      { kind: 'automatic', delivery: { status: 'queued' } },
      { kind: 'reply', delivery: { status: 'queued' } },
    ]);
    await timePasses(2_000);
    expect(await texts()).toMatchObject([
      { delivery: { status: 'failed', reason: 'expired' } },
      { delivery: { status: 'queued' } },
    ]);
    expect(await conversation().read(ANA, null)).toMatchObject({
      conversation: { problem: 'expired', waitingSince: expect.any(Number) },
    });
    await timePasses(40 * MINUTE_MS);
    expect(await texts()).toMatchObject([
      { delivery: { status: 'failed', reason: 'expired' } },
      { id: reply.id, delivery: { status: 'sent', reason: null } },
    ]);
    expect(api.taken).toMatchObject([{ to: CALLER, body: reply.body }]);
    await timePasses(60 * MINUTE_MS);
    expect(api.taken).toHaveLength(1);
  });

  it('is left alone for that long, and not for much longer', async () => {
    await hangUp();
    await timePasses(31 * MINUTE_MS);
    const waits = refusedAt.slice(1).map((at, index) => at - (refusedAt[index] ?? 0));
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(Math.max(leastWaitMs, 800));
    expect(waits.length).toBeGreaterThanOrEqual(leastWaitMs < 15 * MINUTE_MS ? 5 : 0);
    expect(api.taken).toEqual([]);
  });
});

function hasNoRoomFor(ms: number, retryAfter: () => string | null): void {
  for (let times = 0; times < 100; times += 1) {
    api.next('POST', (done) => {
      if (Date.now() >= startedAt + ms) return done();
      refusedAt.push(Date.now());
      const wait = retryAfter();
      const headers = wait === null ? {} : { 'Retry-After': wait };
      return Response.json(
        { code: 20429, message: 'Too Many Requests', status: 429 },
        { status: 429, headers },
      );
    });
  }
}

async function hangUp(): Promise<void> {
  const body = new URLSearchParams({ CALLER_ID_NUMBER: CALLER });
  const init = { method: 'POST', body };
  const answer = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, init);
  expect(await answer.json()).toMatchObject({ result: 'texting' });
  await vi.waitFor(async () =>
    expect((await texts())[0]?.delivery).toMatchObject({ status: 'queued', attempt: 1 }),
  );
}

/** From alarm to alarm, as the platform would. */
async function timePasses(ms: number): Promise<void> {
  const until = Date.now() + ms;
  for (;;) {
    const alarmAt = await runInDurableObject(conversation(), (__, state) => state.storage.getAlarm());
    if (alarmAt === null || alarmAt > until) break;
    vi.setSystemTime(Math.max(alarmAt, Date.now()));
    await runDurableObjectAlarm(conversation());
  }
  vi.setSystemTime(until);
}

async function texts() {
  const read = await conversation().read(ANA, null);
  return read.outcome === 'read' ? read.messages.filter(({ delivery }) => delivery !== null) : [];
}

function conversation() {
  return conversationOf(env, 'lakeside-main', CALLER);
}
