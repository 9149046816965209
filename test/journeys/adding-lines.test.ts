import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkCarrier } from '../../src/carriers/carrier-check.ts';
import type { CarrierOffer, LineSettings } from '../../src/domain/practice/line-settings.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINES = '/api/practices/lakeside/lines';
const NEW = { name: 'Second', number: '(206) 202-0155', carrier: 'simulator' };

let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
});

afterEach(() => vi.restoreAllMocks());

interface Answer {
  lines: LineSettings[];
  retired?: LineSettings[];
  carriers?: CarrierOffer[];
}

async function lines(browser = manager): Promise<Answer> {
  return (await browser.ask(LINES)).json<Answer>();
}

async function lineIn(answer: Response): Promise<LineSettings> {
  return (await answer.json<{ line: LineSettings }>()).line;
}

async function messageIn(answer: Response): Promise<string> {
  return (await answer.json<{ error: { message: string } }>()).error.message;
}

describe('a line', () => {
  it('is added with the main number of its practice, and its carrier is asked at once', async () => {
    await manager.patch('/api/practices/lakeside', { version: 1, mainNumber: '206 555 0177' });
    const added = await manager.post(LINES, NEW);
    expect(added.status).toBe(201);
    expect(await lineIn(added)).toMatchObject({
      name: 'Second',
      number: '+12062020155',
      mainNumber: '+12065550177',
      carrier: 'simulator',
      segmentsPerSecond: 1,
      carrierCheck: { isGood: true, words: expect.stringContaining('Simulated'), at: expect.any(Number) },
      textInAt: null,
    });
    expect((await lines()).lines.map(({ name }) => name)).toEqual(['Main line', 'Second']);
  });

  it.each([
    [{ ...NEW, number: '206 555 0123' }, 400, 'films'],
    [{ ...NEW, number: '900 202 0123' }, 400, 'premium'],
    [{ ...NEW, number: '7378742833' }, 400, 'area code'],
    [{ ...NEW, number: '+44 20 7946 0958' }, 400, 'US and Canadian'],
    [{ ...NEW, number: '12' }, 400, 'area code'],
    [{ ...NEW, number: '206 202 0100' }, 409, 'A line of Lakeside Family Clinic has this number'],
    [{ ...NEW, number: '206 202 0200' }, 409, 'in use already'],
    [{ ...NEW, mainNumber: '206 202 0155' }, 400, 'line itself'],
    [{ ...NEW, mainNumber: '206 202 0200' }, 400, 'circle'],
    [{ ...NEW, carrier: 'twilio' }, 400, 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN'],
    [{ ...NEW, carrier: 'pigeon' }, 400, 'simulator, twilio'],
    [{ ...NEW, name: '' }, 400, 'name'],
  ])('cannot be %j', async (body, status, words) => {
    const answer = await manager.post(LINES, body);
    expect(answer.status).toBe(status);
    expect(await messageIn(answer)).toContain(words);
    expect((await lines()).lines).toHaveLength(1);
  });

  it('may be toll-free, and is not the main number of any practice', async () => {
    expect((await lineIn(await manager.post(LINES, { ...NEW, number: '1-833-202-0155' }))).number).toBe(
      '+18332020155',
    );
    await manager.patch('/api/practices/lakeside', { version: 1, mainNumber: '206 202 0188' });
    const answer = await manager.post(LINES, { ...NEW, number: '2062020188' });
    expect([answer.status, await messageIn(answer)]).toEqual([
      409,
      expect.stringContaining('main number of Lakeside'),
    ]);
  });

  it('is added once, however many add it at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => manager.post(LINES, NEW)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is renamed and forwarded elsewhere; the second of two is told what it is now', async () => {
    const { id } = await lineIn(await manager.post(LINES, NEW));
    const renamed = await manager.patch(`${LINES}/${id}`, { version: 1, name: 'Billing', mainNumber: null });
    expect(await lineIn(renamed)).toMatchObject({ name: 'Billing', mainNumber: null, version: 2 });
    const late = await manager.patch(`${LINES}/${id}`, { version: 1, name: 'Mine' });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      error: { code: 'changed-meanwhile' },
      line: { name: 'Billing', version: 2 },
    });
  });

  it('is retired: its triggers end, who writes to it is heard, and it can be brought back', async () => {
    expect((await manager.post(`${LINES}/lakeside-main/retired`)).status).toBe(204);
    const { lines: inUse, retired } = await lines();
    expect([inUse.length, retired?.length]).toEqual([0, 1]);
    const fired = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
      method: 'POST',
      body: new URLSearchParams({ CALLER_ID_NUMBER: '2062020123' }),
    });
    expect(fired.status).toBe(404);
    const triggers = await (await manager.ask('/api/practices/lakeside/triggers')).json<{
      triggers: unknown[];
      lines: unknown[];
    }>();
    expect(triggers).toEqual({ triggers: [], lines: [] });
    expect(await messageIn(await manager.post(LINES, { ...NEW, number: '2062020100' }))).toContain(
      'Bring that one back',
    );
    const text = { to: '+12062020100', body: 'Are you still there?' };
    await exports.default.fetch(`${ORIGIN}/simulator/handsets/2062020123/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(text),
    });
    await expect
      .poll(async () => {
        const answer = await manager.ask('/api/practices/lakeside/conversations');
        return (await answer.json<{ conversations: unknown[] }>()).conversations.length;
      })
      .toBe(1);
    expect((await manager.ask(`${LINES}/lakeside-main/retired`, { method: 'DELETE' })).status).toBe(204);
    expect((await lines()).lines[0]?.textInAt).toEqual(expect.any(Number));
  });

  it('is not for staff to set up, nor for other practices', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const foreign = await signedInAs('staff@harbor.example');
    expect(Object.keys(await lines(staff))).toEqual(['lines']);
    for (const [browser, status] of [
      [staff, 403],
      [foreign, 404],
    ] as const) {
      expect((await browser.post(LINES, { nonsense: true })).status).toBe(status);
      expect((await browser.post(`${LINES}/lakeside-main/retired`)).status).toBe(status);
      expect((await browser.ask(`${LINES}/lakeside-main/retired`, { method: 'DELETE' })).status).toBe(status);
      expect((await browser.post(`${LINES}/lakeside-main/carrier-check`)).status).toBe(status);
    }
    expect((await manager.post(`${LINES}/harbor-main/retired`)).status).toBe(404);
    expect(await codeOf(await manager.post(`${LINES}/harbor-main/carrier-check`))).toBe('not-found');
  });
});

describe('the carriers of a line', () => {
  it('are told with what they miss, by name, and what to paste', async () => {
    const { carriers } = await lines();
    expect(carriers?.map(({ name, missing }) => [name, missing.length])).toEqual([
      ['simulator', 0],
      ['twilio', 3],
      ['telnyx', 3],
      ['kannel', 5],
    ]);
    expect(carriers?.[1]?.addresses).toEqual([
      { what: 'texts', method: 'POST', url: `${ORIGIN}/carriers/twilio/messages` },
      { what: 'calls', method: 'POST', url: `${ORIGIN}/carriers/twilio/voice` },
    ]);
  });

  const TWILIO = {
    PUBLIC_ORIGIN: 'https://texts.clinic.example',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'secret',
  };
  const TELNYX = {
    PUBLIC_ORIGIN: 'https://texts.clinic.example',
    TELNYX_API_KEY: 'k',
    TELNYX_PUBLIC_KEY: 'p',
  };
  const KANNEL = {
    PUBLIC_ORIGIN: 'https://texts.clinic.example',
    KANNEL_SENDSMS_URL: 'http://10.0.0.5:13013/cgi-bin/sendsms',
    KANNEL_USERNAME: 'u',
    KANNEL_PASSWORD: 'p',
    KANNEL_CALLBACK_TOKEN: 't',
  };
  const sms = (can: boolean) => ({ incoming_phone_numbers: [{ capabilities: { sms: can } }] });

  it.each([
    ['twilio', TWILIO, 200, sms(true), true, 'has this number'],
    ['twilio', TWILIO, 200, sms(false), false, 'cannot text'],
    ['twilio', TWILIO, 200, { incoming_phone_numbers: [] }, false, 'does not have the number'],
    ['twilio', TWILIO, 401, { code: 20003 }, false, 'does not know these credentials'],
    ['twilio', TWILIO, 500, '<html>', false, 'answered 500'],
    ['telnyx', TELNYX, 200, { data: [{ messaging_profile_id: 'm' }] }, true, 'messaging profile'],
    ['telnyx', TELNYX, 200, { data: [{ messaging_profile_id: '' }] }, false, 'no messaging profile'],
    ['telnyx', TELNYX, 200, { data: [] }, false, 'does not have the number'],
    ['telnyx', TELNYX, 401, { errors: [] }, false, 'does not know this key'],
    ['kannel', KANNEL, 400, 'Empty receiver number not allowed, rejected', true, 'knows the credentials'],
    ['kannel', KANNEL, 403, 'Authorization failed for sendsms', false, 'does not know these credentials'],
    ['kannel', KANNEL, 404, '', false, 'sendsms address'],
  ] as const)(
    '%s is asked, and its answer %#: told in words',
    async (name, settings, status, body, isGood, words) => {
      const asked = vi
        .spyOn(globalThis, 'fetch')
        .mockImplementation(async () =>
          typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status }),
        );
      const check = await checkCarrier({ ...env, ...settings }, name, '+12062020155');
      expect(check).toEqual({ isGood, words: expect.stringContaining(words) });
      expect(asked).toHaveBeenCalledOnce();
      expect(JSON.stringify(check)).not.toContain('secret');
    },
  );

  it('say so where they cannot be reached, or a setting is missing', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('network'));
    vi.spyOn(console, 'warn').mockReturnValue();
    expect(await checkCarrier({ ...env, ...TWILIO }, 'twilio', '+12062020155')).toEqual({
      isGood: false,
      words: expect.stringContaining('could not be reached'),
    });
    expect((await checkCarrier(env, 'kannel', '+12062020155')).words).toContain('KANNEL_PASSWORD');
  });
});
