import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendOutcome, TextOut } from '../../src/carriers/carrier.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { type CallingCarrier, EVERY_CARRIER, eventually, taking, unset, use } from './every-carrier.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const OPT_OUT = [
  'STOP',
  'stopall',
  'Stop All',
  'UNSUBSCRIBE',
  'Cancel',
  '“End”',
  'QUIT!',
  'revoke',
  'OptOut',
  'OPT  OUT.',
];
const OPT_IN = ['START', ' unstop ', 'Yes!'];
const HELP = ['HELP', 'Info?'];

let ana: StaffBrowser;
let callers = 0;
let texts = 0;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  ana = await signedInAs('staff@lakeside.example');
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  unset();
});

/** Each case has a caller of its own. */
function newCaller(): string {
  callers += 1;
  return `+1206202${2_000 + callers}`;
}

const conversation = (caller: string) => conversationOf(env, 'lakeside-main', caller);
const published = async (caller: string) => {
  const all = await conversation(caller).published(0);
  if (all === null) throw new Error('the conversation has not begun');
  return all;
};
const consentOf = async (caller: string) => (await published(caller)).summary.consent;

async function fire(caller: string): Promise<unknown> {
  const path = `/hooks/demo/abandoned-call/lakeside-hangup-en?CALLER_ID_NUMBER=${caller.slice(2)}`;
  const { result, reason = null } = await (await exports.default.fetch(ORIGIN + path)).json<{
    result: string;
    reason?: string;
  }>();
  return [result, reason];
}

const post = (caller: string, path: string, json?: unknown) =>
  ana.post(`/api/conversations/${conversation(caller).id}${path}`, json);

const reply = (caller: string, body = 'Hello?') =>
  post(caller, '/messages', { id: crypto.randomUUID(), kind: 'reply', body });

async function says(carrier: CallingCarrier, caller: string, ...bodies: string[]): Promise<void> {
  const webhooks = await Promise.all(
    bodies.map((body) => {
      texts += 1;
      return carrier.text({ id: `text-${texts}`, from: caller, body });
    }),
  );
  for (const answer of await Promise.all(webhooks.map((send) => send()))) expect(answer.ok).toBe(true);
}

/** No door leads to a text to this caller any more. */
async function expectEveryDoorShut(caller: string): Promise<void> {
  expect(await fire(caller)).toEqual(['skipped', 'opted-out']);
  const refused = await reply(caller);
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'opted-out']);
  const { messages } = await published(caller);
  const failed = messages.find(({ delivery }) => delivery?.status === 'failed');
  if (failed) {
    const again = await post(caller, `/messages/${encodeURIComponent(failed.id)}/retry`);
    expect([again.status, await codeOf(again)]).toEqual([409, 'opted-out']);
  }
  const note = { id: crypto.randomUUID(), kind: 'note', body: 'Call back.' };
  expect((await post(caller, '/messages', note)).status).toBe(201);
}

describe.each(EVERY_CARRIER)('to a line at $name', (carrier) => {
  const answers = carrier.carrier.answersKeywords ? 0 : 1;
  let taken: TextOut[];

  beforeEach(async () => {
    await use(carrier);
    taken = taking(carrier);
  });

  const takenFor = (caller: string) => taken.filter(({ to }) => to === caller);

  it('every word that opts out shuts every door, and every word that opts in opens them again', async () => {
    const outAndBack = async (word: string, index: number) => {
      const caller = newCaller();
      await says(carrier, caller, 'Hello');
      await says(carrier, caller, word);
      expect(await consentOf(caller), word).toMatchObject({ state: 'opted-out', source: 'texted-in' });
      if (index === 0) await expectEveryDoorShut(caller);
      else expect(await fire(caller), word).toEqual(['skipped', 'opted-out']);
      await eventually(() => expect(takenFor(caller), word).toHaveLength(answers));
      const back = OPT_IN[index % OPT_IN.length] ?? 'START';
      await says(carrier, caller, back);
      expect(await consentOf(caller), back).toMatchObject({ state: 'given', source: 'texted-in' });
      expect((await reply(caller)).status).toBe(201);
      await eventually(() => expect(takenFor(caller), word).toHaveLength(2 * answers + 1));
    };
    await Promise.all(OPT_OUT.map(outAndBack));
  });

  it('words that ask for help, or that only contain such a word, change nothing', async () => {
    const caller = newCaller();
    await says(carrier, caller, ...HELP, 'please stop', 'the end is near', 'yes please', 'START ME UP');
    expect(await consentOf(caller)).toMatchObject({ state: 'given', source: 'texted-in' });
    await eventually(() => expect(takenFor(caller)).toHaveLength(HELP.length * answers));
    await says(carrier, caller, 'STOP');
    await says(carrier, caller, 'HELP', 'Are you there?');
    expect(await consentOf(caller)).toMatchObject({ state: 'opted-out' });
    await eventually(() => expect(takenFor(caller)).toHaveLength((HELP.length + 1) * answers));
  });

  it('STOP five times at once, in five texts, is confirmed once at most', async () => {
    const caller = newCaller();
    await says(carrier, caller, 'STOP', 'stop', 'Stop.', 'STOP!', 'QUIT');
    const { messages } = await published(caller);
    expect(messages.filter(({ kind }) => kind === 'text-in')).toHaveLength(5);
    expect(messages.filter(({ event }) => event?.name === 'opted-out')).toHaveLength(1);
    await eventually(() => expect(takenFor(caller)).toHaveLength(answers));
    await runDurableObjectAlarm(conversation(caller));
    expect(takenFor(caller)).toHaveLength(answers);
  });

  it('STOP while calls and replies come in at once lets nothing leave that came after it', async () => {
    const caller = newCaller();
    await says(carrier, caller, 'Hello');
    const outcomes = await Promise.all([
      reply(caller, 'One'),
      fire(caller),
      says(carrier, caller, 'STOP'),
      reply(caller, 'Two'),
      fire(caller),
    ]);
    expect(outcomes).toHaveLength(5);
    await eventually(async () =>
      expect(
        (await published(caller)).messages.every(
          ({ delivery }) => delivery === null || ['sent', 'failed'].includes(delivery.status),
        ),
      ).toBe(true),
    );
    const before = takenFor(caller).length;
    await expectEveryDoorShut(caller);
    await runDurableObjectAlarm(conversation(caller));
    expect(takenFor(caller)).toHaveLength(before);
  });

  it.each<[string, SendOutcome, object]>([
    ['then takes it, leaves it as sent', { outcome: 'accepted', carrierId: 'c' }, { status: 'sent' }],
    [
      'then puts it off, takes it back',
      { outcome: 'later', delayMs: null },
      { status: 'failed', reason: 'blocked' },
    ],
    [
      'then refuses it as opted out, says so once',
      { outcome: 'refused', reason: 'blocked' },
      { status: 'failed', reason: 'blocked' },
    ],
  ])('STOP while the carrier has a reply in hand, and %s', async (_, outcome, delivery) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const caller = newCaller();
    await says(carrier, caller, 'Hello');
    let isDecided = false;
    vi.mocked(carrier.carrier.send).mockImplementationOnce(async (__, text) => {
      taken.push(text);
      // Looked at from within the object: nothing outside may end what it waits for.
      while (!isDecided) await new Promise((resolve) => setTimeout(resolve, 10));
      return outcome;
    });
    expect((await reply(caller, 'In hand')).status).toBe(201);
    expect((await reply(caller, 'Behind it')).status).toBe(201);
    await eventually(() => expect(takenFor(caller)).toHaveLength(1));
    await says(carrier, caller, 'STOP');
    isDecided = true;
    const textsOut = async () => (await published(caller)).messages.filter(({ kind }) => kind === 'reply');
    await eventually(async () =>
      expect(await textsOut()).toMatchObject([
        { body: 'In hand', delivery },
        { body: 'Behind it', delivery: { status: 'failed', reason: 'blocked' } },
      ]),
    );
    vi.setSystemTime(Date.now() + 3_600_000);
    ana = await signedInAs('staff@lakeside.example');
    await runDurableObjectAlarm(conversation(caller));
    expect(
      takenFor(caller)
        .map(({ body }) => body)
        .filter((body) => body === 'Behind it'),
    ).toEqual([]);
    expect(takenFor(caller)).toHaveLength(1 + answers);
    await expectEveryDoorShut(caller);
    const { messages } = await published(caller);
    expect(messages.filter(({ event }) => event?.name === 'opted-out')).toHaveLength(1);
  });
});
