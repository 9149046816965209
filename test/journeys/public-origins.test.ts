import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statusAddress } from '../../src/carriers/status-address.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf } from './staff-browser.ts';
import { ACCOUNT_SID, AUTH_TOKEN } from './twilio-api.ts';

/** A deployment that got a new host name, with the old one still in use here and there; a proxy is in front of it. */
const NEW = 'https://texts.new.example';
const OLD = 'https://texts.old.example';
const INSIDE = 'http://10.0.0.7:8787';
const SETTINGS = { TWILIO_AUTH_TOKEN: AUTH_TOKEN, PUBLIC_ORIGIN: `${NEW}, ${OLD}/` };

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'twilio'").run();
  Object.assign(env, SETTINGS);
});

afterEach(() => {
  for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name];
});

const FORWARDED = {
  'X-Forwarded-Host': 'texts.evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '443',
  Forwarded: 'host=texts.evil.example;proto=https',
};

describe('a signature of Twilio', () => {
  it.each([
    ['the new host name', NEW],
    ['the old one', OLD],
    ['the old one and its port', `${OLD}:443`],
  ])('for %s is genuine, whatever the proxy calls us', async (_, origin) => {
    expect((await textFor(origin)).status).toBe(200);
  });

  it.each([
    ['a host name that is not ours', 'https://texts.evil.example', {}],
    ['one that is only said to have been forwarded', 'https://texts.evil.example', FORWARDED],
    ['one that ours only begins', `${OLD}.evil.example`, {}],
    ['ours by another port', `${OLD}:8443`, {}],
    ['ours without TLS', OLD.replace('https', 'http'), { 'X-Forwarded-Proto': 'http' }],
  ])('for %s is refused', async (_, origin, headers) => {
    const answer = await textFor(origin, headers);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'bad-signature']);
  });

  function textFor(origin: string, headers: Record<string, string> = {}): Promise<Response> {
    const path = '/carriers/twilio/messages';
    const form = {
      ...{ MessageSid: 'SM1', AccountSid: ACCOUNT_SID, NumMedia: '0' },
      ...{ From: '+12062020123', To: '+12062020100', Body: 'Hello' },
    };
    const signature = getExpectedTwilioSignature(AUTH_TOKEN, origin + path, form);
    return exports.default.fetch(INSIDE + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'X-Twilio-Signature': signature, ...headers },
    });
  }
});

describe('the address that carriers report to', () => {
  it('has the first host name', () => {
    const text = { conversationId: 'c', messageId: 'm', attempt: 1 };
    expect(statusAddress({ ...env, ...SETTINGS }, 'twilio', text)?.origin).toBe(NEW);
  });
});

describe('a change from a page', () => {
  it.each([NEW, OLD, INSIDE])('of %s is taken', async (origin) => {
    expect((await signIn({ Origin: origin })).status).toBe(200);
  });

  it.each([
    ['another host', { Origin: 'https://texts.evil.example' }],
    ['another host that says it was forwarded', { Origin: 'https://texts.evil.example', ...FORWARDED }],
    ['our host by another port', { Origin: `${OLD}:8443` }],
    ['nowhere', { Origin: 'null' }],
    ['a list', { Origin: SETTINGS.PUBLIC_ORIGIN }],
  ])('of %s is refused', async (_, headers) => {
    const answer = await signIn(headers);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'foreign-origin']);
  });

  function signIn(headers: Record<string, string>): Promise<Response> {
    return exports.default.fetch(`${INSIDE}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ email: 'staff@lakeside.example', password: 'offhook-demo' }),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  }
});
