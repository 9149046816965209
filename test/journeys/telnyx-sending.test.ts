import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { telnyx } from '../../src/carriers/telnyx.ts';
import { accepted, BASE, KEY, refusal, TelnyxApi } from './telnyx-api.ts';

const ORIGIN = 'https://offhook.example';
const SETTINGS = { ...env, TELNYX_API_KEY: KEY, TELNYX_API_BASE: BASE, PUBLIC_ORIGIN: ORIGIN };

const LINE = '+12062020100';
const CALLER = '+12062020142';
const TEXT: TextOut = {
  conversationId: 'c0',
  messageId: 'm 1%/é',
  attempt: 2,
  from: LINE,
  to: CALLER,
  body: 'Which day suits you?',
};
const ADDRESS = `${ORIGIN}/carriers/telnyx/status?conversation=c0&message=m+1%25%2F%C3%A9&attempt=2`;
const ASKED = { from: LINE, to: CALLER, text: TEXT.body, webhook_url: ADDRESS, use_profile_webhooks: false };

const REFUSED = { outcome: 'refused', reason: 'refused' };

let api: TelnyxApi;
let logged: MockInstance<typeof console.error>;

beforeEach(() => {
  api = new TelnyxApi();
  logged = vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => vi.restoreAllMocks());

describe('sending', () => {
  it('says where to report to, ids included, whatever is in them', async () => {
    expect(await telnyx.send(SETTINGS, TEXT)).toEqual({ outcome: 'accepted', carrierId: expect.any(String) });
    const address = new URL(api.taken[0]?.webhook_url ?? '');
    expect(address.origin + address.pathname).toBe(`${ORIGIN}/carriers/telnyx/status`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      conversation: 'c0',
      message: 'm 1%/é',
      attempt: '2',
    });
  });

  it.each<[number, string, object]>([
    [400, '40001', { outcome: 'refused', reason: 'landline' }],
    [409, '40300', { outcome: 'refused', reason: 'blocked' }],
    [403, '40300', { outcome: 'refused', reason: 'blocked' }],
    [400, '40002', { outcome: 'refused', reason: 'spam-filtered' }],
    [400, '40003', { outcome: 'refused', reason: 'spam-filtered' }],
    [400, '40008', { outcome: 'refused', reason: 'unreachable' }],
    [400, '40305', { outcome: 'refused', reason: 'account' }],
    [401, '10009', { outcome: 'refused', reason: 'account' }],
    [402, '20100', { outcome: 'refused', reason: 'account' }],
    [403, '99999', { outcome: 'refused', reason: 'account' }],
    [404, '10005', { outcome: 'refused', reason: 'account' }],
    [422, '10015', { outcome: 'refused', reason: 'refused' }],
    [429, '10011', { outcome: 'later', delayMs: null }],
    [429, '40318', { outcome: 'later', delayMs: null }],
    [429, '99999', { outcome: 'later', delayMs: null }],
    [429, '40333', { outcome: 'refused', reason: 'account' }],
    [408, '10008', { outcome: 'unknown' }],
    [500, '10007', { outcome: 'unknown' }],
    [503, '99999', { outcome: 'unknown' }],
    // Surely not taken, whatever went wrong besides.
    [503, '10011', { outcome: 'later', delayMs: null }],
  ])('is told %i with code %s', async (status, code, outcome) => {
    api.willRefuse(status, code);
    expect(await telnyx.send(SETTINGS, TEXT)).toEqual(outcome);
  });

  it.each<[Record<string, string>, number | null]>([
    [{ 'Retry-After': '30' }, 30_000],
    [{ 'x-ratelimit-reset': '45' }, 45_000],
    [{ 'x-ratelimit-reset': '45', 'Retry-After': '30' }, 30_000],
    [{ 'x-ratelimit-reset': 'soon' }, null],
    [{ 'x-ratelimit-remaining': '0' }, null],
  ])('waits as long as Telnyx asks for with %j', async (headers, delayMs) => {
    const errors = [{ code: '10011', title: 'Too many requests' }];
    for (const status of [429, 503]) {
      api.willAnswer(() => Response.json({ errors }, { status, headers }));
      expect(await telnyx.send(SETTINGS, TEXT)).toEqual({ outcome: 'later', delayMs });
    }
    // May have been taken all the same.
    api.willAnswer(() => new Response('', { status: 503, headers }));
    expect(await telnyx.send(SETTINGS, TEXT)).toEqual({ outcome: 'unknown' });
  });

  it.each<[string, () => Response | Promise<Response>, object]>([
    ['a page instead of JSON', () => new Response('<html>', { status: 200 }), { outcome: 'unknown' }],
    ['JSON without an id', () => Response.json({ data: {} }), { outcome: 'unknown' }],
    ['an error without a code', () => Response.json({ errors: [{}] }, { status: 400 }), REFUSED],
    ['a 502 of something in between', () => new Response('', { status: 502 }), { outcome: 'unknown' }],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { Location: '/' } }),
      { outcome: 'unknown' },
    ],
    ['a reset', () => Promise.reject(new TypeError('reset')), { outcome: 'unknown' }],
    [
      'that it failed on the spot',
      () => accepted(ASKED, 'id', 'sending_failed', [{ code: '40010' }]),
      { outcome: 'refused', reason: 'account' },
    ],
  ])('may be answered with %s', async (_, answer, outcome) => {
    api.willAnswer(answer);
    expect(await telnyx.send(SETTINGS, TEXT)).toEqual(outcome);
  });

  it.each([
    ['TELNYX_API_KEY', '', 'account'],
    ['TELNYX_API_BASE', 'telnyx', 'account'],
    ['PUBLIC_ORIGIN', '', 'refused'],
    ['PUBLIC_ORIGIN', 'offhook', 'refused'],
  ])('is refused, and says what to set, where %s is %j', async (name, value, reason) => {
    expect(await telnyx.send({ ...SETTINGS, [name]: value }, TEXT)).toEqual({ outcome: 'refused', reason });
    expect(api.taken).toEqual([]);
    expect(logged.mock.calls.flat().join(' ')).toContain(name);
  });

  it('logs neither numbers nor words nor the key', async () => {
    api.willRefuse(422, '10015');
    await telnyx.send(SETTINGS, TEXT);
    expect(JSON.stringify(logged.mock.calls)).not.toMatch(/206202|day suits|KEY/);
  });
});

describe('looking a text up', () => {
  const claimedAt = Date.UTC(2026, 10, 24, 0, 0, 30);
  const record = {
    record_type: 'message_detail_record',
    uuid: 'u1',
    delivery_status_webhook_url: ADDRESS,
  };
  const other = { uuid: 'u2', delivery_status_webhook_url: ADDRESS.replace('attempt=2', 'attempt=1') };

  it('finds it by the address of its reports', async () => {
    api.hasRecords([other, { uuid: 'u3' }, { delivery_status_webhook_url: null }, record]);
    expect(await telnyx.lookUp(SETTINGS, TEXT, claimedAt)).toEqual({ found: 'yes', carrierId: 'u1' });
    expect(Object.fromEntries(api.looked[0]?.searchParams ?? [])).toEqual({
      'filter[record_type]': 'messaging',
      'filter[direction]': 'outbound',
      'filter[cld]': CALLER,
      'filter[created_at][gte]': '2026-11-23',
      sort: '-created_at',
      'page[size]': '50',
    });
  });

  it('never says that it was not taken, since a record may come late', async () => {
    expect(await telnyx.lookUp(SETTINGS, TEXT, claimedAt)).toEqual({ found: 'unknown' });
    api.hasRecords([other]);
    expect(await telnyx.lookUp(SETTINGS, TEXT, claimedAt)).toEqual({ found: 'unknown' });
    api.hasRecords('rubbish');
    expect(await telnyx.lookUp(SETTINGS, TEXT, claimedAt)).toEqual({ found: 'unknown' });
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['refuses', () => refusal(400, '10015')],
    ['fails', () => new Response('', { status: 500 })],
    ['resets', () => Promise.reject(new TypeError('reset'))],
  ])('cannot tell when Telnyx %s', async (_, answer) => {
    api.willAnswer(answer);
    expect(await telnyx.lookUp(SETTINGS, TEXT, claimedAt)).toEqual({ found: 'unknown' });
  });

  it('cannot tell without SETTINGS', async () => {
    expect(await telnyx.lookUp({ ...SETTINGS, TELNYX_API_KEY: '' }, TEXT, claimedAt)).toEqual({
      found: 'unknown',
    });
    expect(await telnyx.lookUp({ ...SETTINGS, PUBLIC_ORIGIN: '' }, TEXT, claimedAt)).toEqual({
      found: 'unknown',
    });
  });
});
