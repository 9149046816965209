import { createExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SIGNATURE_HEADER, sign } from '../../src/carriers/simulator-signature.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData } from '../empty-data.ts';

vi.setConfig({ testTimeout: 20_000 });

const LINE = '+12062020100';
const CALLER = '+12062020142';
const PHONE = '2062020142';
const ORIGIN = 'https://offhook.example';

beforeEach(async () => {
  await emptyData();
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO practices (id, name, kind, time_zone)
       VALUES ('lakeside', 'Lakeside', 'call-center', 'America/Los_Angeles')`,
    ),
    env.DB.prepare(
      `INSERT INTO lines (id, practice_id, name, number, carrier, segments_per_second)
       VALUES ('line', 'lakeside', 'Main', ?, 'simulator', 100)`,
    ).bind(LINE),
    env.DB.prepare(
      `INSERT INTO triggers (id, line_id, use_case, language, token, text)
       VALUES ('t', 'line', 'call-to-text', 'en', 'secret-token', 'Sorry for the hold.')`,
    ),
  ]);
});

describe('a phone', () => {
  it('writes to a line, and its conversation has the text once', async () => {
    const answer = await post(`/simulator/handsets/${PHONE}/messages`, {
      to: '206-202-0100',
      body: 'Are you open?',
    });
    expect(answer.status).toBe(202);
    const { message } = await answer.json<{ message: object }>();
    expect(message).toMatchObject({ from: CALLER, to: LINE, body: 'Are you open?', direction: 'sent' });
    await eventually(async () => expect(await textsOnPhone()).toEqual([{ ...message, isDelivered: true }]));
    expect(await messagesOf(CALLER)).toMatchObject([{ kind: 'text-in', body: 'Are you open?' }]);
  });

  it('gets the automatic text of a call, and reports that it arrived', async () => {
    const answer = await post('/simulator/calls', callWith({}));
    expect(await answer.json()).toEqual({
      useCase: 'call-to-text',
      sent: { CALLER_ID_NUMBER: PHONE, call_id: 'call-1', waited_seconds: 42 },
      status: 200,
      answer: { result: 'texting', conversation: expect.any(String) },
    });
    await eventually(async () => {
      expect(await textsOnPhone()).toMatchObject([
        { from: LINE, body: 'Sorry for the hold.', direction: 'received' },
      ]);
      expect(await messagesOf(CALLER)).toMatchObject([
        { kind: 'automatic', delivery: { status: 'delivered' } },
      ]);
    });
  });

  it.each([
    ['is a landline', '2065550006', { status: 'undelivered', reason: 'landline' }],
    ['cannot be reached', '2065550003', { status: 'undelivered', reason: 'unreachable' }],
    ['has blocked the line', '2065550010', { status: 'failed', reason: 'blocked' }],
  ])('that %s gets no text, and the conversation knows why', async (_, number, delivery) => {
    await post('/simulator/calls', callWith({ from: number }));
    await eventually(async () => expect((await messagesOf(`+1${number}`))[0]).toMatchObject({ delivery }));
    expect(await textsOnPhone(number)).toEqual([]);
  });
});

describe('the phone system of the simulator', () => {
  it('lists what one can call, without the tokens', async () => {
    const answer = await get('/simulator/lines');
    expect(await answer.json()).toEqual({
      lines: [
        {
          practiceName: 'Lakeside',
          id: 'line',
          name: 'Main',
          number: LINE,
          triggers: [{ useCase: 'call-to-text', language: 'en' }],
        },
      ],
    });
  });

  it('has no trigger for another language or line', async () => {
    expect(await codeOf(post('/simulator/calls', callWith({ language: 'es' })))).toBe('404 not-found');
    expect(await codeOf(post('/simulator/calls', callWith({ lineId: 'other' })))).toBe('404 not-found');
  });
});

describe('a webhook of the simulated carrier', () => {
  const text = { messageId: 'sim-1', from: CALLER, to: LINE, body: 'Hello', at: 1 };

  it('has the same answer and no second effect when it is repeated', async () => {
    expect((await signed('/carriers/simulator/messages', text)).status).toBe(204);
    expect((await signed('/carriers/simulator/messages', text)).status).toBe(204);
    expect(await messagesOf(CALLER)).toHaveLength(1);
  });

  it.each([
    ['unsigned', {}],
    ['signed with another secret', { secret: 'guessed' }],
    ['signed for another address', { signedPath: '/carriers/simulator/status' }],
    ['signed over another body', { signedBody: '{}' }],
    ['signed six minutes ago', { at: Date.now() - 360_000 }],
  ])('leaves nothing behind when it is %s', async (how, forged) => {
    const path = '/carriers/simulator/messages';
    const sent = how === 'unsigned' ? post(path, text) : signed(path, text, forged);
    expect(await codeOf(sent)).toBe('403 bad-signature');
    expect(await messagesOf(CALLER)).toEqual([]);
  });

  it('is refused where it makes no sense', async () => {
    const to = (path: string, body: unknown) => codeOf(signed(path, body));
    const path = '/carriers/simulator/messages';
    expect(await to(path, { ...text, to: '+12062020199' })).toBe('404 not-found');
    expect(await to(path, { ...text, from: 'anonymous' })).toBe('400 invalid-request');
    expect(await to(path, { ...text, body: 'x'.repeat(1601) })).toBe('400 invalid-request');
    expect(await to(path, 'not json')).toBe('400 invalid-request');
    expect(await to(path, { ...text, body: 'x'.repeat(65_536) })).toBe('413 too-large');
    const report = {
      conversationId: 'f'.repeat(64),
      messageId: 'm',
      attempt: 1,
      status: 'sent',
      reason: null,
    };
    expect(await to('/carriers/simulator/status', report)).toBe('404 not-found');
    expect(await to('/carriers/simulator/status', { ...report, status: 'queued' })).toBe(
      '400 invalid-request',
    );
  });

  it('must be posted as JSON to a carrier that is there', async () => {
    const got = await get('/carriers/simulator/messages');
    expect(got.headers.get('Allow')).toBe('POST');
    expect(await codeOf(Promise.resolve(got))).toBe('405 wrong-method');
    const form = request('/carriers/simulator/messages', {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    expect(await codeOf(form)).toBe('403 bad-signature');
    expect(await codeOf(post('/carriers/nobody/messages', text))).toBe('404 not-found');
    expect(await codeOf(post('/carriers/simulator/else', text))).toBe('404 not-found');
  });
});

describe('the handset API', () => {
  it('says what is wrong with a request', async () => {
    const path = `/simulator/handsets/${PHONE}/messages`;
    expect(await codeOf(get('/simulator/handsets/206555/messages'))).toBe('400 invalid-request');
    expect(await codeOf(post('/simulator/handsets/%2B12065550142/messages', {}))).toBe('400 invalid-request');
    expect(await codeOf(post(path, { to: '2062020199', body: 'Hi' }))).toBe('400 invalid-request');
    expect(await codeOf(post(path, { to: 'the clinic', body: 'Hi' }))).toBe('400 invalid-request');
    expect(await codeOf(post(path, { to: LINE, body: '' }))).toBe('400 invalid-request');
    expect(await codeOf(post(path, { to: LINE, body: 'x'.repeat(1601) }))).toBe('400 invalid-request');
    expect(await codeOf(post(path, { to: LINE, body: 'x'.repeat(20_000) }))).toBe('413 too-large');
    const headers = { 'Content-Type': 'application/json' };
    expect(await codeOf(request(path, { method: 'POST', headers, body: '{' }))).toBe('400 malformed-request');
    expect(await codeOf(request(path, { method: 'POST', body: 'to=1' }))).toBe('415 wrong-media-type');
    const deleted = await request(path, { method: 'DELETE' });
    expect(deleted.headers.get('Allow')).toBe('GET, POST');
    expect(await codeOf(Promise.resolve(deleted))).toBe('405 wrong-method');
    expect(await codeOf(post('/simulator', {}))).toBe('405 wrong-method');
    expect(await codeOf(get('/simulator/calls'))).toBe('405 wrong-method');
    expect(await codeOf(get('/simulator/elsewhere'))).toBe('404 not-found');
    expect(await textsOnPhone()).toEqual([]);
  });

  it.each([
    '/simulator',
    '/simulator/lines',
    `/simulator/handsets/${PHONE}/messages`,
    '/carriers/simulator/messages',
  ])('is not there in production: %s', async (path) => {
    const production = { ...env, ENVIRONMENT: 'production' as const };
    const answer = await worker.fetch(new Request(ORIGIN + path), production, createExecutionContext());
    expect(answer.status).toBe(404);
  });
});

function request(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(ORIGIN + path, init);
}

function get(path: string): Promise<Response> {
  return request(path);
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

interface Forged {
  secret?: string;
  signedPath?: string;
  signedBody?: string;
  at?: number;
}

async function signed(path: string, payload: unknown, forged: Forged = {}): Promise<Response> {
  const secret = forged.secret ?? env.SIMULATOR_SECRET ?? '';
  const over = { path: forged.signedPath ?? path, body: forged.signedBody ?? JSON.stringify(payload) };
  return post(path, payload, { [SIGNATURE_HEADER]: await sign(secret, over, forged.at ?? Date.now()) });
}

function callWith(different: { from?: string; lineId?: string; language?: string }) {
  return {
    from: PHONE,
    lineId: 'line',
    useCase: 'call-to-text',
    language: 'en',
    callId: 'call-1',
    waitedSeconds: 42,
    ...different,
  };
}

async function textsOnPhone(number = PHONE): Promise<unknown[]> {
  const answer = await get(`/simulator/handsets/${number}/messages`);
  return (await answer.json<{ messages: unknown[] }>()).messages;
}

async function messagesOf(caller: string): Promise<unknown[]> {
  return (await conversationOf(env, 'line', caller).published(0))?.messages ?? [];
}

async function codeOf(answered: Promise<Response>): Promise<string> {
  const answer = await answered;
  const { error } = await answer.json<{ error: { code: string } }>();
  return `${answer.status} ${error.code}`;
}

/** Also on a machine that is busy with other things. */
function eventually(holds: () => Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 10_000, interval: 25 });
}
