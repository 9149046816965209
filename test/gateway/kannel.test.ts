import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { LocalServer } from '../../scripts/local-server.ts';
import { checkKannel } from '../../src/carriers/kannel-check.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { MAX_BODY_LENGTH, type Message } from '../../src/domain/conversation/message.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';
import { describeWith } from '../real-program.ts';
import { freePort } from '../served/killable.ts';
import { serving } from '../served/serving.ts';
import { StaffClient } from '../served/staff-client.ts';
import { Gateway } from './gateway.ts';

const LINE = '+12062020100';

let stateDir: string;
let port: number;
let server: LocalServer;
let gateway: Gateway;
let staff: StaffClient;

describeWith(['bearerbox', 'smsbox', 'fakesmsc'], 'a line that a real Kannel carries', () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'offhook-gateway-state-'));
    port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    gateway = await Gateway.start(origin);
    await serve();
    // Before anything is asked, and so before anything is cached.
    await server.database.prepare("UPDATE lines SET carrier = 'kannel' WHERE id = 'lakeside-main'").run();
    staff = new StaffClient(origin);
    await staff.signIn('staff@lakeside.example');
  });

  afterAll(async () => {
    const ended = await Promise.allSettled([gateway?.end(), server?.stop()]);
    await stopEsbuild();
    await rm(stateDir, { recursive: true, force: true });
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(gateway?.tail));
  });

  it('carries a whole conversation', async () => {
    const phone = '+12062020131';
    const id = await hangUp(phone);
    const [first] = await arrivedAt(phone, 1);
    expect(first).toMatchObject({ from: LINE, body: expect.stringContaining('Lakeside Family Clinic') });
    await vi.waitFor(async () =>
      expect(await messagesOf(id)).toMatchObject([
        { kind: 'automatic', body: first?.body, delivery: { status: 'delivered', attempt: 1 } },
      ]),
    );

    await gateway.write(phone, LINE, 'text I need to move my visit, por favor');
    await vi.waitFor(async () => {
      const waiting = await conversations('needs-reply');
      expect(waiting.find((one) => one.id === id)).toMatchObject({
        unread: 1,
        last: { kind: 'text-in', snippet: 'I need to move my visit, por favor' },
      });
    }, patience);

    await reply(id, 'Of course. Which day suits you?');
    expect((await arrivedAt(phone, 2))[1]).toMatchObject({
      from: LINE,
      body: 'Of course. Which day suits you?',
    });
    await toBeDelivered(id);
    expect((await messagesOf(id)).map(({ kind }) => kind)).toEqual(['automatic', 'text-in', 'reply']);
  });

  it('says whether it knows us, and sends nothing', async () => {
    const before = gateway.received.length;
    const known = gateway.settings;
    expect(await checkKannel(known)).toEqual({ isGood: true, words: expect.stringContaining('knows') });
    const stranger = { ...known, KANNEL_PASSWORD: 'wrong' };
    expect(await checkKannel(stranger)).toEqual({
      isGood: false,
      words: expect.stringContaining('KANNEL_PASSWORD'),
    });
    const elsewhere = { ...known, KANNEL_SENDSMS_URL: `${known.KANNEL_SENDSMS_URL}x` };
    expect((await checkKannel(elsewhere)).isGood).toBe(false);
    expect(gateway.received.length).toBe(before);
  });

  const accents = 'è é ù ì ò Ç Ø å Δ Ä Ö Ñ Ü à £ ¥ § ¿ ¡ ß @ $ _ & < > # % + = ? "';
  const brackets = '{ } [ ] ~ | \\ ^ €';
  it.each([
    ['plain words', 'Tomorrow at 10:30?', 1],
    ['accents', accents, 1],
    ['signs that take two places', brackets, 1],
    ['letters beyond', '¿Cómo está? Año, jamás, Żółć, Привет, 你好', 1],
    ['emoji', 'See you 😀 👩‍⚕️ 🇺🇸!', 1],
    ['three segments', `${accents} ${brackets}`.repeat(5).slice(0, 330), 3],
    ['three segments with emoji', 'Sí, mañana 😀'.repeat(13), 3],
    ['three segments of several lines', `One line\nand another\r\n${'and a long one, '.repeat(22)}.`, 3],
    ['as much as there may be', 'x😀'.repeat(MAX_BODY_LENGTH / 3), 23],
  ])('brings a reply to the phone letter by letter: %s', async (_, body, segments) => {
    const phone = '+12062020132';
    const id = await begun(phone);
    const before = arrived(phone).length;
    await reply(id, body);
    const text = (await arrivedAt(phone, before + 1)).at(-1);
    expect(text).toMatchObject({ body, segments });
    await toBeDelivered(id);
  });

  it.each([
    ['accents', (words: string) => `text ${words}`, 'Café, mañana: è ù £ €?'],
    ['emoji', ucs2, 'Gracias 😀 Żółć 👩‍⚕️'],
  ])('brings what a phone writes to the inbox letter by letter: %s', async (_, how, words) => {
    const phone = '2062020133';
    await gateway.write(phone, '2062020100', how(words));
    const id = await conversationOf(`+1${phone}`);
    await vi.waitFor(async () => expect((await messagesOf(id)).at(-1)?.body).toBe(words), patience);
  });

  it('brings a long text to the inbox in one piece', async () => {
    const phone = '+12062020134';
    const parts = ['My first part, '.repeat(10), 'my second part, '.repeat(9), 'and an end.'];
    for (const [index, part] of parts.entries()) {
      const header = `%05%00%03%2A%03%0${index + 1}`;
      await gateway.write(phone, LINE, `udh-text ${header} ${part}`);
    }
    const id = await conversationOf(phone);
    expect((await messagesOf(id)).map(({ body }) => body)).toEqual([parts.join('')]);
  });

  it('keeps a reply for a centre that is away', async () => {
    const phone = '+12062020135';
    const id = await begun(phone);
    await gateway.disconnectCentre();
    await reply(id, 'Are you still there?');
    await vi.waitFor(async () => expect((await lastOf(id)).delivery?.status).toBe('sent'), patience);
    await gateway.connectCentre();
    expect((await arrivedAt(phone, 1))[0]).toMatchObject({ body: 'Are you still there?' });
    await toBeDelivered(id);
  });

  it('says at once where no centre takes a text', async () => {
    const id = await hangUp('+12062020999');
    await vi.waitFor(
      async () =>
        expect(await messagesOf(id)).toMatchObject([{ delivery: { status: 'failed', reason: 'account' } }]),
      patience,
    );
    expect(arrived('+12062020999')).toEqual([]);
  });

  it('loses no text while the product is away, and doubles none', async () => {
    const phone = '+12062020136';
    await server.stop();
    await gateway.write(phone, LINE, 'text Is anybody there?');
    await serve();
    const id = await conversationOf(phone);
    expect((await messagesOf(id)).map(({ body }) => body)).toEqual(['Is anybody there?']);
  });

  it('is never heard by a caller of its own accord', () => {
    const bodies = gateway.received.map(({ body }) => body);
    expect(bodies.filter((body) => /could not|fetch|empty/i.test(body))).toEqual([]);
    expect(staff.refused).toEqual({});
  });
});

const patience = { timeout: 15_000, interval: 50 };

async function serve(): Promise<void> {
  server = await serving({ port, stateDir, vars: gateway.settings });
  await openAroundTheClock(server);
}

function ucs2(words: string): string {
  const octets = Buffer.from(words, 'utf16le').swap16().toString('hex');
  return `ucs2 ${octets.replaceAll(/../g, '%$&')}`;
}

async function hangUp(phone: string): Promise<string> {
  const call = { CALLER_ID_NUMBER: phone };
  const answer = await staff.post('/hooks/demo/abandoned-call/lakeside-hangup-en', call);
  expect(answer).toMatchObject({ result: 'texting' });
  return (answer as { conversation: string }).conversation;
}

function arrived(phone: string) {
  return gateway.received.filter(({ to }) => to === phone);
}

function arrivedAt(phone: string, count: number) {
  return vi.waitFor(() => {
    expect(arrived(phone)).toHaveLength(count);
    return arrived(phone);
  }, patience);
}

async function reply(id: string, body: string): Promise<void> {
  const path = `/api/conversations/${id}/messages`;
  expect(await staff.post(path, { id: randomUUID(), kind: 'reply', body })).not.toBeNull();
}

function toBeDelivered(id: string): Promise<void> {
  return vi.waitFor(async () => expect((await lastOf(id)).delivery?.status).toBe('delivered'), patience);
}

async function conversations(view = 'open'): Promise<ConversationSummary[]> {
  const path = `/api/practices/lakeside/conversations?view=${view}`;
  return (await staff.get<{ conversations: ConversationSummary[] }>(path)).conversations;
}

/** By a text of the caller. */
async function begun(phone: string): Promise<string> {
  await gateway.write(phone, LINE, 'text Hello');
  return conversationOf(phone);
}

/** Waits for it, since an inbox hears of its conversations a moment later. */
async function conversationOf(phone: string): Promise<string> {
  const find = async () => (await conversations()).find(({ caller }) => caller.number === phone);
  return vi.waitFor(async () => {
    const found = await find();
    expect(found).toBeDefined();
    return `${found?.id}`;
  }, patience);
}

async function messagesOf(id: string): Promise<Message[]> {
  return (await staff.get<{ messages: Message[] }>(`/api/conversations/${id}`)).messages;
}

async function lastOf(id: string): Promise<Message> {
  return (await messagesOf(id)).at(-1) as Message;
}
