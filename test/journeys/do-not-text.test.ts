import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Env } from '../../src/env.ts';
import { MAX_LISTED } from '../../src/practices/do-not-text.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { fire, fireWith, HANGUP, skipped, texting, textsTo } from './hook-request.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LIST = '/api/enterprise/do-not-text';
const CALLER = '2062020177';
const NUMBER = `+1${CALLER}`;
const ENTRY = { number: '(206) 202-0177', reason: 'Asked on the phone' };
const HARBOR_HANGUP = '/hooks/demo/abandoned-call/harbor-hangup-en';

let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  // Every call is texted: what spares a caller another text has tests of its own.
  await env.DB.prepare('UPDATE triggers SET cooldown_minutes = 0, live_minutes = 0').run();
  await openAroundTheClock();
  admin = await signedInAs('admin@offhook.example');
});
afterEach(() => vi.restoreAllMocks());

const take = (number: string, browser = admin) =>
  browser.ask(`${LIST}/${encodeURIComponent(number)}`, { method: 'DELETE' });

async function numbers(query = ''): Promise<string[]> {
  const { numbers } = await (await admin.ask(LIST + query)).json<{ numbers: { number: string }[] }>();
  return numbers.map(({ number }) => number);
}

/** What the staff of a practice get when they reply. */
async function replyOf(lineId: 'lakeside-main' | 'harbor-main'): Promise<Response> {
  const practice = lineId === 'harbor-main' ? 'harbor' : 'lakeside';
  const staff = await signedInAs(`staff@${practice}.example`);
  const id = conversationOf(env, lineId, NUMBER).id.toString();
  const json = { id: crypto.randomUUID(), kind: 'reply', body: 'Hello again' };
  return staff.post(`/api/conversations/${id}/messages`, json);
}

describe('the do-not-text list of the enterprise', () => {
  it('ends the texts of every line to a number, and lets them begin again', async () => {
    await fire(`${HANGUP}?from=${CALLER}`);
    await fire(`${HARBOR_HANGUP}?from=${CALLER}`);
    const put = await admin.post(LIST, ENTRY);
    expect(put.status).toBe(201);
    expect(await put.json()).toEqual({
      listed: {
        number: NUMBER,
        reason: ENTRY.reason,
        addedBy: { id: 'admin', name: 'Jo Lindqvist' },
        addedAt: expect.any(Number),
      },
    });
    for (const path of [HANGUP, HARBOR_HANGUP])
      expect(await fire(`${path}?from=${CALLER}`)).toMatchObject(skipped('opted-out'));
    for (const line of ['lakeside-main', 'harbor-main'] as const) {
      const refused = await replyOf(line);
      expect([refused.status, await codeOf(refused)]).toEqual([409, 'do-not-text']);
    }
    expect((await take(CALLER)).status).toBe(204);
    expect(await numbers()).toEqual([]);
    expect(await fire(`${HANGUP}?from=${CALLER}`)).toMatchObject(texting);
    for (const line of ['lakeside-main', 'harbor-main'] as const)
      expect((await replyOf(line)).status).toBe(201);
  });

  it('is known to a conversation that begins afterwards, by a text', async () => {
    await admin.post(LIST, ENTRY);
    await fire(`/simulator/handsets/${CALLER}/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ to: '2062020100', body: 'HELP' }),
    });
    await vi.waitFor(async () => expect((await replyOf('lakeside-main')).status).toBe(409));
    expect((await textsTo(CALLER)).map(({ body }) => body)).toEqual(['HELP']);
  });

  it('begins no conversation by itself, nor does a trigger of a number on it', async () => {
    await admin.post(LIST, ENTRY);
    const skippedOne = await fire(`${HANGUP}?from=${CALLER}`);
    expect(skippedOne.answer).toEqual({ result: 'skipped', reason: 'opted-out' });
    expect((await replyOf('lakeside-main')).status).toBe(404);
  });

  it('costs a warm trigger no query', async () => {
    await admin.post(LIST, ENTRY);
    await fire(`${HANGUP}?from=${CALLER}`);
    const prepare = vi.fn();
    const DB = { prepare, batch: prepare } as unknown as D1Database;
    expect(await fireWith({ DB }, `${HANGUP}?from=${CALLER}`)).toMatchObject(skipped('opted-out'));
    expect(prepare).not.toHaveBeenCalled();
  });

  it('keeps the first entry when a number is put on it again', async () => {
    await admin.post(LIST, ENTRY);
    const again = await admin.post(LIST, { number: '+1 206.202.0177', reason: 'Once more' });
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ listed: { reason: ENTRY.reason } });
    expect(await numbers()).toEqual([NUMBER]);
    expect((await take(CALLER)).status).toBe(204);
    expect((await take(CALLER)).status).toBe(204);
  });

  it('can be searched by any digits, and is read page by page', async () => {
    await fill(250);
    await admin.post(LIST, ENTRY);
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Response = await admin.ask(`${LIST}?cursor=${cursor}`);
      const read: { numbers: { number: string }[]; nextCursor: string | null } = await page.json();
      found.push(...read.numbers.map(({ number }) => number));
      cursor = read.nextCursor;
    }
    expect(found).toEqual([...new Set(found)].toSorted());
    expect(found).toHaveLength(251);
    expect(await numbers('?q=(206)%20202-01')).toEqual([NUMBER]);
    expect(await numbers('?q=9999999')).toEqual([]);
    for (const query of ['?q=nobody', '?cursor=x', '?cursor=%2B12062020177'])
      expect((await admin.ask(LIST + query)).status).toBe(400);
  });

  it('holds no more than it may, and says so', async () => {
    await fill(MAX_LISTED - 1);
    // At the same moment, for the one place that is left.
    const numbered = [CALLER, '2062020178', '2062020179'];
    const answers = await Promise.all(
      numbered.map((number) => admin.post(LIST, { number, reason: 'No texts' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const refused = await admin.post(LIST, { number: '2062020180', reason: 'No texts' });
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'list-full']);
    // What is on it can be told again.
    const [first = ''] = await numbers();
    expect((await admin.post(LIST, { number: first, reason: 'Again' })).status).toBe(200);
  });
});

async function fill(count: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO do_not_text SELECT '+1415' || (2000000 + i), 'Import', 'admin', i FROM n`,
  )
    .bind(count)
    .run();
}

describe('refused', () => {
  it.each(['staff@lakeside.example', 'manager@lakeside.example', 'staff@harbor.example'])(
    'to %s, who is no admin',
    async (email) => {
      const browser = await signedInAs(email);
      for (const answer of [
        await browser.ask(LIST),
        await browser.post(LIST, ENTRY),
        await take(CALLER, browser),
      ]) {
        expect([answer.status, await codeOf(answer)]).toEqual([403, 'not-allowed']);
      }
      expect(await numbers()).toEqual([]);
    },
  );

  it.each([
    [{ number: '123', reason: 'x' }, 'US phone number'],
    [{ number: '', reason: 'x' }, 'US phone number'],
    [{ number: 'anonymous', reason: 'x' }, 'US phone number'],
    [{ number: '800 234 5678', reason: 'x' }, 'toll-free'],
    [{ number: '206 555 0123', reason: 'x' }, 'examples'],
    [{ number: '+44 20 7946 0958', reason: 'x' }, 'only US numbers'],
    [{ number: '9'.repeat(201), reason: 'x' }, 'number'],
    [{ number: CALLER, reason: '  ' }, 'Say why'],
    [{ number: CALLER, reason: 'x'.repeat(201) }, '200'],
    [{ number: CALLER }, 'reason'],
    [{ number: 2062020177, reason: 'x' }, 'number'],
  ])('%j, in words', async (entry, words) => {
    const answer = await admin.post(LIST, entry);
    expect(answer.status).toBe(400);
    expect((await answer.json<{ error: { message: string } }>()).error.message).toContain(words);
    expect(await numbers()).toEqual([]);
  });

  it('to take off what is no number, and other methods', async () => {
    expect((await take('nobody')).status).toBe(400);
    expect((await admin.ask(LIST, { method: 'PUT', json: {} })).status).toBe(405);
    expect((await admin.patch(`${LIST}/${CALLER}`, {})).status).toBe(405);
  });
});

describe('a line that cannot be told', () => {
  /** Through the same Worker, where the conversation of one line is out of reach. */
  async function asked(method: 'POST' | 'DELETE', unreachable: string): Promise<Response> {
    const CONVERSATION = new Proxy(env.CONVERSATION, {
      get(namespace, name) {
        if (name === 'idFromName')
          return (key: string) => (key.startsWith(unreachable) ? key : namespace.idFromName(key));
        if (name === 'get') {
          return (id: DurableObjectId | string) =>
            typeof id === 'string'
              ? { recordDoNotText: () => Promise.reject(new Error('gone')) }
              : namespace.get(id);
        }
        return Reflect.get(namespace, name);
      },
    }) as Env['CONVERSATION'];
    const path = method === 'POST' ? LIST : `${LIST}/${CALLER}`;
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(ORIGIN + path, {
      method,
      headers: { Cookie: cookie, Origin: ORIGIN, 'Content-Type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify(ENTRY) } : {}),
    });
    vi.spyOn(console, 'error').mockImplementation(() => {});
    return worker.fetch(request, { ...env, CONVERSATION }, createExecutionContext());
  }

  it('is named as not told, and the same request once more completes it', async () => {
    await fire(`${HANGUP}?from=${CALLER}`);
    await fire(`${HARBOR_HANGUP}?from=${CALLER}`);
    const half = await asked('POST', 'harbor-main');
    expect([half.status, half.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await half.json<{ error: { message: string } }>()).error.message).toContain('add it again');
    expect(await numbers()).toEqual([NUMBER]);
    expect((await replyOf('lakeside-main')).status).toBe(409);
    expect((await replyOf('harbor-main')).status).toBe(201);
    expect((await admin.post(LIST, ENTRY)).status).toBe(200);
    expect((await replyOf('harbor-main')).status).toBe(409);

    expect((await asked('DELETE', 'lakeside-main')).status).toBe(503);
    expect((await replyOf('lakeside-main')).status).toBe(409);
    expect((await take(CALLER)).status).toBe(204);
    expect((await replyOf('lakeside-main')).status).toBe(201);
  });

  it('and two admins who change their minds at the same moment leave all lines of one mind', async () => {
    await fire(`${HANGUP}?from=${CALLER}`);
    await fire(`${HARBOR_HANGUP}?from=${CALLER}`);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([admin.post(LIST, ENTRY), take(CALLER), admin.post(LIST, ENTRY)]);
      const expected = (await numbers()).length === 1 ? 409 : 201;
      expect((await replyOf('lakeside-main')).status).toBe(expected);
      expect((await replyOf('harbor-main')).status).toBe(expected);
    }
  });
});
