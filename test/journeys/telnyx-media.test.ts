import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { TelnyxSigner } from '../telnyx-signer.ts';
import { JPEG } from './pictures.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const CALLER = '+12062020142';
const PICTURE = 'https://us-east-1.telnyxcloudstorage.example/1/2?X-Amz-Signature=3';

const signer = await TelnyxSigner.withNewKey();

let ana: StaffBrowser;
let asked: Request[];

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'telnyx' WHERE id = 'lakeside-main'").run();
  ana = await signedInAs('staff@lakeside.example');
});

afterEach(() => vi.restoreAllMocks());

it('a picture that was texted to a line at Telnyx comes from its storage, without a key', async () => {
  answers(() => new Response(JPEG));
  await texted([{ content_type: 'image/jpeg', url: PICTURE, size: 10, hash_sha256: 'abc' }]);
  expect(asked).toEqual([]);
  const answer = await ana.ask(picturePath());
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/jpeg']);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(JPEG);
  expect(asked.map(({ url }) => url)).toEqual([PICTURE]);
  expect([...(asked[0]?.headers.keys() ?? [])]).toEqual([]);
});

it('stays with the carrier it came from when its line has another one', async () => {
  answers(() => new Response(JPEG));
  await texted([{ content_type: 'image/jpeg', url: PICTURE }]);
  await env.DB.prepare("UPDATE lines SET carrier = 'kannel' WHERE id = 'lakeside-main'").run();
  expect((await ana.ask(picturePath())).status).toBe(200);
});

it('is gone when its address has run out, and where Telnyx gave none', async () => {
  answers(() => new Response('<Error>Request has expired</Error>', { status: 403 }));
  await texted([{ content_type: 'image/jpeg', url: PICTURE }, { content_type: 'image/jpeg' }]);
  for (const index of [0, 1]) {
    const answer = await ana.ask(picturePath(index));
    expect([answer.status, await codeOf(answer)]).toEqual([410, 'media-gone']);
  }
  expect(asked).toHaveLength(1);
});

function answers(answer: () => Response): void {
  asked = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    asked.push(new Request(input, init));
    return answer();
  });
}

function picturePath(index = 0): string {
  return `/api/conversations/${conversationOf(env, 'lakeside-main', CALLER).id}/messages/text-1/media/${index}`;
}

/** https://developers.telnyx.com/docs/messaging/messages/receive-message */
async function texted(media: unknown[]): Promise<void> {
  const payload = {
    ...{ record_type: 'message', direction: 'inbound', id: 'text-1', type: 'MMS', text: '', media },
    from: { phone_number: CALLER },
    to: [{ phone_number: '+12062020100', status: 'webhook_delivered' }],
    received_at: new Date().toISOString(),
  };
  const body = JSON.stringify({ data: { record_type: 'event', event_type: 'message.received', payload } });
  const headers = await signer.headers(body, Date.now());
  headers.set('Content-Type', 'application/json');
  const request = new Request(`${ORIGIN}/carriers/telnyx/messages`, { method: 'POST', body, headers });
  const settings = {
    TELNYX_API_KEY: 'KEY_secret',
    TELNYX_PUBLIC_KEY: signer.publicKey,
    PUBLIC_ORIGIN: ORIGIN,
  };
  const answer = await worker.fetch(request, { ...env, ...settings }, createExecutionContext());
  expect(answer.status).toBe(200);
}
