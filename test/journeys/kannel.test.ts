import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { kannel } from '../../src/carriers/kannel.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData } from '../empty-data.ts';

const LINE = '+12062020100';
const CALLER = '+12062020142';
const TOKEN = 'token of the callbacks';
const ORIGIN = 'https://offhook.example';

beforeEach(async () => {
  await emptyData();
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO practices (id, name, kind, time_zone)
       VALUES ('lakeside', 'Lakeside', 'call-center', 'America/Los_Angeles')`,
    ),
    env.DB.prepare(
      `INSERT INTO lines (id, practice_id, name, number, carrier)
       VALUES ('line', 'lakeside', 'Main', ?, 'kannel'), ('other', 'lakeside', 'Other', '+12062020101', 'simulator')`,
    ).bind(LINE),
    env.DB.prepare(
      `INSERT INTO triggers (id, line_id, use_case, language, token, text)
       VALUES ('t', 'line', 'call-to-text', 'en', 'secret-token', 'Sorry for the hold.')`,
    ),
  ]);
});

afterEach(() => vi.restoreAllMocks());

describe('a text that Kannel hands over', () => {
  it('is in the conversation of its line and caller', async () => {
    const answer = await texted({ text: 'Are you open? ñ 😀', at: '1795455884' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await messagesOf(CALLER)).toMatchObject([
      { kind: 'text-in', body: 'Are you open? ñ 😀', delivery: null },
    ]);
  });

  it('has no second effect when it is handed over again', async () => {
    for (let n = 0; n < 3; n += 1) expect((await texted({ id: 'same' })).status).toBe(200);
    expect((await texted({ id: 'other' })).status).toBe(200);
    expect(await messagesOf(CALLER)).toHaveLength(2);
  });

  it('is known again by what is in it, where it has no id', async () => {
    for (const at of ['1795455884', '1795455884', '1795455885']) {
      expect((await texted({ id: '', at })).status).toBe(200);
    }
    expect((await texted({ id: '', at: '1795455884', text: 'Hello?' })).status).toBe(200);
    expect((await messagesOf(CALLER)).map(({ body }) => body)).toEqual(['Hello', 'Hello', 'Hello?']);
  });

  it.each([
    ['+12062020142', '+12062020100'],
    [' 12062020142', ' 12062020100'],
    ['12062020142', '12062020100'],
    ['2062020142', '2062020100'],
    ['0012062020142', '01112062020100'],
  ])('is from %j to %j, however the centre writes numbers', async (from, to) => {
    expect((await texted({ from, to })).status).toBe(200);
    expect(await messagesOf(CALLER)).toHaveLength(1);
  });

  it('may come from abroad', async () => {
    expect((await texted({ from: '447700900123' })).status).toBe(200);
    expect(await messagesOf('+447700900123')).toHaveLength(1);
  });

  it.each([
    ['UTF-8', 'text=S%C3%AD+%F0%9F%98%80&coding=0&charset=UTF-8', 'Sí 😀'],
    ['UTF-8, said by nobody', 'text=S%C3%AD+%F0%9F%98%80&coding=0', 'Sí 😀'],
    ['UTF-16, as by default', 'text=%00S%00%ED%00+%D8%3D%DE%00&coding=2&charset=UTF-16BE', 'Sí 😀'],
    ['UTF-16, told by the coding', 'text=%00S%00%ED%00+%D8%3D%DE%00&coding=2', 'Sí 😀'],
    ['UTF-16, cut in the middle of a character', 'text=%00S%00%ED%D8%3D&coding=2', 'Sí\uFFFD'],
    ['Latin', 'text=S%ED%21&coding=0&charset=WINDOWS-1252', 'Sí!'],
    ['eight bits of nobody knows what', 'text=S%ED%21&coding=1&charset=8-BIT', 'Sí!'],
    ['UTF-8 that it is not', 'text=S%ED%21&coding=0&charset=UTF-8', 'Sí!'],
  ])('is read in the encoding it came in: %s', async (_, text, body) => {
    const query = `${new URLSearchParams({ token: TOKEN, from: CALLER, to: LINE, id: '1' })}&${text}`;
    expect((await get(`/carriers/kannel/messages?${query}`)).status).toBe(200);
    expect(await messagesOf(CALLER)).toMatchObject([{ body }]);
  });

  it.each([
    ['comes from a short code', { from: '72975' }],
    ['comes from a name', { from: 'BANK' }],
    ['is empty', { text: '' }],
  ])('is taken and left when it %s', async (_, changes) => {
    expect((await texted(changes)).status).toBe(200);
    expect(await messagesOf(CALLER)).toEqual([]);
  });

  it.each([
    ['no token', { token: undefined }],
    ['an empty token', { token: '' }],
    ['another token', { token: 'guessed' }],
    ['a token that only begins right', { token: TOKEN.slice(0, -1) }],
    ['a token that goes on', { token: `${TOKEN}x` }],
  ])('leaves nothing behind with %s', async (_, changes) => {
    expect(await codeOf(texted(changes))).toBe('403 bad-signature');
    expect(await messagesOf(CALLER)).toEqual([]);
  });

  it('leaves nothing behind where no token was set, not even with an empty one', async () => {
    for (const token of ['', 'undefined', TOKEN]) {
      for (const set of [{ KANNEL_CALLBACK_TOKEN: '' }, { KANNEL_CALLBACK_TOKEN: undefined }]) {
        const request = new Request(`${ORIGIN}/carriers/kannel/messages?${query({ ...TEXT, token })}`);
        const { KANNEL_CALLBACK_TOKEN: _, ...bindings } = env;
        const bound = set.KANNEL_CALLBACK_TOKEN === undefined ? bindings : { ...bindings, ...set };
        expect((await worker.fetch(request, bound, createExecutionContext())).status).toBe(403);
      }
    }
    expect(await messagesOf(CALLER)).toEqual([]);
  });

  it.each([
    ['no sender', { from: undefined }],
    ['an empty sender', { from: '' }],
    ['no receiver', { to: undefined }],
    ['a receiver that is no number', { to: 'lakeside' }],
    ['no text at all', { text: undefined }],
    ['neither id nor time', { id: '', at: undefined }],
    ['a time that is none', { at: 'yesterday' }],
    ['an id without end', { id: 'x'.repeat(101) }],
  ])('cannot be read with %s', async (_, changes) => {
    expect(await codeOf(texted(changes))).toBe('400 invalid-request');
    expect(await messagesOf(CALLER)).toEqual([]);
  });

  it('is refused where it makes no sense', async () => {
    expect(await codeOf(texted({ to: '+12062020199' }))).toBe('404 not-found');
    expect(await codeOf(texted({ to: '+12062020101' }))).toBe('404 not-found');
    const posted = get(`/carriers/kannel/messages?${query(TEXT)}`, { method: 'POST', body: 'x' });
    expect(await codeOf(posted)).toBe('405 wrong-method');
    expect(await codeOf(get('/carriers/kannel/nothing'))).toBe('404 not-found');
  });
});

describe('a report of Kannel', () => {
  it.each([
    ['1', { status: 'delivered', reason: null }],
    ['2', { status: 'undelivered', reason: 'unreachable' }],
    ['34', { status: 'undelivered', reason: 'unreachable' }],
    ['16', { status: 'failed', reason: 'refused' }],
    ['8', { status: 'sent', reason: null }],
    ['4', { status: 'sending', reason: null }],
    ['0', { status: 'sending', reason: null }],
  ])('of type %s turns the status', async (type, delivery) => {
    const report = await sentText({ outcome: 'unknown' });
    const answer = await reported({ ...report, type });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await messagesOf(CALLER)).toMatchObject([{ delivery }]);
  });

  it('may be early, late, or told again', async () => {
    const report = await sentText({ outcome: 'accepted', carrierId: 'c' });
    for (const type of ['1', '8', '1', '4', '8'])
      expect((await reported({ ...report, type })).status).toBe(200);
    expect(await messagesOf(CALLER)).toMatchObject([{ delivery: { status: 'delivered' } }]);
  });

  it('changes nothing with another token, or where it cannot be read', async () => {
    const report = await sentText({ outcome: 'unknown' });
    expect(await codeOf(reported({ ...report, token: 'guessed' }))).toBe('403 bad-signature');
    for (const changes of [
      { type: undefined },
      { type: '%d' },
      { type: '-1' },
      { attempt: '0' },
      { attempt: 'x' },
      { message: '' },
      { conversation: undefined },
    ]) {
      expect(await codeOf(reported({ ...report, ...changes })), JSON.stringify(changes)).toBe(
        '400 invalid-request',
      );
    }
    expect(await codeOf(reported({ ...report, conversation: 'f'.repeat(64) }))).toBe('404 not-found');
    expect(await messagesOf(CALLER)).toMatchObject([{ delivery: { status: 'sending' } }]);
  });
});

describe('sending by Kannel', () => {
  const text: TextOut = {
    conversationId: 'c0',
    messageId: 'm 1%/é',
    attempt: 2,
    from: LINE,
    to: CALLER,
    body: 'Which day suits you?',
  };
  const settings = {
    ...env,
    KANNEL_SENDSMS_URL: 'http://gateway.example:13013/cgi-bin/sendsms?smsc=main',
    KANNEL_USERNAME: 'offhook',
    KANNEL_PASSWORD: 'pass & word',
    KANNEL_CALLBACK_TOKEN: TOKEN,
    PUBLIC_ORIGIN: ORIGIN,
  };

  /** What Kannel is asked, while it answers like this. */
  function answering(status: number, body = '') {
    return vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(body, { status }));
  }

  it('asks for the text to be sent, and for reports on it', async () => {
    const asked = answering(202, '0: Accepted for delivery');
    expect(await kannel.send(settings, text)).toEqual({ outcome: 'accepted', carrierId: text.messageId });
    const address = new URL(`${asked.mock.calls[0]?.[0]}`);
    expect(address.origin + address.pathname).toBe('http://gateway.example:13013/cgi-bin/sendsms');
    const { 'dlr-url': reportAddress, ...sent } = Object.fromEntries(address.searchParams);
    expect(sent).toEqual({
      smsc: 'main',
      username: 'offhook',
      password: 'pass & word',
      from: LINE,
      to: CALLER,
      text: text.body,
      coding: '0',
      charset: 'UTF-8',
      'dlr-mask': '27',
    });
    // What Kannel makes of it: see urltrans_fill_escape_codes in its gw/urltrans.c.
    const report = new URL(`${reportAddress}`.replaceAll(/%[%d]/g, (code) => (code === '%d' ? '8' : '%')));
    expect(report.origin + report.pathname).toBe(`${ORIGIN}/carriers/kannel/status`);
    expect(Object.fromEntries(report.searchParams)).toEqual({
      token: TOKEN,
      conversation: text.conversationId,
      message: text.messageId,
      attempt: '2',
      type: '8',
    });
  });

  it.each([
    ['Perchè no? {ok} 5 €', '0'],
    ['¿Cómo estás?', '2'],
    ['😀', '2'],
  ])('says which alphabet %j takes', async (body, coding) => {
    const asked = answering(202);
    await kannel.send(settings, { ...text, body });
    const { searchParams } = new URL(`${asked.mock.calls[0]?.[0]}`);
    expect([searchParams.get('coding'), searchParams.get('text')]).toEqual([coding, body]);
  });

  it.each([
    [202, '3: Queued for later delivery', { outcome: 'accepted', carrierId: text.messageId }],
    [503, 'Temporal failure, try again later.', { outcome: 'later', delayMs: null }],
    [429, '', { outcome: 'later', delayMs: null }],
    [521, 'Web server is down', { outcome: 'later', delayMs: null }],
    [522, 'Connection timed out', { outcome: 'unknown' }],
    [400, "Garbage 'to' field, rejected", { outcome: 'refused', reason: 'refused' }],
    [403, 'Authorization failed for sendsms', { outcome: 'refused', reason: 'account' }],
    [404, '', { outcome: 'refused', reason: 'account' }],
    [500, 'Sending failed.', { outcome: 'unknown' }],
    [502, '', { outcome: 'unknown' }],
    [200, 'Something else that listens there', { outcome: 'unknown' }],
    [302, '', { outcome: 'unknown' }],
  ])('is told %i %s', async (status, body, outcome) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    answering(status, body);
    expect(await kannel.send(settings, text)).toEqual(outcome);
  });

  it('waits as long as a gateway without room asks for', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const headers = { 'Retry-After': '30' };
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('', { status: 503, headers }));
    expect(await kannel.send(settings, text)).toEqual({ outcome: 'later', delayMs: 30_000 });
  });

  it('cannot say what became of it when there is no answer, and logs nothing that is private', async () => {
    const log = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError(`no way to ${CALLER} with pass & word`));
    expect(await kannel.send(settings, text)).toEqual({ outcome: 'unknown' });
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/206202|pass|day suits/);
    expect(await kannel.lookUp(settings, text, Date.now())).toEqual({ found: 'unknown' });
  });

  it.each([
    ['KANNEL_SENDSMS_URL', ''],
    ['KANNEL_SENDSMS_URL', 'no address'],
    ['KANNEL_USERNAME', ''],
    ['KANNEL_PASSWORD', ''],
    ['KANNEL_CALLBACK_TOKEN', ''],
    ['PUBLIC_ORIGIN', ''],
  ])('is refused, and says so, where %s is %j', async (name, value) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const asked = answering(202);
    expect(await kannel.send({ ...settings, [name]: value }, text)).toMatchObject({ outcome: 'refused' });
    expect(asked).not.toHaveBeenCalled();
    expect(log.mock.calls.flat().join(' ')).toContain(name);
  });
});

type Query = Record<string, string | undefined>;

const TEXT: Query = { token: TOKEN, from: CALLER, to: LINE, text: 'Hello', id: 'k-1', coding: '0', at: '1' };

function texted(changes: Query): Promise<Response> {
  return get(`/carriers/kannel/messages?${query({ ...TEXT, ...changes })}`);
}

function reported(report: Query): Promise<Response> {
  return get(`/carriers/kannel/status?${query({ token: TOKEN, type: '1', ...report })}`);
}

function query(parameters: Query): URLSearchParams {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return new URLSearchParams(given);
}

async function get(path: string, init?: RequestInit): Promise<Response> {
  const bindings = { ...env, KANNEL_CALLBACK_TOKEN: TOKEN };
  return worker.fetch(new Request(ORIGIN + path, init), bindings, createExecutionContext());
}

async function codeOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  return `${response.status} ${(await response.json<{ error: { code: string } }>()).error.code}`;
}

/** An automatic text that was given to Kannel, and what its reports are about. */
async function sentText(outcome: Awaited<ReturnType<typeof kannel.send>>): Promise<Query> {
  const send = vi.spyOn(kannel, 'send').mockResolvedValue(outcome);
  const fired = await get('/hooks/demo/call-to-text/secret-token?CALLER_ID_NUMBER=2062020142');
  expect(await fired.json()).toMatchObject({ result: 'texting' });
  await vi.waitFor(() => expect(send).toHaveBeenCalled());
  const text = send.mock.calls[0]?.[1];
  return { conversation: text?.conversationId, message: text?.messageId, attempt: `${text?.attempt}` };
}

async function messagesOf(caller: string) {
  const access = { staff: { id: 's', name: 'S' }, practiceIds: ['lakeside'] };
  const read = await conversationOf(env, 'line', caller).read(access, null);
  return read.outcome === 'read' ? read.messages : [];
}
