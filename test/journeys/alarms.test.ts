import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER as SIMULATOR_HEADER } from '../../src/carriers/simulator-signature.ts';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINE = '+12062020100';
const CALLER = '+12062020123';
const PATH = '/api/practices/lakeside/alarms';
const SECRETS = { TWILIO_AUTH_TOKEN: 'a'.repeat(32), KANNEL_CALLBACK_TOKEN: 'right' };

let marcus: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  Object.assign(env, SECRETS);
  marcus = await signedInAs('manager@lakeside.example');
});

afterEach(() => {
  for (const name of Object.keys(SECRETS)) delete (env as unknown as Record<string, unknown>)[name];
});

async function alarms(): Promise<PracticeAlarm[]> {
  const answer = await marcus.ask(PATH);
  expect(answer.status).toBe(200);
  return (await answer.json<{ alarms: PracticeAlarm[] }>()).alarms;
}

async function lineIsOf(carrier: string): Promise<void> {
  await env.DB.prepare("UPDATE lines SET carrier = ? WHERE id = 'lakeside-main'").bind(carrier).run();
}

async function refused(request: Promise<Response>): Promise<void> {
  const answer = await request;
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'bad-signature']);
}

function twilio(path: string, form: Record<string, string>, signature: string | null): Promise<Response> {
  const headers = signature === null ? {} : { 'X-Twilio-Signature': signature };
  const init = { method: 'POST', body: new URLSearchParams(form), headers };
  return exports.default.fetch(`${ORIGIN}/carriers/twilio/${path}`, init);
}

const TEXT = { MessageSid: 'SM1', From: CALLER, To: LINE, Body: 'Hello' };

describe('a webhook with a wrong signature', () => {
  const rubbish = `${'A'.repeat(27)}=`;

  it('is refused as ever, and the managers of its line hear of it once', async () => {
    await lineIsOf('twilio');
    const address = `${ORIGIN}/carriers/twilio/messages`;
    for (let n = 0; n < 3; n += 1) {
      const signature = getExpectedTwilioSignature('another token', address, TEXT);
      await refused(twilio('messages', TEXT, signature));
    }
    expect(await alarms()).toMatchObject([
      { kind: 'signature', count: 1, carrier: 'twilio', line: { id: 'lakeside-main', name: 'Main line' } },
    ]);
  });

  it('about a report names the line that the text came from', async () => {
    await lineIsOf('twilio');
    const report = { MessageSid: 'SM1', MessageStatus: 'delivered', From: LINE, To: CALLER };
    await refused(twilio('status?conversation=1&message=2&attempt=1', report, rubbish));
    expect(await alarms()).toMatchObject([{ kind: 'signature' }]);
  });

  it.each([
    ['has none at all', () => twilio('messages', TEXT, null)],
    ['is for what is no line', () => twilio('messages', { ...TEXT, To: '+12062020999' }, rubbish)],
    ['names no number', () => twilio('messages', { Body: 'Hello' }, rubbish)],
    ['names rubbish', () => twilio('messages', { ...TEXT, To: "' OR 1=1" }, rubbish)],
    [
      'is for the line of another carrier',
      () => twilio('messages', { ...TEXT, To: '+12062020200' }, rubbish),
    ],
  ])('that %s leaves nothing', async (_, send) => {
    await lineIsOf('twilio');
    await refused(send());
    expect(await alarms()).toEqual([]);
  });

  it('is noticed with every carrier', async () => {
    const json = { 'Content-Type': 'application/json' };
    const post = (carrier: string, body: object, header: string) =>
      exports.default.fetch(`${ORIGIN}/carriers/${carrier}/messages`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...json, [header]: 'wrong' },
      });
    const simulated = { messageId: 'm', from: CALLER, to: LINE, body: 'Hello', at: 1 };
    await refused(post('simulator', simulated, SIMULATOR_HEADER));
    expect(await alarms()).toMatchObject([{ carrier: 'simulator', count: 1 }]);
  });

  it('of Telnyx is noticed, for texts and for reports', async () => {
    await lineIsOf('telnyx');
    const [from, to] = [{ phone_number: CALLER }, [{ phone_number: LINE }]];
    const data = { event_type: 'message.received', payload: { from, to } };
    await refused(
      exports.default.fetch(`${ORIGIN}/carriers/telnyx/messages`, {
        method: 'POST',
        body: JSON.stringify({ data }),
        headers: { 'Content-Type': 'application/json', 'telnyx-signature-ed25519': 'wrong' },
      }),
    );
    expect(await alarms()).toMatchObject([{ carrier: 'telnyx' }]);
  });

  it('of Kannel is a wrong token', async () => {
    await lineIsOf('kannel');
    const query = `from=${CALLER.slice(1)}&to=${LINE.slice(1)}&text=Hello&coding=0&charset=UTF-8&id=1&at=1`;
    const address = `${ORIGIN}/carriers/kannel/messages?${query}`;
    await refused(exports.default.fetch(address));
    expect(await alarms()).toEqual([]);
    await refused(exports.default.fetch(`${address}&token=wrong`));
    expect(await alarms()).toMatchObject([{ carrier: 'kannel' }]);
  });
});

describe('alarms of a practice', () => {
  beforeEach(async () => {
    const line = { id: 'lakeside-main', name: 'Main line' };
    const trouble = { kind: 'recovered', detail: null, line, carrier: 'twilio', count: 3 } as const;
    await env.INBOX.get(env.INBOX.idFromName('lakeside')).raiseAlarm(trouble);
  });

  it('are dismissed by a manager or an admin, once and for all', async () => {
    const admin = await signedInAs('admin@offhook.example');
    const [alarm] = await alarms();
    const path = `${PATH}/${encodeURIComponent(alarm?.id ?? '')}`;
    expect((await admin.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await marcus.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect(await alarms()).toEqual([]);
  });

  it('stay when something else is dismissed', async () => {
    for (const id of ['rubbish', 'recovered-1-lakeside-main', '%00', '..%2F'])
      expect((await marcus.ask(`${PATH}/${id}`, { method: 'DELETE' })).status, id).toBe(204);
    expect(await alarms()).toHaveLength(1);
  });

  it('are not for staff, not for other practices, and not for nobody', async () => {
    const [alarm] = await alarms();
    const path = `${PATH}/${encodeURIComponent(alarm?.id ?? '')}`;
    for (const [email, code] of [
      ['staff@lakeside.example', 'not-allowed'],
      ['staff@harbor.example', 'not-found'],
    ] as const) {
      const browser = await signedInAs(email);
      expect(await codeOf(await browser.ask(PATH))).toBe(code);
      expect(await codeOf(await browser.ask(path, { method: 'DELETE' }))).toBe(code);
    }
    expect((await exports.default.fetch(ORIGIN + PATH)).status).toBe(401);
    const elsewhere = { method: 'DELETE', headers: { Origin: 'https://evil.example' } };
    expect((await exports.default.fetch(ORIGIN + path, elsewhere)).status).toBe(403);
    expect(await alarms()).toHaveLength(1);
  });
});
