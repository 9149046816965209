import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivery, Message } from '../../src/domain/conversation/message.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf, ORIGIN, signedInAs } from './staff-browser.ts';
import { ACCOUNT_SID, AUTH_TOKEN, TwilioApi } from './twilio-api.ts';

const LINE = '+12062020100';
const CALLER = '+12062020123';
const PUBLIC_ORIGIN = 'https://texts.clinic.example';
const ANA = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside'] };
const SETTINGS = { TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: AUTH_TOKEN, PUBLIC_ORIGIN };

let api: TwilioApi;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'twilio'").run();
  // Objects get the same bindings.
  Object.assign(env, SETTINGS);
  api = new TwilioApi();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const name of [...Object.keys(SETTINGS), 'TWILIO_API_BASE'])
    delete (env as unknown as Record<string, unknown>)[name];
});

function conversation(caller = CALLER) {
  return conversationOf(env, 'lakeside-main', caller);
}

async function hangUp(caller = CALLER): Promise<void> {
  const body = new URLSearchParams({ CALLER_ID_NUMBER: caller });
  const init = { method: 'POST', body };
  const answer = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, init);
  expect(await answer.json()).toMatchObject({ result: 'texting' });
}

async function messages(caller = CALLER): Promise<Message[]> {
  const read = await conversation(caller).read(ANA, null);
  return read.outcome === 'read' ? read.messages.filter(({ kind }) => kind !== 'event') : [];
}

async function delivery(): Promise<Delivery | null> {
  return (await messages()).find((message) => message.delivery !== null)?.delivery ?? null;
}

function expectDelivery(expected: Partial<Delivery>): Promise<void> {
  return vi.waitFor(async () => expect(await delivery()).toMatchObject(expected), { timeout: 4_000 });
}

type Form = Record<string, string>;

interface Signed {
  token?: string;
  /** What Twilio called, if that is not the address the request has when it reaches us. */
  called?: string;
  /** What was signed, if that is not what is sent. */
  form?: Form;
}

/** As Twilio would, by means of its own package. */
function webhook(address: string, form: Form, signed: Signed = {}): Promise<Response> {
  const { token = AUTH_TOKEN, called = address } = signed;
  const signature = getExpectedTwilioSignature(token, called, signed.form ?? form);
  return posted(address, form, { 'X-Twilio-Signature': signature });
}

function posted(address: string, form: Form, headers: Record<string, string>): Promise<Response> {
  return exports.default.fetch(address, { method: 'POST', body: new URLSearchParams(form), headers });
}

/** At the address that was given with the last text. */
async function report(MessageStatus: string, more: Form = {}): Promise<void> {
  const text = api.taken.at(-1);
  if (text === undefined) throw new Error('no text to report on');
  const { sid, statusCallback, from, to } = text;
  const form = {
    ...{ MessageSid: sid, SmsSid: sid, MessageStatus, SmsStatus: MessageStatus },
    ...{ AccountSid: ACCOUNT_SID, ApiVersion: '2010-04-01', From: from, To: to, ...more },
  };
  await acknowledged(webhook(statusCallback, form));
}

async function acknowledged(answer: Promise<Response>): Promise<void> {
  const { status, headers } = await answer;
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/xml']);
  expect(await (await answer).text()).toBe('<Response/>');
}

const MESSAGES = `${ORIGIN}/carriers/twilio/messages`;

function textIn(changes: Form = {}): Form {
  return {
    ToCountry: 'US',
    MessageSid: 'SM00000000000000000000000000000001',
    SmsSid: 'SM00000000000000000000000000000001',
    AccountSid: ACCOUNT_SID,
    From: CALLER,
    To: LINE,
    Body: '¿Puedo cambiar mi cita? 🙏',
    NumMedia: '0',
    NumSegments: '1',
    ...changes,
  };
}

describe('a text out', () => {
  it('is sent as Twilio wants it, and its report comes back to it', async () => {
    await hangUp();
    await expectDelivery({ status: 'sent', attempt: 1, sentAt: expect.any(Number) });
    const [message] = await messages();
    expect(api.refused).toEqual([]);
    expect(api.taken).toMatchObject([{ from: LINE, to: CALLER, body: message?.body }]);
    const address = new URL(api.taken[0]?.statusCallback ?? '');
    expect(address.origin + address.pathname).toBe(`${PUBLIC_ORIGIN}/carriers/twilio/status`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      conversation: conversation().id.toString(),
      message: message?.id,
      attempt: '1',
    });
    await report('delivered');
    await expectDelivery({ status: 'delivered', reason: null });
  });

  it('goes to TWILIO_API_BASE where that is set', async () => {
    Object.assign(env, { TWILIO_API_BASE: 'http://127.0.0.1:4010' });
    await hangUp();
    await vi.waitFor(() => expect(api.strayed).toEqual(['http://127.0.0.1:4010']));
  });

  it('keeps every letter of what staff wrote', async () => {
    await acknowledged(webhook(MESSAGES, textIn()));
    const body = 'Sí & no: 5 + 5 = 10 % 🙏\n“¿Mañana?” {x}';
    await conversation().reply(ANA, { id: crypto.randomUUID(), body });
    await vi.waitFor(() => expect(api.taken).toMatchObject([{ body }]));
    expect(api.refused).toEqual([]);
  });

  it('never steps back when reports are late, repeated and out of order', async () => {
    await hangUp();
    await expectDelivery({ status: 'sent' });
    for (const status of ['queued', 'sending', 'accepted', 'scheduled', 'a status of the future', 'sent']) {
      await report(status);
      expect(await delivery(), status).toMatchObject({ status: 'sent' });
    }
    await report('delivered');
    for (const status of ['sent', 'delivered', 'undelivered', 'queued']) {
      await report(status, { ErrorCode: '30008' });
      expect(await delivery(), status).toMatchObject({ status: 'delivered', reason: null });
    }
  });

  it.each([
    ['undelivered', '30006', 'landline'],
    ['undelivered', '30003', 'unreachable'],
    ['undelivered', '30005', 'invalid-number'],
    ['undelivered', '30007', 'spam-filtered'],
    ['undelivered', '30034', 'account'],
    ['undelivered', '30032', 'account'],
    ['undelivered', '39999', 'unreachable'],
    ['undelivered', '', 'unreachable'],
    ['failed', '21610', 'blocked'],
    ['failed', 'rubbish', 'refused'],
    ['canceled', '', 'refused'],
  ] as const)('that is reported %s with %j tells staff: %s', async (status, ErrorCode, reason) => {
    await hangUp();
    await expectDelivery({ status: 'sent' });
    await report(status, { ErrorCode });
    expect(await delivery()).toMatchObject({
      status: status === 'undelivered' ? 'undelivered' : 'failed',
      reason,
    });
  });

  it.each([
    [400, 21610, 'blocked'],
    [400, 21211, 'invalid-number'],
    [400, 21614, 'invalid-number'],
    [400, 21612, 'invalid-number'],
    [400, 21635, 'landline'],
    [400, 21606, 'account'],
    [401, 20003, 'account'],
    [403, null, 'account'],
    [404, 20404, 'account'],
    [400, 21617, 'refused'],
    [400, null, 'refused'],
  ] as const)('that is refused with %s and code %s tells staff: %s', async (status, code, reason) => {
    vi.spyOn(console, 'error').mockReturnValue();
    api.refuseNext(status, code);
    await hangUp();
    await expectDelivery({ status: 'failed', reason });
    await runDurableObjectAlarm(conversation());
    expect(api.asked).toEqual(['POST']);
  });

  it.each([
    [429, 20429],
    [429, null],
    [400, 21611],
  ] as const)('waits when Twilio asks for it with %s and code %s', async (status, code) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    api.refuseNext(status, code);
    await hangUp();
    await vi.waitFor(() => expect(api.asked).toHaveLength(1));
    await expectDelivery({ status: 'queued', reason: null });
    vi.setSystemTime(Date.now() + 2_000);
    await runDurableObjectAlarm(conversation());
    await expectDelivery({ status: 'sent', attempt: 2 });
    expect(api.taken).toHaveLength(1);
  });

  it('is refused, and the log says what is missing, while the settings are not there', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    await acknowledged(webhook(MESSAGES, textIn()));
    for (const [name, reason] of [
      ['PUBLIC_ORIGIN', 'refused'],
      ['TWILIO_AUTH_TOKEN', 'account'],
      ['TWILIO_ACCOUNT_SID', 'account'],
    ] as const) {
      Object.assign(env, SETTINGS, { [name]: '' });
      await conversation().reply(ANA, { id: crypto.randomUUID(), body: name });
      await vi.waitFor(async () =>
        expect((await messages()).at(-1)?.delivery).toMatchObject({ status: 'failed', reason }),
      );
      expect(log.mock.lastCall?.[0]).toContain(name);
    }
    expect(api.asked).toEqual([]);
  });
});

describe('a text that Twilio may have taken', () => {
  /** The claim's lease ends. */
  async function later(): Promise<void> {
    vi.setSystemTime(Date.now() + 20_000);
    await runDurableObjectAlarm(conversation());
  }

  async function sendInto(fault: Parameters<TwilioApi['next']>[1]): Promise<void> {
    vi.useFakeTimers({ toFake: ['Date'] });
    api.next('POST', fault);
    await hangUp();
    await vi.waitFor(() => expect(api.asked).toEqual(['POST']));
    await expectDelivery({ status: 'sending', reason: null });
  }

  it.each<[string, Parameters<TwilioApi['next']>[1]]>([
    ['whose answer is lost', 'after'],
    [
      'and then has an internal error',
      (done) => {
        done();
        return new Response('oops', { status: 500 });
      },
    ],
    [
      'and answers with rubbish',
      (done) => {
        done();
        return new Response('<html>', { status: 200 });
      },
    ],
    [
      'and sends us elsewhere',
      (done) => {
        done();
        return new Response(null, { status: 307, headers: { Location: 'https://elsewhere.example/' } });
      },
    ],
  ])('%s is found in its list, and is not sent again', async (_, fault) => {
    await sendInto(fault);
    await later();
    await expectDelivery({ status: 'sent', attempt: 1 });
    expect(api.asked).toEqual(['POST', 'GET']);
    expect(api.taken).toHaveLength(1);
    expect(api.refused).toEqual([]);
  });

  it('is sent once more when the list still does not have it after a minute', async () => {
    await sendInto('before');
    for (const _ of ['early', 'early', 'early', 'sure', 'again']) await later();
    await expectDelivery({ status: 'sent', attempt: 2 });
    expect(api.taken).toHaveLength(1);
  });

  it.each<[string, Parameters<TwilioApi['next']>[1]]>([
    ['cannot be had', 'before'],
    ['is refused', () => Response.json({ code: 20003 }, { status: 401 })],
    ['is rubbish', () => Response.json({ messages: [{ sid: 5 }] })],
    ['has an entry from an unknown time', () => listOf({ date_created: 'yesterday' })],
    ['has the words blacked out', () => listOf({ body: '' })],
    ['leads elsewhere', () => Response.json({ messages: [], next_page_uri: 'https://elsewhere.example/' })],
    ['has no end', () => listOf({ body: 'Another' }, `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`)],
  ])('is left to a person when the list %s', async (_, fault) => {
    await sendInto('after');
    for (let page = 0; page < 5; page += 1) api.next('GET', fault);
    await later();
    await expectDelivery({ status: 'unconfirmed', reason: 'outcome-unknown' });
    await later();
    expect(api.asked.filter((method) => method === 'POST')).toHaveLength(1);
    expect(api.strayed).toEqual([]);
  });

  function listOf(changes: object, next_page_uri: string | null = null): Response {
    const body = api.taken[0]?.body;
    const date_created = new Date().toUTCString();
    const listed = { sid: 'SM1', body, direction: 'outbound-api', date_created, ...changes };
    return Response.json({ messages: [listed], next_page_uri });
  }

  it('is settled by its report if that is first', async () => {
    await sendInto('after');
    await report('delivered');
    await later();
    await expectDelivery({ status: 'delivered' });
    expect(api.asked).toEqual(['POST']);
  });

  it('is not taken for its earlier attempt, for what the caller wrote, or for another text', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await hangUp();
    await expectDelivery({ status: 'sent' });
    await report('undelivered', { ErrorCode: '30008' });
    const [message] = await messages();
    const { body = '' } = message ?? {};
    vi.setSystemTime(Date.now() + 5_000);
    api.next('POST', 'before');
    expect(await conversation().retry(ANA, message?.id ?? '')).toMatchObject({ outcome: 'queued' });
    await vi.waitFor(() => expect(api.asked).toHaveLength(2));
    api.add({ from: LINE, to: CALLER, body, direction: 'inbound' });
    api.add({ from: LINE, to: CALLER, body: `${body}!` });
    api.add({ from: LINE, to: '+12062020999', body });
    for (const _ of ['early', 'early', 'early', 'sure', 'again']) await later();
    await expectDelivery({ status: 'sent', attempt: 3 });
    expect(api.asked.filter((method) => method === 'POST')).toHaveLength(3);
  });

  it('is found behind hundreds of other texts, and as a trial account sends it', async () => {
    await sendInto('after');
    const [text] = api.taken;
    if (text) text.body = `Sent from your Twilio trial account - ${text.body}`;
    for (let n = 0; n < 450; n += 1) api.add({ from: LINE, to: CALLER, body: `${n}` });
    await later();
    await expectDelivery({ status: 'sent', attempt: 1 });
    expect(api.asked).toEqual(['POST', 'GET', 'GET', 'GET']);
  });
});

describe('a text in', () => {
  it('reaches the inbox, once, however often Twilio sends it', async () => {
    await Promise.all(Array.from({ length: 5 }, () => acknowledged(webhook(MESSAGES, textIn()))));
    await acknowledged(webhook(MESSAGES, textIn()));
    expect(await messages()).toMatchObject([
      { kind: 'text-in', id: textIn().MessageSid, body: '¿Puedo cambiar mi cita? 🙏' },
    ]);
    const ana = await signedInAs('staff@lakeside.example');
    await vi.waitFor(async () => {
      const answer = await ana.ask('/api/practices/lakeside/conversations?view=needs-reply');
      expect(await answer.json()).toMatchObject({ conversations: [{ caller: { number: CALLER } }] });
    });
  });

  it('finds its line by To, whatever messaging service it came through, and parameters may be new', async () => {
    const form = textIn({
      To: '+12062020200',
      MessagingServiceSid: 'MG0123456789abcdef0123456789abcdef',
      SomethingNew: 'ñ+ &',
    });
    await acknowledged(webhook(MESSAGES, form));
    expect(await messages()).toEqual([]);
    const priya = { staff: { id: 'harbor-staff', name: 'Priya' }, practiceIds: ['harbor'] };
    expect(await conversationOf(env, 'harbor-main', CALLER).read(priya, null)).toMatchObject({
      messages: [{ kind: 'text-in' }],
    });
  });

  it('says what it had besides words, or that it had none', async () => {
    const image = { MediaContentType0: 'image/jpeg', MediaUrl0: 'https://api.twilio.com/1' };
    const picture = { NumMedia: '1', ...image };
    const pictures = { NumMedia: '2', ...image, MediaContentType1: 'IMAGE/PNG; name=x' };
    const card = { NumMedia: '1', MediaContentType0: 'text/vcard' };
    const jpeg = { contentType: 'image/jpeg' };
    const texts = [
      textIn({ ...picture, Body: 'My arm' }),
      textIn({ ...pictures, Body: '' }),
      textIn({ ...card, Body: ' ' }),
      textIn({ Body: '' }),
      textIn({ NumMedia: 'many', Body: 'Words' }),
    ];
    for (const [index, text] of texts.entries()) {
      await acknowledged(webhook(MESSAGES, { ...text, MessageSid: `MM${index}` }));
    }
    expect((await messages()).map(({ body, media }) => [body, media])).toEqual([
      ['My arm', [jpeg]],
      ['', [jpeg, { contentType: 'image/png' }]],
      ['', [{ contentType: 'text/vcard' }]],
      ['(a text without words)', []],
      ['Words', []],
    ]);
  });

  it.each([
    ['another public host name', PUBLIC_ORIGIN],
    ['its port', 'https://offhook.example:443'],
    ['our own host name', ORIGIN],
  ])('is genuine when it was signed for %s', async (_, origin) => {
    await acknowledged(webhook(MESSAGES, textIn(), { called: `${origin}/carriers/twilio/messages` }));
    expect(await messages()).toHaveLength(1);
  });

  it.each<[string, () => Promise<Response>]>([
    ['unsigned', () => posted(MESSAGES, textIn(), {})],
    ['signed with rubbish', () => posted(MESSAGES, textIn(), { 'X-Twilio-Signature': 'rubbish' })],
    ['signed with another secret', () => webhook(MESSAGES, textIn(), { token: 'guessed' })],
    ['signed over other words', () => webhook(MESSAGES, textIn(), { form: textIn({ Body: 'Yes' }) })],
    [
      'signed for another address',
      () => webhook(MESSAGES, textIn(), { called: `${ORIGIN}/carriers/twilio/status` }),
    ],
    [
      'signed for another host',
      () => webhook(MESSAGES, textIn(), { called: 'https://evil.example/carriers/twilio/messages' }),
    ],
    ['signed with one more parameter', () => webhook(MESSAGES, textIn({ Extra: '1' }), { form: textIn() })],
  ])('leaves nothing behind when it is %s', async (_, send) => {
    const answer = await send();
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'bad-signature']);
    expect(await messages()).toEqual([]);
  });

  it('is not believed while we have no secret to check it with', async () => {
    Object.assign(env, { TWILIO_AUTH_TOKEN: '' });
    expect((await webhook(MESSAGES, textIn())).status).toBe(403);
    expect(await messages()).toEqual([]);
  });

  it('from what is no phone is acknowledged and left; to what is no line, refused', async () => {
    for (const From of ['262966', 'Clinic', `whatsapp:${CALLER}`]) {
      await acknowledged(webhook(MESSAGES, textIn({ From })));
      expect(await messages(From)).toEqual([]);
    }
    const nobodys = await webhook(MESSAGES, textIn({ To: '+12062020999' }));
    expect([nobodys.status, await codeOf(nobodys)]).toEqual([404, 'not-found']);
    const { MessageSid: _, ...nameless } = textIn();
    expect((await webhook(MESSAGES, nameless)).status).toBe(400);
    expect((await exports.default.fetch(MESSAGES)).status).toBe(405);
    const json = { 'Content-Type': 'application/json' };
    const wrong = await exports.default.fetch(MESSAGES, { method: 'POST', body: '{}', headers: json });
    expect(wrong.status).toBe(403);
  });
});

describe('a report', () => {
  it('that is forged changes nothing', async () => {
    await hangUp();
    await expectDelivery({ status: 'sent' });
    const address = api.taken[0]?.statusCallback ?? '';
    const form = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30006' };
    expect((await posted(address, form, {})).status).toBe(403);
    expect((await webhook(address, form, { token: 'guessed' })).status).toBe(403);
    // Signed, but moved to another attempt of the text.
    const moved = address.replace('attempt=1', 'attempt=2');
    expect((await webhook(moved, form, { called: address })).status).toBe(403);
    expect(await delivery()).toMatchObject({ status: 'sent', reason: null });
  });

  it('about a text that is not ours is acknowledged', async () => {
    const status = `${ORIGIN}/carriers/twilio/status`;
    const form = { MessageSid: 'SM1', MessageStatus: 'delivered' };
    await acknowledged(webhook(status, form));
    await acknowledged(webhook(`${status}?conversation=1&message=2&attempt=zero`, form));
    expect((await webhook(status, { MessageSid: 'SM1' })).status).toBe(400);
  });
});
