import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CancelReason, Message } from '../../src/domain/conversation/message.ts';
import { forgetHours, setHours } from '../../src/practices/hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import { expectTexts, fire, HANGUP, JSON_TYPE, post, skipped, texting, textsTo } from './hook-request.ts';

/** Through the Worker: what a caller's phone shows after whatever phone systems report about one call or several. */

const HOLD = '/hooks/demo/call-to-text/lakeside-hold-en';
const LINE = '+12062020100';

let callers = 0;
function newCaller(): string {
  callers += 1;
  return String(2_063_051_100 + callers);
}

beforeAll(() => seedLocal(env.DB, env.ENVIRONMENT));
beforeEach(() => rules('hold_seconds = 0, hours_rule = "always"'));
afterEach(async () => {
  if (!vi.isFakeTimers()) return;
  vi.useRealTimers();
  // The pacer of the line has seen the future.
  await abortAllDurableObjects();
});

async function rules(assignments: string): Promise<void> {
  await env.DB.prepare(`UPDATE triggers SET ${assignments.replaceAll('"', "'")}`).run();
  forgetTriggers();
}

function conversationOf(caller: string) {
  return env.CONVERSATION.get(env.CONVERSATION.idFromName(`lakeside-main +1${caller}`));
}

async function messages(caller: string): Promise<Message[]> {
  return (await conversationOf(caller).published(1))?.messages ?? [];
}

async function events(caller: string): Promise<(string | null | undefined)[][]> {
  return (await messages(caller)).flatMap(({ event }) => (event ? [[event.name, event.detail]] : []));
}

function text(caller: string, body: string) {
  return fire(`/simulator/handsets/${caller}/messages`, post(JSON.stringify({ to: LINE, body }), JSON_TYPE));
}

describe('a key that was pressed and a hang-up', () => {
  it.each([
    ['the key first', [HOLD, HANGUP]],
    ['the hang-up first', [HANGUP, HOLD]],
  ])('are one text: %s', async (_, paths) => {
    for (const id of ['', '&call_id=c-1']) {
      const caller = newCaller();
      expect(await fire(`${paths[0]}?from=${caller}${id}`)).toMatchObject(texting);
      expect(await fire(`${paths[1]}?from=${caller}${id}`)).toMatchObject(skipped('same-journey'));
      await expectTexts(caller, [LINE]);
    }
  });

  it('at the same moment are one text', async () => {
    const caller = newCaller();
    const answers = await Promise.all([HOLD, HANGUP].map((path) => fire(`${path}?from=${caller}`)));
    expect(answers.map(({ answer }) => answer.reason ?? answer.result).toSorted()).toEqual([
      'same-journey',
      'texting',
    ]);
    await expectTexts(caller, [LINE]);
  });
});

describe('a caller who calls again', () => {
  it('is not texted again within the cooldown, and staff see it', async () => {
    const caller = newCaller();
    await fire(`${HANGUP}?from=${caller}&call_id=c-1`);
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-2`)).toMatchObject(skipped('cooldown'));
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-3`)).toMatchObject(skipped('cooldown'));
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-3`)).toMatchObject(skipped('duplicate'));
    await expectTexts(caller, [LINE]);
    expect(await events(caller)).toEqual([
      ['called-again', '2'],
      ['called-again', '3'],
    ]);
  });

  it('is texted again where the trigger has no cooldown', async () => {
    const caller = newCaller();
    await rules('cooldown_minutes = 0');
    await fire(`${HANGUP}?from=${caller}&call_id=c-1`);
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-2`)).toMatchObject(texting);
    await rules('cooldown_minutes = 10');
    await expectTexts(caller, [LINE, LINE]);
  });

  it('while they are texting is not interrupted', async () => {
    const caller = newCaller();
    await text(caller, 'Can I have an appointment?');
    await vi.waitFor(async () => expect(await messages(caller)).not.toEqual([]));
    expect(await fire(`${HANGUP}?from=${caller}`)).toMatchObject(skipped('live-conversation'));
    expect(await events(caller)).toEqual([['called-again', '1']]);
  });
});

describe('a text that waits', () => {
  async function held(caller: string, path = HANGUP): Promise<void> {
    await rules('hold_seconds = 60');
    const { answer } = await fire(`${path}?from=${caller}&call_id=c-1`);
    expect(answer).toEqual({ result: 'held', until: expect.any(String), conversation: expect.any(String) });
    expect(Date.parse(answer.until) - Date.now()).toBeGreaterThan(50_000);
    await rules('hold_seconds = 0');
  }

  async function calledOff(caller: string, reason: CancelReason): Promise<void> {
    expect(await events(caller)).toContainEqual(['text-cancelled', reason]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3600_000 });
    await runDurableObjectAlarm(conversationOf(caller));
    const [first] = await messages(caller);
    expect(first).toMatchObject({ kind: 'event', delivery: null });
  }

  it('leaves when its time has come', async () => {
    const caller = newCaller();
    await held(caller);
    expect(await textsTo(caller)).toEqual([]);
    expect((await messages(caller))[0]?.delivery?.status).toBe('queued');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await runDurableObjectAlarm(conversationOf(caller));
    await expectTexts(caller, [LINE]);
  });

  it('is called off when the caller gets through, and the end of that call is no hang-up', async () => {
    const caller = newCaller();
    await held(caller);
    const answered = `${HANGUP}?from=${caller}&call_id=c-1&event=answered`;
    expect(await fire(answered)).toMatchObject(skipped('answered'));
    await calledOff(caller, 'got-through');
    expect(await textsTo(caller)).toEqual([]);
  });

  it('is called off when the caller texts first', async () => {
    const caller = newCaller();
    await held(caller);
    await text(caller, 'Are you open?');
    await vi.waitFor(async () => expect(await messages(caller)).not.toHaveLength(1));
    await calledOff(caller, 'texted-first');
  });

  it('gives way to the text of the key', async () => {
    const caller = newCaller();
    await held(caller);
    expect(await fire(`${HOLD}?from=${caller}&call_id=c-1`)).toMatchObject(texting);
    await expectTexts(caller, [LINE]);
    await calledOff(caller, 'pressed-key');
    expect(await textsTo(caller)).toHaveLength(1);
  });

  it('is called off when staff write first', async () => {
    const caller = newCaller();
    await held(caller);
    const access = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside'] };
    await conversationOf(caller).reply(access, { id: crypto.randomUUID(), body: 'Hello, this is Ana.' });
    await calledOff(caller, 'staff-wrote');
  });
});

describe('a caller who got through', () => {
  it('is not texted when the call ends, and nothing is left of it a few hours later', async () => {
    const caller = newCaller();
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-1&event=answered`)).toMatchObject(
      skipped('answered'),
    );
    expect(await fire(`${HANGUP}?from=${caller}&call_id=c-1`)).toMatchObject(skipped('answered'));
    expect(await messages(caller)).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 3600_000 });
    await runDurableObjectAlarm(conversationOf(caller));
    const kept = await runInDurableObject(conversationOf(caller), (_, { storage }) => [...storage.kv.list()]);
    expect(kept).toEqual([]);
  });
});

describe('a trigger that minds the hours', () => {
  beforeEach(async () => {
    const week = Array.from({ length: 7 }, () => [{ from: '08:00', to: '17:00' }]);
    const afterHoursReply = { isOn: false, text: {} };
    await setHours(
      env.DB,
      { is: 'practice', practiceId: 'lakeside' },
      { timeZone: null, week, holidays: [], afterHoursReply },
    );
    forgetHours();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T20:00:00-08:00') });
  });

  it('does nothing', async () => {
    await rules('hours_rule = "nothing"');
    expect(await fire(`${HANGUP}?from=${newCaller()}`)).toMatchObject(skipped('closed'));
  });

  it('texts something else', async () => {
    const caller = newCaller();
    await rules('hours_rule = "other-text", closed_text = "We are closed until 8."');
    expect(await fire(`${HANGUP}?from=${caller}`)).toMatchObject(texting);
    await expect.poll(async () => (await textsTo(caller))[0]?.body).toBe('We are closed until 8.');
  });

  it('waits until it opens', async () => {
    const caller = newCaller();
    await rules('hours_rule = "hold"');
    const { answer } = await fire(`${HANGUP}?from=${caller}`);
    expect(answer).toMatchObject({ result: 'held', until: '2026-12-02T16:00:00.000Z' });
    vi.setSystemTime(Date.parse(answer.until) + 1);
    await runDurableObjectAlarm(conversationOf(caller));
    await expectTexts(caller, [LINE]);
  });
});
