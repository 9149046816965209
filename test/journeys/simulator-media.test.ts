import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import type { HandsetMessage } from '../../src/domain/conversation/handset.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { HTML, PNG } from './pictures.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINE = '+12062020100';
const PHONE = '2062020142';

let ana: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  ana = await signedInAs('staff@lakeside.example');
});

const conversation = () => conversationOf(env, 'lakeside-main', `+1${PHONE}`);
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const png = { contentType: 'image/png', data: base64(PNG) };

function write(text: unknown): Promise<Response> {
  return exports.default.fetch(`${ORIGIN}/simulator/handsets/${PHONE}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(text),
  });
}

async function textsOnPhone(): Promise<HandsetMessage[]> {
  const answer = await exports.default.fetch(`${ORIGIN}/simulator/handsets/${PHONE}/messages`);
  return (await answer.json<{ messages: HandsetMessage[] }>()).messages;
}

/** The text in, once the phone has handed it over. */
function received(): Promise<Message> {
  return vi.waitFor(
    async () => {
      const messages = (await conversation().published(0))?.messages ?? [];
      const text = messages.find(({ kind }) => kind === 'text-in');
      if (text === undefined) throw new Error('not yet');
      return text;
    },
    { timeout: 10_000, interval: 25 },
  );
}

function pictureOf({ id }: Message, index = 0): Promise<Response> {
  return ana.ask(`/api/conversations/${conversation().id}/messages/${id}/media/${index}`);
}

describe('a phone sends a picture', () => {
  it('with words, which staff see beside it', async () => {
    expect((await write({ to: LINE, body: 'My arm', media: [png, png] })).status).toBe(202);
    const text = await received();
    expect(text).toMatchObject({
      body: 'My arm',
      media: [{ contentType: 'image/png' }, { contentType: 'image/png' }],
    });
    expect(await textsOnPhone()).toMatchObject([{ body: 'My arm', mediaCount: 2 }]);
    const answer = await pictureOf(text, 1);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
  });

  it('without words, and as large as it may be', async () => {
    const large = new Uint8Array(1_000_000);
    large.set(PNG);
    const data = btoa(large.reduce((text, byte) => text + String.fromCharCode(byte), ''));
    expect((await write({ to: LINE, media: [{ ...png, data }] })).status).toBe(202);
    const text = await received();
    expect(text.body).toBe('');
    expect((await (await pictureOf(text)).arrayBuffer()).byteLength).toBe(1_000_000);
    await vi.waitFor(async () => {
      const answer = await ana.ask('/api/practices/lakeside/conversations?view=needs-reply');
      expect(await answer.json()).toMatchObject({ conversations: [{ last: { snippet: 'Picture' } }] });
    });
  });

  it('that is none, which staff are not shown', async () => {
    await write({ to: LINE, media: [{ ...png, data: base64(HTML) }] });
    const answer = await pictureOf(await received());
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'not-a-picture']);
  });

  it.each([
    ['neither words nor pictures', { body: '', media: [] }, '400 invalid-request'],
    ['more than ten', { media: Array(11).fill(png) }, '400 invalid-request'],
    ['what is no type', { media: [{ ...png, contentType: 'a picture' }] }, '400 invalid-request'],
    ['what is no base64', { media: [{ ...png, data: '%%%' }] }, '400 invalid-request'],
    ['nothing in it', { media: [{ ...png, data: '' }] }, '400 invalid-request'],
    ['more than 1 MB', { media: [{ ...png, data: 'A'.repeat(1_400_000) }] }, '413 too-large'],
    [
      'more than 5 MB in all',
      { media: Array(6).fill({ ...png, data: 'A'.repeat(1_200_000) }) },
      '413 too-large',
    ],
    ['words that never end', { body: 'x'.repeat(20_000), media: [png] }, '413 too-large'],
  ])('but not with %s', async (_, text, refusal) => {
    const answer = await write({ to: LINE, ...text });
    expect(`${answer.status} ${await codeOf(answer)}`).toBe(refusal);
    expect(await textsOnPhone()).toEqual([]);
  });
});

describe('the simulated carrier', () => {
  it('hands a picture out to who holds its secret, and to nobody else', async () => {
    await write({ to: LINE, media: [png] });
    const { id } = await received();
    const reference = `+1${PHONE}/${id}/0`;
    expect(await simulator.fetchMedia(env, reference)).toMatchObject({ outcome: 'fetched' });
    const forged = { ...env, SIMULATOR_SECRET: 'guessed' };
    expect(await simulator.fetchMedia(forged, reference)).toEqual({ outcome: 'gone' });
    const handset = env.HANDSET.get(env.HANDSET.idFromName(PHONE));
    expect(await handset.media(reference, '')).toBe(null);
    for (const other of [`+1${PHONE}/${id}/1`, `+1${PHONE}/x/0`, '+12062020999/x/0', 'x', '']) {
      expect(await simulator.fetchMedia(env, other)).toEqual({ outcome: 'gone' });
    }
  });
});
