import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lineTypeOf } from '../../src/carriers/line-type.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { forgetLines } from '../../src/practices/lines.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import { emptyData } from '../empty-data.ts';
import { expectTexts, fire, HANGUP, skipped, texting, textsTo } from './hook-request.ts';
import { KEY as TELNYX_KEY } from './telnyx-api.ts';
import { ACCOUNT_SID, AUTH_TOKEN } from './twilio-api.ts';

const MOBILE = '2062020151';
const LANDLINE = '2062020006';
const LINE = '+12062020100';

const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TELNYX_API_KEY: TELNYX_KEY,
};

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  // Every call is texted: what spares a caller another text has tests of its own.
  await env.DB.prepare('UPDATE triggers SET cooldown_minutes = 0, live_minutes = 0').run();
});
afterEach(() => vi.restoreAllMocks());

async function lookUpLineTypes(): Promise<void> {
  await env.DB.prepare("UPDATE lines SET looks_up_line_type = 1 WHERE id = 'lakeside-main'").run();
  forgetLines();
  forgetTriggers();
}

describe('a line that looks up line types', () => {
  it('says at once that a caller has a landline, and texts nothing', async () => {
    await lookUpLineTypes();
    const asked = vi.spyOn(simulator, 'lineTypeOf');
    const answered = await fire(`${HANGUP}?from=${LANDLINE}&call_id=1`);
    expect(answered).toMatchObject(skipped('landline'));
    expect(answered.answer.conversation).toMatch(/^[0-9a-f]{64}$/);
    expect(await fire(`${HANGUP}?from=${LANDLINE}&call_id=2`)).toMatchObject(skipped('landline'));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await textsTo(LANDLINE)).toEqual([]);
  });

  it('asks once for each caller, also for two calls at the same moment', async () => {
    await lookUpLineTypes();
    const asked = vi.spyOn(simulator, 'lineTypeOf');
    const reported = await Promise.all(
      [1, 1, 2].map((call) => fire(`${HANGUP}?from=${MOBILE}&call_id=${call}`)),
    );
    expect(reported.map(({ answer }) => answer.reason ?? answer.result).toSorted()).toEqual([
      'duplicate',
      'texting',
      'texting',
    ]);
    await expectTexts(MOBILE, [LINE, LINE]);
    const before = asked.mock.calls.length;
    expect(await fire(`${HANGUP}?from=${MOBILE}&call_id=3`)).toMatchObject(texting);
    expect(asked).toHaveBeenCalledTimes(before);
    const both = await Promise.all([1, 2].map((call) => fire(`${HANGUP}?from=${LANDLINE}&call_id=${call}`)));
    for (const answered of both) expect(answered).toMatchObject(skipped('landline'));
    expect(await textsTo(LANDLINE)).toEqual([]);
  });

  it.each([
    ['fails', () => Promise.reject(new TypeError('no network'))],
    ['does not know', () => Promise.resolve('unknown' as const)],
  ])('texts anyway where the look-up %s, and does not ask again', async (_, answer) => {
    await lookUpLineTypes();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const asked = vi.spyOn(simulator, 'lineTypeOf').mockImplementation(answer);
    expect(await fire(`${HANGUP}?from=${MOBILE}&call_id=1`)).toMatchObject(texting);
    await fire(`${HANGUP}?from=${MOBILE}&call_id=2`);
    expect(asked).toHaveBeenCalledTimes(1);
    await expectTexts(MOBILE, [LINE, LINE]);
  });
});

it('a line that does not want it never asks', async () => {
  const asked = vi.spyOn(simulator, 'lineTypeOf');
  expect(await fire(`${HANGUP}?from=${LANDLINE}`)).toMatchObject(texting);
  expect(asked).not.toHaveBeenCalled();
});

type Answer = (request: Request) => Response | Promise<Response>;

/** A carrier's look-up, as its documentation shows it, in place of `fetch`. */
function standIn(answer: Answer): Request[] {
  const asked: Request[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = new Request(input, init);
    asked.push(request);
    return Promise.resolve(answer(request));
  });
  return asked;
}

const twilioAnswer = (type: unknown) => () =>
  Response.json({
    ...{ calling_country_code: '1', country_code: 'US', phone_number: '+12062020151', valid: true },
    line_type_intelligence: {
      ...{ carrier_name: 'A Carrier', error_code: null },
      ...{ mobile_country_code: '310', mobile_network_code: '260', type },
    },
  });

const telnyxAnswer = (type: unknown) => () =>
  Response.json({
    data: {
      ...{ country_code: 'US', phone_number: '+12062020151', fraud: null, record_type: 'number_lookup' },
      carrier: { error_code: null, mobile_country_code: 'US', name: 'A Carrier', type },
    },
  });

const lookUp = (carrier: 'twilio' | 'telnyx', settings = {}) =>
  lineTypeOf({ ...env, ...CREDENTIALS, ...settings }, carrier, '+12062020151');

describe.each([
  {
    carrier: 'twilio' as const,
    answer: twilioAnswer,
    address: 'https://lookups.twilio.com/v2/PhoneNumbers/%2B12062020151?Fields=line_type_intelligence',
    authorization: `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`,
    base: 'TWILIO_LOOKUP_BASE',
    types: {
      mobile: 'mobile',
      landline: 'landline',
      fixedVoip: 'voip',
      nonFixedVoip: 'voip',
      tollFree: 'unknown',
    },
    credential: 'TWILIO_AUTH_TOKEN',
  },
  {
    carrier: 'telnyx' as const,
    answer: telnyxAnswer,
    address: 'https://api.telnyx.com/v2/number_lookup/%2B12062020151?type=carrier',
    authorization: `Bearer ${TELNYX_KEY}`,
    base: 'TELNYX_API_BASE',
    types: { mobile: 'mobile', 'fixed line': 'landline', voip: 'voip', 'fixed line or mobile': 'unknown' },
    credential: 'TELNYX_API_KEY',
  },
])('the look-up of $carrier', ({ carrier, answer, address, authorization, base, types, credential }) => {
  it('is asked as it wants to be, with credentials that no redirect takes along', async () => {
    const asked = standIn(answer('mobile'));
    expect(await lookUp(carrier)).toBe('mobile');
    expect(asked.map(({ method, url, redirect }) => [method, url, redirect])).toEqual([
      ['GET', address, 'manual'],
    ]);
    expect(asked[0]?.headers.get('Authorization')).toBe(authorization);
    await lookUp(carrier, { [base]: 'http://127.0.0.1:4010' });
    expect(new URL(asked[1]?.url ?? '').origin).toBe('http://127.0.0.1:4010');
  });

  it.each(Object.entries(types))('tells %s as what it means for a text: %s', async (type, expected) => {
    standIn(answer(type));
    expect(await lookUp(carrier)).toBe(expected);
  });

  it.each<[string, Answer]>([
    ['a refusal', () => Response.json({ code: 20429, status: 429 }, { status: 429 })],
    ['a null type', answer(null)],
    ['a number for a type', answer(7)],
    ['a page', () => new Response('<html>landline</html>')],
    ['nothing', () => new Response(null, { status: 204 })],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { Location: 'https://elsewhere.example' } }),
    ],
    ['no connection', () => Promise.reject(new TypeError('no network'))],
  ])('knows nothing after %s', async (_, rubbish) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    standIn(rubbish);
    expect(await lookUp(carrier)).toBe('unknown');
  });

  it('is given up after 800 ms', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    standIn(({ signal }) => {
      const ended = new Promise<Response>((_, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
      });
      return ended;
    });
    const begunAt = Date.now();
    expect(await lookUp(carrier)).toBe('unknown');
    expect(Date.now() - begunAt).toBeGreaterThanOrEqual(790);
  });

  it('is not asked without credentials', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const asked = standIn(answer('landline'));
    expect(await lookUp(carrier, { [credential]: '' })).toBe('unknown');
    expect(asked).toEqual([]);
  });
});
