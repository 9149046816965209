import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { telnyx } from '../../src/carriers/telnyx.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Env } from '../../src/env.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { TelnyxSigner } from '../telnyx-signer.ts';
import { type StaffBrowser, signedInAs } from './staff-browser.ts';
import { type Asked, BASE, KEY, TelnyxApi } from './telnyx-api.ts';

const LINE = '+12062020100';
const CALLER = '+12062020142';
const ORIGIN = 'https://offhook.example';

const signer = await TelnyxSigner.withNewKey();

const SETTINGS = {
  TELNYX_API_KEY: KEY,
  TELNYX_PUBLIC_KEY: signer.publicKey,
  TELNYX_API_BASE: BASE,
  PUBLIC_ORIGIN: ORIGIN,
};

const { send } = telnyx;

let api: TelnyxApi;
let ana: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'telnyx' WHERE id = 'lakeside-main'").run();
  ana = await signedInAs('staff@lakeside.example');
  api = new TelnyxApi();
  // The objects have the bindings of wrangler.toml; these settings are added on the way to the carrier.
  vi.spyOn(telnyx, 'send').mockImplementation((bindings, text) => send({ ...bindings, ...SETTINGS }, text));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => vi.restoreAllMocks());

describe('a line at Telnyx', () => {
  it('carries a conversation both ways', async () => {
    const id = await fire();
    const first = await taken(1);
    expect(first).toEqual({
      from: LINE,
      to: CALLER,
      text: expect.stringContaining('Lakeside Family Clinic'),
      webhook_url: expect.stringMatching(`^${ORIGIN}/carriers/telnyx/status[?]conversation=${id}&message=`),
      use_profile_webhooks: false,
    });
    await eventually(async () => expect(await deliveries()).toMatchObject([{ status: 'sent', attempt: 1 }]));
    await reported(first, 'message.finalized', 'delivered');
    expect(await deliveries()).toMatchObject([{ status: 'delivered', reason: null }]);

    const answer = await hook('/carriers/telnyx/messages', received({ text: '¿Están abiertos? 😀' }));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    await eventually(async () =>
      expect(await inbox('needs-reply')).toMatchObject([
        { id, unread: 1, last: { kind: 'text-in', snippet: '¿Están abiertos? 😀' } },
      ]),
    );

    const reply = { id: crypto.randomUUID(), kind: 'reply', body: 'Sí, hasta las cinco.' };
    expect((await ana.post(`/api/conversations/${id}/messages`, reply)).status).toBe(201);
    const second = await taken(2);
    expect(second).toMatchObject({ from: LINE, to: CALLER, text: reply.body });
    expect(new URL(second.webhook_url).searchParams.get('message')).toBe(reply.id);
    await reported(second, 'message.finalized', 'delivered');
    expect(await deliveries()).toMatchObject([{ status: 'delivered' }, { status: 'delivered' }]);
  });

  it('leaves STOP, HELP and START for Telnyx to answer', async () => {
    for (const [number, text] of ['HELP', 'STOP', 'START'].entries()) {
      expect((await hook('/carriers/telnyx/messages', received({ id: `text-${number}`, text }))).status).toBe(
        200,
      );
    }
    await eventually(async () => expect(await inbox()).toMatchObject([{ unread: 3 }]));
    expect(api.taken).toEqual([]);
  });
});

describe('a report', () => {
  const told = ['queued', 'sending', 'sent', 'delivered'];

  it.each([
    ['in order', told],
    ['backwards', told.toReversed()],
    ['three times each', told.flatMap((status) => [status, status, status])],
    ['three times each and mixed', ['delivered', 'sent', 'sent', 'queued', 'delivered', 'sent', 'delivered']],
  ])('may be told %s: the status never goes back', async (_, statuses) => {
    await fire();
    const text = await taken(1);
    const seen: string[] = [];
    for (const status of statuses) {
      const event = status === 'delivered' ? 'message.finalized' : 'message.sent';
      expect((await reported(text, event, status)).status).toBe(200);
      seen.push((await deliveries())[0]?.status ?? '');
    }
    const from = statuses.indexOf('delivered');
    expect(seen.slice(from)).toEqual(seen.slice(from).map(() => 'delivered'));
    expect(seen.slice(0, from)).toEqual(seen.slice(0, from).map(() => 'sent'));
    expect(api.taken).toHaveLength(1);
  });

  it('told five times at once counts once', async () => {
    await fire();
    const text = await taken(1);
    const told = await Promise.all(
      [1, 2, 3, 4, 5].map(() => reported(text, 'message.finalized', 'delivery_failed', '40001')),
    );
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await deliveries()).toMatchObject([{ status: 'undelivered', reason: 'landline' }]);
  });

  it.each([
    ['delivery_unconfirmed', undefined, { status: 'sent', reason: null }],
    ['delivery_failed', '40001', { status: 'undelivered', reason: 'landline' }],
    ['delivery_failed', '40002', { status: 'undelivered', reason: 'spam-filtered' }],
    ['delivery_failed', '40003', { status: 'undelivered', reason: 'spam-filtered' }],
    ['delivery_failed', '40008', { status: 'undelivered', reason: 'unreachable' }],
    ['delivery_failed', '40300', { status: 'undelivered', reason: 'blocked' }],
    ['delivery_failed', '40010', { status: 'undelivered', reason: 'account' }],
    ['delivery_failed', '49999', { status: 'undelivered', reason: 'unreachable' }],
    ['sending_failed', '40012', { status: 'failed', reason: 'invalid-number' }],
    ['sending_failed', undefined, { status: 'failed', reason: 'refused' }],
    ['expired', '40014', { status: 'failed', reason: 'refused' }],
  ])('that says %s, code %s, turns the status', async (status, code, delivery) => {
    await fire();
    await reported(await taken(1), 'message.finalized', status, code);
    expect(await deliveries()).toMatchObject([delivery]);
  });

  it('of a landline is remembered: the next call leads to no text', async () => {
    await fire();
    await reported(await taken(1), 'message.finalized', 'delivery_failed', '40001');
    expect(await firing()).toMatchObject({ result: 'skipped', reason: 'landline' });
    await eventually(async () => expect(await inbox()).toMatchObject([{ problem: 'landline' }]));
    expect(api.taken).toHaveLength(1);
  });

  it('settles a text whose answer got lost', async () => {
    let lost: Asked | undefined;
    api.willAnswer(async (request) => {
      lost = await request.json();
      throw new TypeError('reset');
    });
    await fire();
    await vi.waitFor(() => expect(lost).toBeDefined());
    expect(await deliveries()).toMatchObject([{ status: 'sending' }]);
    await reported(lost as Asked, 'message.sent', 'queued');
    expect(await deliveries()).toMatchObject([{ status: 'sent' }]);
    expect(api.taken).toEqual([]);
  });

  it.each([
    ['message.finalized', 'delivered', '/carriers/telnyx/status', 200],
    ['message.finalized', 'something-new', 'ours', 200],
    ['messaging-profile.spend-limit-reached', 'delivered', 'ours', 200],
    ['message.read', 'delivered', 'ours', 200],
    ['message.received', 'delivered', 'ours', 400],
  ])('%s, %s to %s changes nothing', async (event, status, path, expected) => {
    await fire();
    const text = await taken(1);
    await eventually(async () => expect(await deliveries()).toMatchObject([{ status: 'sent' }]));
    const address = path === 'ours' ? text.webhook_url : ORIGIN + path;
    expect((await reported({ ...text, webhook_url: address }, event, status)).status).toBe(expected);
    expect(await deliveries()).toMatchObject([{ status: 'sent' }]);
  });

  it('of a conversation that is not there is not found', async () => {
    const address = `${ORIGIN}/carriers/telnyx/status?conversation=${'f'.repeat(64)}&message=m&attempt=1`;
    const text = { from: LINE, to: CALLER, text: 'Hello', webhook_url: address, use_profile_webhooks: false };
    expect((await reported(text, 'message.finalized', 'delivered')).status).toBe(404);
  });
});

describe('a text in', () => {
  it('that comes five times at once is there once', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => hook('/carriers/telnyx/messages', received({ text: 'Hello?' }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await messages()).toMatchObject([{ kind: 'text-in', body: 'Hello?' }]);
    await eventually(async () => expect(await inbox('needs-reply')).toMatchObject([{ unread: 1 }]));
  });

  it('that comes again in another event is there once; another text with the same words is another', async () => {
    for (const id of ['text-1', 'text-1', 'text-2']) {
      await hook('/carriers/telnyx/messages', { ...received({ id, text: 'Hello?' }) });
    }
    expect(await messages()).toHaveLength(2);
  });

  it.each([
    [{ text: 'Look', media: [{ content_type: 'image/jpeg' }] }, 'Look', ['image/jpeg']],
    [
      { text: '', media: [{ content_type: 'image/png' }, { content_type: 'video/mp4', url: null }] },
      '',
      ['image/png', 'video/mp4'],
    ],
    [{ text: null, media: [{ content_type: null }] }, '', ['application/octet-stream']],
    [{ text: ' ', media: null }, '(a text without words)', []],
  ])('with more or less than words says so: %j', async (payload, body, types) => {
    expect((await hook('/carriers/telnyx/messages', received(payload))).status).toBe(200);
    const media = types.map((contentType) => ({ contentType }));
    expect(await messages()).toMatchObject([{ body, media }]);
  });

  it.each([
    ['comes from a short code', received({ from: { phone_number: '72975' } })],
    ['comes from a name', received({ from: { phone_number: 'BANK' } })],
    ['is an event about something else', event('message.finalized', { id: 'x' })],
  ])('is taken and left when it %s', async (_, body) => {
    expect((await hook('/carriers/telnyx/messages', body)).status).toBe(200);
    expect(await messages()).toEqual([]);
  });

  it('that makes no sense is refused', async () => {
    const told = async (payload: unknown) => (await hook('/carriers/telnyx/messages', payload)).status;
    for (const rubbish of ['', 'rubbish', 'null', '[]', '{"data":{"payload":{}}}']) {
      expect(await told(rubbish), rubbish).toBe(400);
    }
    expect(await told(event('message.received', null))).toBe(400);
    for (const changes of [
      { to: [] },
      { to: null },
      { from: CALLER },
      { id: '' },
      { text: 7 },
      { media: {} },
    ]) {
      expect(await told(received(changes)), JSON.stringify(changes)).toBe(400);
    }
    expect(await told(received({ to: [{ phone_number: '+12062020199' }] }))).toBe(404);
    expect(await messages()).toEqual([]);
  });

  it('to a line of another carrier is not found', async () => {
    await env.DB.prepare("UPDATE lines SET carrier = 'simulator' WHERE id = 'lakeside-main'").run();
    expect((await hook('/carriers/telnyx/messages', received({}))).status).toBe(404);
  });
});

describe('a forged webhook leaves nothing behind', () => {
  const body = JSON.stringify(received({ text: 'Hello' }));

  it.each([
    ['unsigned', async () => new Headers()],
    ['signed by somebody else', async () => (await TelnyxSigner.withNewKey()).headers(body, Date.now())],
    ['signed over another body', () => signer.headers(body.replace('Hello', 'Hallo'), Date.now())],
    ['signed six minutes ago', () => signer.headers(body, Date.now() - 360_000)],
    ['signed in six minutes', () => signer.headers(body, Date.now() + 360_000)],
  ])('when it is %s', async (_, headers) => {
    const answer = await posted('/carriers/telnyx/messages', body, await headers());
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'bad-signature' } });
    expect(await messages()).toEqual([]);
  });

  it('where no public key is set', async () => {
    const { TELNYX_PUBLIC_KEY: _, ...settings } = SETTINGS;
    for (const bindings of [settings, { ...settings, TELNYX_PUBLIC_KEY: '' }]) {
      const headers = await signer.headers(body, Date.now());
      expect((await posted('/carriers/telnyx/messages', body, headers, bindings)).status).toBe(403);
    }
    expect(await messages()).toEqual([]);
  });

  it('when it is a report', async () => {
    await fire();
    const text = await taken(1);
    await eventually(async () => expect(await deliveries()).toMatchObject([{ status: 'sent' }]));
    const report = JSON.stringify(event('message.finalized', { to: [{ status: 'delivered' }] }));
    const { pathname, search } = new URL(text.webhook_url);
    const headers = await signer.headers(report, Date.now() - 360_000);
    expect((await posted(pathname + search, report, headers)).status).toBe(403);
    expect(await deliveries()).toMatchObject([{ status: 'sent' }]);
  });

  it('and must be posted as JSON to begin with', async () => {
    const request = (init: RequestInit) => asking('/carriers/telnyx/messages', init, SETTINGS);
    expect((await request({ method: 'GET' })).status).toBe(405);
    const form = 'a=b';
    const headers = await signer.headers(form, Date.now());
    headers.set('Content-Type', 'application/x-www-form-urlencoded');
    expect((await request({ method: 'POST', body: form, headers })).status).toBe(415);
    // Who cannot sign learns nothing else, also with no body at all.
    expect((await request({ method: 'POST', body: form })).status).toBe(403);
    expect((await request({ method: 'POST' })).status).toBe(403);
  });
});

describe('a refusal at once', () => {
  it.each([
    [400, '40001', 'landline'],
    [409, '40300', 'opted-out'],
    [400, '40310', 'not-textable'],
  ])('with %i and code %s is remembered: the next call leads to no text', async (status, code, reason) => {
    api.willRefuse(status, code);
    await fire();
    await eventually(async () => expect(await deliveries()).toMatchObject([{ status: 'failed' }]));
    expect(await firing()).toMatchObject({ result: 'skipped', reason });
    expect(telnyx.send).toHaveBeenCalledOnce();
  });

  it('after a STOP that only Telnyx knows of shows the caller as opted out', async () => {
    api.willRefuse(409, '40300');
    const id = await fire();
    await eventually(async () =>
      expect(await inbox()).toMatchObject([
        { problem: 'blocked', consent: { state: 'opted-out', source: 'carrier' } },
      ]),
    );
    expect(await messages()).toMatchObject([
      { delivery: { status: 'failed', reason: 'blocked' } },
      { event: { name: 'opted-out', detail: 'carrier' } },
    ]);
    const reply = { id: crypto.randomUUID(), kind: 'reply', body: 'Hello?' };
    expect((await ana.post(`/api/conversations/${id}/messages`, reply)).status).toBe(409);
  });

  it('with 429 is no refusal: the text leaves a little later, once', async () => {
    api.willRefuse(429, '10011');
    await fire();
    await taken(1);
    await eventually(async () => expect(await deliveries()).toMatchObject([{ status: 'sent', attempt: 2 }]));
    expect(api.taken).toHaveLength(1);
  });
});

async function firing(): Promise<{ result: string; conversation: string; reason?: string }> {
  const path = `/hooks/demo/call-to-text/lakeside-hold-en?CALLER_ID_NUMBER=${CALLER.slice(2)}`;
  return (await asking(path, {}, {})).json();
}

async function fire(): Promise<string> {
  const { result, conversation } = await firing();
  expect(result).toBe('texting');
  return conversation;
}

/** The text that Telnyx took as the nth one. */
async function taken(nth: number): Promise<Asked> {
  await eventually(async () => expect(api.taken).toHaveLength(nth));
  return api.taken[nth - 1] as Asked;
}

/** https://developers.telnyx.com/api-reference/callbacks/delivery-update */
function event(type: string, payload: unknown) {
  const id = crypto.randomUUID();
  return {
    data: { record_type: 'event', id, event_type: type, occurred_at: new Date().toISOString(), payload },
  };
}

/** https://developers.telnyx.com/api-reference/callbacks/inbound-message */
function received(changes: Record<string, unknown>) {
  return event('message.received', {
    record_type: 'message',
    direction: 'inbound',
    id: 'text-1',
    type: 'SMS',
    from: { phone_number: CALLER, carrier: 'T-MOBILE USA, INC.', line_type: 'Wireless' },
    to: [{ phone_number: LINE, status: 'webhook_delivered', carrier: 'TELNYX LLC', line_type: 'VoIP' }],
    cc: [],
    text: 'Hello',
    media: [],
    received_at: new Date().toISOString(),
    errors: [],
    ...changes,
  });
}

function reported(text: Asked, type: string, status: string, code?: string): Promise<Response> {
  const { pathname, search } = new URL(text.webhook_url);
  const report = event(type, {
    record_type: 'message',
    direction: 'outbound',
    id: '40385f64-5717-4562-b3fc-2c963f66afa6',
    from: { phone_number: text.from },
    to: [{ phone_number: text.to, status }],
    text: text.text,
    errors: code === undefined ? [] : [{ code, title: 'Failed', detail: 'As the test wants it.' }],
  });
  return hook(pathname + search, report);
}

/** As Telnyx calls. */
async function hook(path: string, payload: unknown): Promise<Response> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return posted(path, body, await signer.headers(body, Date.now()));
}

function posted(path: string, body: string, headers: Headers, bindings: Partial<Env> = SETTINGS) {
  headers.set('Content-Type', 'application/json');
  return asking(path, { method: 'POST', body, headers }, bindings);
}

async function asking(path: string, init: RequestInit, bindings: Partial<Env>): Promise<Response> {
  return worker.fetch(new Request(ORIGIN + path, init), { ...env, ...bindings }, createExecutionContext());
}

async function inbox(view = 'open'): Promise<ConversationSummary[]> {
  const answer = await ana.ask(`/api/practices/lakeside/conversations?view=${view}`);
  return (await answer.json<{ conversations: ConversationSummary[] }>()).conversations;
}

async function messages() {
  return (await conversationOf(env, 'lakeside-main', CALLER).published(0))?.messages ?? [];
}

async function deliveries() {
  return (await messages()).flatMap(({ delivery }) => delivery ?? []);
}

/** Also on a machine that is busy with other things. */
function eventually(holds: () => Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 10_000, interval: 25 });
}
