import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { MAX_MEDIA } from '../../src/domain/conversation/media.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { DISGUISED, fiftyMegabytes, GIF, HTML, JPEG, PDF, PNG, SVG, WEBP } from './pictures.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';
import { ACCOUNT_SID, AUTH_TOKEN, STORAGE, TwilioApi } from './twilio-api.ts';

const LINE = '+12062020100';
const CALLER = '+12062020123';
const SETTINGS = { TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: AUTH_TOKEN, PUBLIC_ORIGIN: ORIGIN };

let api: TwilioApi;
let ana: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'twilio'").run();
  Object.assign(env, SETTINGS);
  api = new TwilioApi();
  ana = await signedInAs('staff@lakeside.example');
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const name of [...Object.keys(SETTINGS), 'TWILIO_API_BASE'])
    delete (env as unknown as Record<string, unknown>)[name];
});

const conversation = () => conversationOf(env, 'lakeside-main', CALLER);

/** A text that carries what is at these addresses, all declared to be JPEGs. */
async function texted(addresses: readonly string[], Body = ''): Promise<Message> {
  const form: Record<string, string> = {
    ...{ MessageSid: 'MM1', AccountSid: ACCOUNT_SID, From: CALLER, To: LINE, Body },
    NumMedia: String(addresses.length),
  };
  for (const [index, address] of addresses.entries()) {
    form[`MediaUrl${index}`] = address;
    form[`MediaContentType${index}`] = 'image/jpeg';
  }
  const address = `${ORIGIN}/carriers/twilio/messages`;
  const answer = await exports.default.fetch(address, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'X-Twilio-Signature': getExpectedTwilioSignature(AUTH_TOKEN, address, form) },
  });
  expect(answer.status).toBe(200);
  const page = await (await ana.ask(`/api/conversations/${conversation().id}`)).json<{
    messages: Message[];
  }>();
  return page.messages.at(-1) as Message;
}

function pathOf(index: number | string, messageId = 'MM1'): string {
  return `/api/conversations/${conversation().id}/messages/${messageId}/media/${index}`;
}

async function refusalOf(path: string, browser = ana): Promise<string> {
  const answer = await browser.ask(path);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  return `${answer.status} ${await codeOf(answer)}`;
}

describe('a picture that was texted to a line at Twilio', () => {
  it('is fetched when staff look, with credentials for Twilio and none for its storage', async () => {
    const message = await texted(
      [api.keep(() => new Response(PNG)), api.keep(() => new Response(WEBP))],
      'My arm',
    );
    expect(message).toMatchObject({ body: 'My arm', media: [{ contentType: 'image/jpeg' }, {}] });
    expect(api.asked).toEqual([]);
    const answer = await ana.ask(pathOf(0));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline; filename="picture-1.png"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=300',
    });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
    expect((await ana.ask(pathOf(1))).headers.get('Content-Type')).toBe('image/webp');
    expect([api.strayed, api.refused]).toEqual([[], []]);
  });

  it('is one of ten in one text: each is there, by its own place, and none is lost or there twice', async () => {
    const pictures = Array.from({ length: MAX_MEDIA }, (_, index) => Uint8Array.of(...PNG, index));
    const message = await texted(pictures.map((bytes) => api.keep(() => new Response(bytes.slice()))));
    expect(message.media).toHaveLength(10);
    for (const [index, bytes] of pictures.entries())
      expect(new Uint8Array(await (await ana.ask(pathOf(index))).arrayBuffer())).toEqual(bytes);
    expect(await refusalOf(pathOf(10))).toBe('404 not-found');
    const list = async () =>
      (await ana.ask('/api/practices/lakeside/conversations?view=open')).json<{
        conversations: ConversationSummary[];
      }>();
    await vi.waitFor(async () => expect((await list()).conversations[0]?.last.snippet).toBe('10 pictures'));
  });

  it('is told of in words where it came without any, and its address to nobody', async () => {
    await texted([api.keep(() => new Response(JPEG)), api.keep(() => new Response(GIF))]);
    const said = [
      await (await ana.ask('/api/practices/lakeside/conversations?view=open')).text(),
      await (await ana.ask(`/api/conversations/${conversation().id}`)).text(),
    ];
    const [list] = said.map((json) => JSON.parse(json) as { conversations?: ConversationSummary[] });
    await vi.waitFor(() => expect(list?.conversations?.[0]?.last.snippet).toBe('2 pictures'));
    expect(said.join()).not.toMatch(/twilio\.com|twiliocdn|reference/);
  });

  it('comes from TWILIO_API_BASE where that is set, and through more than one redirect', async () => {
    Object.assign(env, { TWILIO_API_BASE: 'http://127.0.0.1:4010' });
    const seen: [string, string | null][] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const { url, headers } = new Request(input, init);
      seen.push([url, headers.get('Authorization')]);
      const Location = { 1: '/2', 2: 'http://127.0.0.1:4011/3' }[seen.length];
      return Location ? new Response(null, { status: 302, headers: { Location } }) : new Response(JPEG);
    });
    await texted(['http://127.0.0.1:4010/1']);
    expect((await ana.ask(pathOf(0))).headers.get('Content-Type')).toBe('image/jpeg');
    expect(seen).toEqual([
      ['http://127.0.0.1:4010/1', `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`],
      ['http://127.0.0.1:4010/2', null],
      ['http://127.0.0.1:4011/3', null],
    ]);
  });
});

describe('what is no picture', () => {
  it.each([
    ['a page', HTML],
    ['an SVG', SVG],
    ['a PDF', PDF],
    ['a page that begins nearly like a picture', DISGUISED],
    ['nothing at all', new Uint8Array(0)],
  ])('is not shown, whatever it was declared to be: %s', async (_, bytes) => {
    await texted([api.keep(() => new Response(bytes, { headers: { 'Content-Type': 'image/jpeg' } }))]);
    expect(await refusalOf(pathOf(0))).toBe('422 not-a-picture');
  });

  it('is not read further than it may be large', async () => {
    const large = fiftyMegabytes();
    const told = new Response(PNG, { headers: { 'Content-Length': '50000000' } });
    await texted([api.keep(() => new Response(large.body)), api.keep(() => told)]);
    expect(await refusalOf(pathOf(0))).toBe('413 too-large');
    expect(large.given()).toBeLessThan(10_000_000);
    expect(await refusalOf(pathOf(1))).toBe('413 too-large');
  });
});

describe('an address in a webhook or a redirect', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://169.254.169.254/latest/meta-data',
    'https://2852039166/',
    'https://0x7f.1/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://router.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://mms.twiliocdn.example:8443/',
    'https://user:pass@mms.twiliocdn.example/',
    'http://mms.twiliocdn.example/',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    '',
  ])('that leads elsewhere than to the public net is not asked: %s', async (address) => {
    const redirect = () => new Response(null, { status: 302, headers: { Location: address } });
    await texted([address, api.keep(redirect)]);
    expect(await refusalOf(pathOf(0))).toBe('410 media-gone');
    // Without a place to go to it is merely an answer that makes no sense.
    expect(await refusalOf(pathOf(1))).toMatch(/^(410 media-gone|502 carrier-unreachable)$/);
    expect(api.strayed).toEqual([]);
  });

  it('of another host gets no credentials', async () => {
    const seen: (string | null)[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      seen.push(new Request(input, init).headers.get('Authorization'));
      return new Response(PNG);
    });
    await texted([
      'https://api.twilio.com.evil.example/1',
      'https://api.twilio.com@evil.example/',
      'https://evil.example/',
    ]);
    await ana.ask(pathOf(0));
    await ana.ask(pathOf(1));
    await ana.ask(pathOf(2));
    expect(seen).toEqual([null, null]);
  });

  it('that leads in circles is left', async () => {
    const around = () => new Response(null, { status: 302, headers: { Location: `${STORAGE}/around` } });
    await texted([api.keep(around)]);
    const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => around());
    expect(await refusalOf(pathOf(0))).toBe('502 carrier-unreachable');
    expect(asked.mock.calls.length).toBeLessThanOrEqual(4);
  });
});

describe('a carrier in trouble', () => {
  it.each([
    [404, '410 media-gone'],
    [403, '410 media-gone'],
    [500, '502 carrier-unreachable'],
    [304, '502 carrier-unreachable'],
  ])('that answers %d', async (status, refusal) => {
    await texted([api.keep(() => new Response(null, { status }))]);
    expect(await refusalOf(pathOf(0))).toBe(refusal);
  });

  it('that does not let us in, or is not there', async () => {
    await texted([
      api.keep(() => new Response(PNG)),
      api.keep(() => Promise.reject(new TypeError('no route'))),
    ]);
    expect(await refusalOf(pathOf(1))).toBe('502 carrier-unreachable');
    api.next('GET', () => new Response(null, { status: 403 }));
    expect(await refusalOf(pathOf(0))).toBe('502 carrier-unreachable');
    Object.assign(env, { TWILIO_AUTH_TOKEN: '' });
    expect(await refusalOf(pathOf(0))).toBe('502 carrier-unreachable');
  });
});

describe('who may not see it', () => {
  it('finds nothing there', async () => {
    await texted([api.keep(() => new Response(PNG))], 'Look');
    const priya = await signedInAs('staff@harbor.example');
    expect(await refusalOf(pathOf(0), priya)).toBe('404 not-found');
    const nobody = await exports.default.fetch(ORIGIN + pathOf(0));
    expect([nobody.status, await codeOf(nobody)]).toEqual([401, 'not-signed-in']);
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['another index', (path: string) => path.replace(/0$/, '1')],
    ['an index that is none', (path: string) => path.replace(/0$/, '-1')],
    ['an index in words', (path: string) => path.replace(/0$/, 'length')],
    ['another message', (path: string) => path.replace('MM1', 'MM2')],
    ['a conversation that is none', (path: string) => path.replace(/[0-9a-f]{64}/, 'f'.repeat(64))],
    ['what is no conversation', (path: string) => path.replace(/[0-9a-f]{64}/, 'x')],
  ])('asks for %s and finds nothing either', async (_, changed) => {
    await texted([api.keep(() => new Response(PNG))], 'Look');
    expect(await refusalOf(changed(pathOf(0)))).toBe('404 not-found');
  });

  it('asks for a text without media, or for what staff wrote', async () => {
    const plain = await texted([], 'Just words');
    expect(await refusalOf(pathOf(0, plain.id))).toBe('404 not-found');
    const id = crypto.randomUUID();
    await ana.post(`/api/conversations/${conversation().id}/messages`, { id, kind: 'note', body: 'Hm' });
    expect(await refusalOf(pathOf(0, id))).toBe('404 not-found');
  });
});
