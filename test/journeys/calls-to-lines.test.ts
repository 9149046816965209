import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, sign } from '../../src/carriers/simulator-signature.ts';
import type { CarrierName } from '../../src/domain/calls/firing.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import worker from '../../src/worker.ts';
import { emptyData } from '../empty-data.ts';
import { TelnyxSigner } from '../telnyx-signer.ts';

/** A call to the number of a line goes on to the practice's main number, whoever carries it (B32). */

const ORIGIN = 'https://offhook.example';
const LINE = '+12062020100';
const CALLER = '+12062020142';
const TOKEN = 'f00dfacef00dfacef00dfacef00dface';
const signer = await TelnyxSigner.withNewKey();
const SETTINGS = { ...env, TWILIO_AUTH_TOKEN: TOKEN, TELNYX_PUBLIC_KEY: signer.publicKey };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };
const FORWARDED = `<?xml version="1.0" encoding="UTF-8"?><Response><Dial callerId="${CALLER}" timeout="60"><Number>+12065550101</Number></Dial></Response>`;

type Form = Record<string, string>;
type Call = (form?: Form) => Promise<Response>;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

describe.each<[CarrierName, Call, Call]>([
  ['twilio', byTwilio, (form) => byTwilio(form, 'guessed')],
  ['telnyx', byTelnyx, (form) => byTelnyx(form, `${new URLSearchParams(asked())}&To=1`)],
])('a call that %s carries', (carrier, arrives, isForged) => {
  beforeEach(() => carriedBy(carrier));

  it('goes on to the main number, each time that the carrier asks', async () => {
    for (const _ of ['once', 'and again']) {
      const answer = await arrives();
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/xml']);
      expect(await answer.text()).toBe(FORWARDED);
    }
    expect(await rowsLeft()).toEqual([]);
  });

  it.each([
    ['there is no main number', null],
    ['the main number is another line of ours', '+12062020200'],
    ['the main number is the line itself', LINE],
    ['the caller is the main number', CALLER],
  ])('is told to text instead where %s', async (_, main) => {
    await env.DB.prepare("UPDATE lines SET main_number = ? WHERE id = 'lakeside-main'").bind(main).run();
    await env.DB.prepare("UPDATE practices SET name = 'Smith & <Sons>' WHERE id = 'lakeside'").run();
    const answer = await arrives();
    expect(answer.status).toBe(200);
    const words = await answer.text();
    expect(words).toMatch(
      /<Response><Say>Thank you for calling Smith &amp; &lt;Sons&gt;\. .*<\/Say><Hangup\/>/,
    );
    expect(words).not.toContain('<Dial');
  });

  it('is refused, and leaves nothing behind, when it is forged', async () => {
    for (const call of [isForged, unsigned]) expect(await codeOf(call())).toBe('403 bad-signature');
    expect(await rowsLeft()).toEqual([]);
  });

  it('is refused where it makes no sense', async () => {
    expect(await codeOf(arrives({ To: '+12062020199' }))).toBe('404 not-found');
    // A line, but carried by somebody else.
    expect(await codeOf(arrives({ To: '+12062020200' }))).toBe('404 not-found');
    expect(await codeOf(arrives({ To: '' }))).toBe('400 invalid-request');
    expect(await codeOf(ask(carrier, { method: 'GET' }))).toBe('405 wrong-method');
    const json = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
    expect(await codeOf(ask(carrier, json))).toBe('403 bad-signature');
  });

  function unsigned(): Promise<Response> {
    return ask(carrier, { method: 'POST', body: new URLSearchParams(asked()) });
  }
});

describe('a call that Twilio carries', () => {
  it('is not sent round in a circle by a phone system that passes it back', async () => {
    await carriedBy('twilio');
    expect(await (await byTwilio({ ForwardedFrom: '+12065550101' })).text()).not.toContain('<Dial');
  });
});

describe('a call that the simulator carries', () => {
  const signedFor = '/carriers/simulator/voice';

  it('goes on to the main number', async () => {
    const answer = await bySimulator(signedFor);
    expect(await answer.json()).toEqual({
      kind: 'forward',
      to: '+12065550101',
      callerId: CALLER,
      ringSeconds: 60,
    });
  });

  it('is refused when it is forged, or is none', async () => {
    expect(await codeOf(bySimulator('/carriers/simulator/messages'))).toBe('403 bad-signature');
    expect(await codeOf(bySimulator(signedFor, { from: CALLER, to: 'Lakeside' }))).toBe(
      '400 invalid-request',
    );
  });

  async function bySimulator(path: string, call: object = { from: CALLER, to: LINE }): Promise<Response> {
    const body = JSON.stringify(call);
    const signature = await sign(env.SIMULATOR_SECRET ?? '', { path, body }, Date.now());
    const headers = { 'Content-Type': 'application/json', [SIGNATURE_HEADER]: signature };
    return ask('simulator', { method: 'POST', body, headers });
  }
});

describe('a carrier without calls', () => {
  it('is told so', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await ask('kannel', { method });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining('no calls') } });
    }
    expect(await codeOf(ask('pigeon', { method: 'POST' }))).toBe('404 not-found');
  });
});

function asked(changes: Form = {}): Form {
  return {
    ...{ AccountSid: 'AC1', ApiVersion: '2010-04-01', CallSid: 'CA1', CallStatus: 'ringing' },
    ...{ Direction: 'inbound', From: CALLER, To: LINE, ...changes },
  };
}

function byTwilio(changes: Form = {}, token = TOKEN): Promise<Response> {
  const form = asked(changes);
  const signature = getExpectedTwilioSignature(token, `${ORIGIN}/carriers/twilio/voice`, form);
  const headers = { 'X-Twilio-Signature': signature };
  return ask('twilio', { method: 'POST', body: new URLSearchParams(form), headers });
}

async function byTelnyx(changes: Form = {}, signed?: string): Promise<Response> {
  const body = `${new URLSearchParams(asked(changes))}`;
  const headers = new Headers({ ...FORM_TYPE });
  for (const [name, value] of await signer.headers(signed ?? body, Date.now())) headers.set(name, value);
  return ask('telnyx', { method: 'POST', body, headers });
}

function ask(carrier: string, init: RequestInit): Promise<Response> {
  const request = new Request(`${ORIGIN}/carriers/${carrier}/voice`, init);
  return Promise.resolve(worker.fetch(request, SETTINGS, createExecutionContext()));
}

async function carriedBy(carrier: CarrierName): Promise<void> {
  await env.DB.prepare("UPDATE lines SET carrier = ? WHERE id = 'lakeside-main'").bind(carrier).run();
}

async function codeOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  return `${response.status} ${(await response.json<{ error: { code: string } }>()).error.code}`;
}

/** A call is not a text, and so no conversation. */
async function rowsLeft(): Promise<unknown[]> {
  const inbox = env.INBOX.get(env.INBOX.idFromName('lakeside'));
  return (await inbox.page('open', 'ana', null)).conversations;
}
