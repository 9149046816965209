import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Firing } from '../../src/domain/calls/firing.ts';
import type { Env } from '../../src/env.ts';
import { forgetEmptyDirectories } from '../../src/practices/caller-matches.ts';
import { forgetLines } from '../../src/practices/lines.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import {
  expectTexts,
  fire,
  fireWith,
  HANGUP,
  JSON_TYPE,
  post,
  refused,
  skipped,
  texting,
  textsTo,
} from './hook-request.ts';

const HOLD = '/hooks/demo/call-to-text/lakeside-hold-en';

let callers = 100;

/** Ten digits that no other test uses; those of the first hundred end as the simulator's special handsets do. */
function newCaller(): string {
  callers += 1;
  return `206303${String(callers).padStart(4, '0')}`;
}

beforeAll(() => seedLocal(env.DB, env.ENVIRONMENT));

describe('a phone system fires a trigger', () => {
  it.each([
    ['a query', (n: string) => fire(`${HANGUP}?CALLER_ID_NUMBER=${n}`)],
    ['a query with a plus that is none', (n: string) => fire(`${HANGUP}?CALLER_ID_NUMBER=+1${n}`)],
    ['a query with POST', (n: string) => fire(`${HANGUP}?caller=${n}`, { method: 'POST' })],
    ['JSON', (n: string) => fire(HANGUP, post(JSON.stringify({ CALLER_ID_NUMBER: n }), JSON_TYPE))],
    [
      'a number in JSON',
      (n: string) =>
        fire(HANGUP, post(`{"from":${n}}`, { 'Content-Type': 'application/vnd.x+json; charset=utf-8' })),
    ],
    [
      'a form',
      (n: string) => fire(HANGUP, post(new URLSearchParams({ From: `+1${n}`, To: '+12062020100' }))),
    ],
    [
      'a form with files in it',
      (n: string) => fire(HANGUP, post(multipart({ ani: `sip:+1${n}@pbx.example.com` }))),
    ],
    [
      'JSON that curl calls a form',
      (n: string) =>
        fire(HANGUP, post(`{"ani":"${n}"}`, { 'Content-Type': 'application/x-www-form-urlencoded' })),
    ],
    [
      'JSON as plain text',
      (n: string) => fire(HANGUP, post(`\ufeff {"ani":"${n}"}`, { 'Content-Type': 'text/plain' })),
    ],
    [
      'a form as plain text',
      (n: string) => fire(HANGUP, post(`ani=${n}`, { 'Content-Type': 'text/plain;charset=UTF-8' })),
    ],
    ['a form of no named type', (n: string) => fire(HANGUP, post(new TextEncoder().encode(`ani=${n}`)))],
    [
      'the short form of the address',
      (n: string) =>
        fire('/webhook/jive/lakeside-hangup-en', post(JSON.stringify({ CALLER_ID_NUMBER: n }), JSON_TYPE)),
    ],
    [
      'a misleading query beside the body',
      (n: string) => fire(`${HANGUP}?from=2062020199`, post(`{"from":"${n}"}`, JSON_TYPE)),
    ],
  ])('with %s, and the caller is texted', async (_, send) => {
    const caller = newCaller();
    const answered = await send(caller);
    expect(answered).toMatchObject(texting);
    expect(answered.length).toBeLessThan(1024);
    await expectTexts(caller, ['+12062020100']);
  });

  it('in a language, and the text of that trigger arrives', async () => {
    const caller = newCaller();
    await fire(`/hooks/demo/call-to-text/lakeside-hold-es?ani=${caller}`);
    await expectTexts(caller, ['+12062020100']);
    const [text] = await textsTo(caller);
    const stored = await env.DB.prepare(
      "SELECT text FROM triggers WHERE id = 'lakeside-hold-es'",
    ).first<string>('text');
    expect(text?.body).toBe(stored);
  });

  it('several times for one call, by either trigger and at the same time, and there is one text', async () => {
    const caller = newCaller();
    const body = post(JSON.stringify({ from: caller, call_id: 'call-1' }), JSON_TYPE);
    const answers = await Promise.all([HANGUP, HOLD, HANGUP, HOLD].map((path) => fire(path, body)));
    const results = answers.map(({ answer }) => answer.reason ?? answer.result);
    expect(results.toSorted()).toEqual(['duplicate', 'duplicate', 'same-journey', 'texting']);
    expect(new Set(answers.map(({ answer }) => answer.conversation)).size).toBe(1);
    expect(await fire(`${HANGUP}?from=%2B1${caller}&CallSid=call-1`)).toMatchObject(skipped('duplicate'));
    await expectTexts(caller, ['+12062020100']);
    // Long enough for a second one to have arrived.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await textsTo(caller)).toHaveLength(1);
  });

  it('for a second call, or without telling which call, and it is of the same conversation', async () => {
    const caller = newCaller();
    const first = await fire(`${HANGUP}?from=${caller}&call_id=call-1`);
    const second = await fire(`${HANGUP}?from=${caller}&call_id=call-2`);
    const third = await fire(`${HANGUP}?from=${caller}`);
    expect(first).toMatchObject(texting);
    for (const answered of [second, third]) expect(answered).toMatchObject(skipped('cooldown'));
    expect(second.answer.conversation).toBe(first.answer.conversation);
    expect(third.answer.conversation).toBe(first.answer.conversation);
    await expectTexts(caller, ['+12062020100']);
  });

  it('at two practices for one call, and each texts from its own line', async () => {
    const caller = newCaller();
    await fire(`${HANGUP}?from=${caller}&call_id=call-1`);
    await fire(`/hooks/demo/abandoned-call/harbor-hangup-en?from=${caller}&call_id=call-1`);
    await expectTexts(caller, ['+12062020100', '+12062020200']);
  });

  it('in production under its own address only', async () => {
    const production = { ENVIRONMENT: 'production' } as const;
    expect(await fireWith(production, `${HANGUP}?from=${newCaller()}`)).toMatchObject(
      refused(404, 'unknown-trigger'),
    );
    const live = HANGUP.replace('demo', 'live');
    expect(await fireWith(production, `${live}?from=${newCaller()}`)).toMatchObject(texting);
    expect(await fireWith({ ENVIRONMENT: 'demo' }, `${live}?from=${newCaller()}`)).toMatchObject(
      refused(404, 'unknown-trigger'),
    );
  });
});

describe('a trigger that is warm', () => {
  it('asks D1 one thing at most: whose number it is, where there is a directory', async () => {
    forgetTriggers();
    forgetLines();
    forgetEmptyDirectories();
    let queries = 0;
    const DB = new Proxy(env.DB, {
      get(db, name) {
        if (name === 'prepare') queries += 1;
        const member: unknown = Reflect.get(db, name);
        return typeof member === 'function' ? member.bind(db) : member;
      },
    });
    await fireWith({ DB }, `${HANGUP}?from=${newCaller()}`);
    // The trigger, what is never texted, whether there is a directory, and whose number it is.
    expect(queries).toBe(4);
    for (const path of [HANGUP, '/webhook/jive/lakeside-hangup-en']) {
      expect(await fireWith({ DB }, `${path}?from=${newCaller()}`)).toMatchObject(texting);
    }
    expect(queries).toBe(4);
    const inHarbor = '/hooks/demo/abandoned-call/harbor-hangup-en';
    await fireWith({ DB }, `${inHarbor}?from=${newCaller()}`);
    const cold = queries;
    await fireWith({ DB }, `${inHarbor}?from=${newCaller()}`);
    expect(queries).toBe(cold + 1);
    // Nor about a token that none can be.
    for (const token of ['a'.repeat(129), 'a%20b', '%00', '%F0%9F%93%9E']) {
      expect(await fireWith({ DB }, `/webhook/jive/${token}`)).toMatchObject(refused(404, 'unknown-trigger'));
    }
    expect(queries).toBe(cold + 1);
  });
});

describe('a conversation that cannot take it', () => {
  function failing(error: Error): Partial<Env> {
    const stub = { id: 'x', fire: (_: Firing) => Promise.reject(error) };
    return { CONVERSATION: { idFromName: () => 'x', get: () => stub } as unknown as Env['CONVERSATION'] };
  }

  it.each(['overloaded', 'retryable'])('because it is %s makes the phone system ask again', async (mark) => {
    const answered = await fireWith(
      failing(Object.assign(new Error(), { [mark]: true })),
      `${HANGUP}?from=${newCaller()}`,
    );
    expect(answered).toMatchObject(refused(503, 'unavailable'));
    expect(answered.headers.get('Retry-After')).toBe('5');
  });

  it('for a reason of its own says nothing about it', async () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => {});
    const answered = await fireWith(failing(new Error('UNIQUE 2062020123')), `${HANGUP}?from=${newCaller()}`);
    expect(answered).toMatchObject(refused(500, 'internal'));
    expect(JSON.stringify(answered.answer)).not.toContain('2062020123');
  });
});

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  form.set('from', new File(['2062020199'], 'recording.wav'));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
