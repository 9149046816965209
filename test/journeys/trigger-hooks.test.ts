import { createExecutionContext, listDurableObjectIds } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Firing } from '../../src/domain/firing.ts';
import type { Env } from '../../src/env.ts';
import { forgetOwnNumbers } from '../../src/practices/lines.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import worker from '../../src/worker.ts';

const HANGUP = '/hooks/demo/abandoned-call/lakeside-hangup-en';
const HOLD = '/hooks/demo/call-to-text/lakeside-hold-en';
const JSON_TYPE = { 'Content-Type': 'application/json' };

let callers = 100;

/** Ten digits that no other test uses; those of the first hundred end as the simulator's special handsets do. */
function newCaller(): string {
  callers += 1;
  return `206303${String(callers).padStart(4, '0')}`;
}

async function fire(path: string, init?: RequestInit) {
  return read(await exports.default.fetch(new Request(`https://offhook.example${path}`, init)));
}

/** Through the same Worker, with bindings changed. */
async function fireWith(bindings: Partial<Env>, path: string, init?: RequestInit) {
  const request = new Request(`https://offhook.example${path}`, init);
  return read(await worker.fetch(request, { ...env, ...bindings }, createExecutionContext()));
}

async function read(response: Response) {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    answer: text === '' ? null : JSON.parse(text),
  };
}

function post(body: BodyInit, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers };
}

async function textsTo(caller: string): Promise<{ from: string; body: string }[]> {
  const { answer } = await fire(`/simulator/handsets/${caller}/messages`);
  return answer.messages;
}

async function sendersOfTextsTo(caller: string): Promise<string[]> {
  return (await textsTo(caller)).map(({ from }) => from).toSorted();
}

async function expectTexts(caller: string, senders: string[]): Promise<void> {
  await expect.poll(() => sendersOfTextsTo(caller)).toEqual(senders);
}

const texting = {
  status: 200,
  answer: { result: 'texting', conversation: expect.stringMatching(/^[0-9a-f]{64}$/) },
};

function skipped(reason: string) {
  return { status: 200, answer: { result: 'skipped', reason } };
}

function refused(status: number, code: string) {
  return { status, answer: { error: { code, message: expect.any(String), requestId: expect.any(String) } } };
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
    expect(results.toSorted()).toEqual(['duplicate', 'duplicate', 'duplicate', 'texting']);
    expect(new Set(answers.map(({ answer }) => answer.conversation)).size).toBe(1);
    expect(await fire(`${HANGUP}?from=%2B1${caller}&CallSid=call-1`)).toMatchObject(skipped('duplicate'));
    await expectTexts(caller, ['+12062020100']);
    // Long enough for a second one to have arrived.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await textsTo(caller)).toHaveLength(1);
  });

  it('for a second call, or without telling which call, and there is another text in the same conversation', async () => {
    const caller = newCaller();
    const first = await fire(`${HANGUP}?from=${caller}&call_id=call-1`);
    const second = await fire(`${HANGUP}?from=${caller}&call_id=call-2`);
    const third = await fire(`${HANGUP}?from=${caller}`);
    for (const answered of [first, second, third]) expect(answered).toMatchObject(texting);
    expect(second.answer.conversation).toBe(first.answer.conversation);
    expect(third.answer.conversation).toBe(first.answer.conversation);
    await expectTexts(caller, ['+12062020100', '+12062020100', '+12062020100']);
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

describe('nobody is texted and nothing is left behind', () => {
  const caller = '2063040001';

  async function leavingNothing(send: () => Promise<unknown>): Promise<void> {
    const before = await listDurableObjectIds(env.CONVERSATION);
    await send();
    expect(await listDurableObjectIds(env.CONVERSATION)).toHaveLength(before.length);
    expect(await textsTo(caller)).toEqual([]);
  }

  it.each([
    ['withheld', 'from=anonymous'],
    ['withheld', 'from='],
    ['withheld', 'from=+17378742833'],
    ['not-textable', 'from=8002020123'],
    ['not-textable', 'from=2065550100'],
    ['not-textable', 'from=%2B447911123456'],
    ['not-textable', 'from=2062020100'],
    ['not-textable', 'from=2062020200'],
    ['dry-run', `from=${caller}&dry_run=1`],
  ])('as %s: %s', (reason, query) =>
    leavingNothing(async () => {
      expect(await fire(`${HANGUP}?${query}`)).toMatchObject(skipped(reason));
    }),
  );

  it('while the trigger is off, though what is wrong with the number is told first', () =>
    leavingNothing(async () => {
      await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'harbor-hold-en'").run();
      const path = '/hooks/demo/call-to-text/harbor-hold-en';
      expect(await fire(`${path}?from=${caller}`)).toMatchObject(skipped('trigger-off'));
      expect(await fire(`${path}?from=private`)).toMatchObject(skipped('withheld'));
      expect(await fire(`${path}?from=103`)).toMatchObject(refused(422, 'unreadable-caller'));
    }));

  it.each([
    ['an unknown token', '/hooks/demo/abandoned-call/nobody-knows-it'],
    ['a token of another use case', '/hooks/demo/call-to-text/lakeside-hangup-en'],
    ['an unknown use case', '/hooks/demo/both/lakeside-hangup-en'],
    ['another environment', '/hooks/live/abandoned-call/lakeside-hangup-en'],
    ['no environment', '/hooks/local/abandoned-call/lakeside-hangup-en'],
    ['an endless token', `/hooks/demo/abandoned-call/${'a'.repeat(5000)}`],
    ['a token that is no text', '/hooks/demo/abandoned-call/%E0%A4%A'],
    ['a token that is SQL', "/hooks/demo/abandoned-call/'%20OR%201=1"],
    ['an unknown token in the short form', '/webhook/jive/nobody-knows-it'],
  ])('at an address with %s', (_, path) =>
    leavingNothing(async () => {
      expect(await fire(`${path}?from=${caller}`)).toMatchObject(refused(404, 'unknown-trigger'));
      expect(await fire(path, post('not even JSON', JSON_TYPE))).toMatchObject(
        refused(404, 'unknown-trigger'),
      );
    }),
  );

  it('once the trigger is revoked', () =>
    leavingNothing(async () => {
      await env.DB.prepare("UPDATE triggers SET revoked_at = 1 WHERE id = 'harbor-hangup-en'").run();
      forgetTriggers();
      expect(await fire(`/webhook/jive/harbor-hangup-en?from=${caller}`)).toMatchObject(
        refused(404, 'unknown-trigger'),
      );
    }));

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('by the method %s', (method) =>
    leavingNothing(async () => {
      for (const path of [HANGUP, '/webhook/jive/lakeside-hangup-en']) {
        const { status, headers, answer } = await fire(`${path}?from=${caller}`, { method });
        expect([status, headers.get('Allow')]).toEqual([405, 'GET, POST']);
        if (method !== 'HEAD') expect(answer.error.code).toBe('wrong-method');
      }
    }),
  );

  it.each([
    ['no caller', 422, 'missing-caller', '{}', 'application/json'],
    ['an extension', 422, 'unreadable-caller', '{"from":"103"}', 'application/json'],
    ['an object for a caller', 422, 'missing-caller', '{"from":{"x":1}}', 'application/json'],
    ['half an object', 400, 'malformed-request', '{"from":', 'application/json'],
    ['a list', 400, 'malformed-request', `[{"from":"${caller}"}]`, 'application/json'],
    ['a string', 400, 'malformed-request', `"${caller}"`, 'application/json'],
    ['null', 400, 'malformed-request', 'null', 'application/json'],
    ['a form that is called JSON', 400, 'malformed-request', `from=${caller}`, 'application/json'],
    [
      'half an object that is called a form',
      400,
      'malformed-request',
      '{"from":',
      'application/x-www-form-urlencoded',
    ],
    ['a form without its boundary', 400, 'malformed-request', 'from', 'multipart/form-data'],
    ['a form with the wrong boundary', 400, 'malformed-request', 'from', 'multipart/form-data; boundary=x'],
    ['XML', 415, 'wrong-media-type', `<from>${caller}</from>`, 'application/xml'],
    ['a picture', 415, 'wrong-media-type', 'GIF89a', 'image/gif'],
    ['plain text', 415, 'wrong-media-type', caller, 'text/plain'],
    [
      'thousands of levels',
      422,
      'missing-caller',
      `{"a":${'['.repeat(8000)}${']'.repeat(8000)}}`,
      'application/json',
    ],
    [
      'more than 16 kB',
      413,
      'too-large',
      `{"from":"${caller}","x":"${'x'.repeat(17_000)}"}`,
      'application/json',
    ],
    ['more than 16 kB of a type that is not read', 413, 'too-large', 'x'.repeat(17_000), 'image/gif'],
  ])('by a body with %s', (_, status, code, body, type) =>
    leavingNothing(async () => {
      expect(await fire(HANGUP, post(body, { 'Content-Type': type }))).toMatchObject(refused(status, code));
    }),
  );

  it('by an endless body, of which no more is read than allowed', () =>
    leavingNothing(async () => {
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1024;
          controller.enqueue(new Uint8Array(1024).fill(0x20));
        },
      });
      expect(await fireWith({}, HANGUP, post(endless, JSON_TYPE))).toMatchObject(refused(413, 'too-large'));
      expect(sent).toBeLessThan(64 * 1024);
    }));

  it('by a body that claims to be longer than it is', () =>
    leavingNothing(async () => {
      const claim = post(`{"from":"${caller}"}`, { ...JSON_TYPE, 'Content-Length': '99999' });
      expect(await fireWith({}, HANGUP, claim)).toMatchObject(refused(413, 'too-large'));
    }));

  it('by an answer, which never repeats what was sent', async () => {
    for (const body of [
      `{"from":"${caller}x"}`,
      `{"from":"8005551234","Body":"secret"}`,
      `{"from":"${caller}"`,
    ]) {
      const { answer } = await fire(HANGUP, post(body, JSON_TYPE));
      expect(JSON.stringify(answer)).not.toMatch(/206304|555|secret/);
    }
  });
});

describe('a trigger that is warm', () => {
  it('asks D1 nothing, and one that is cold two things', async () => {
    forgetTriggers();
    forgetOwnNumbers();
    let queries = 0;
    const DB = new Proxy(env.DB, {
      get(db, name) {
        if (name === 'prepare') queries += 1;
        const member: unknown = Reflect.get(db, name);
        return typeof member === 'function' ? member.bind(db) : member;
      },
    });
    await fireWith({ DB }, `${HANGUP}?from=${newCaller()}`);
    expect(queries).toBe(2);
    for (const path of [HANGUP, '/webhook/jive/lakeside-hangup-en']) {
      expect(await fireWith({ DB }, `${path}?from=${newCaller()}`)).toMatchObject(texting);
    }
    expect(queries).toBe(2);
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
