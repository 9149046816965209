import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { HoursSetting } from '../../src/domain/hours/after-hours.ts';
import { MAX_PHRASE_LENGTH, MAX_PHRASES } from '../../src/domain/waiting/red-flags.ts';
import type { WaitingClock } from '../../src/domain/waiting/waiting-clock.ts';
import { DEFAULT_WAITING, type WaitingSettings } from '../../src/domain/waiting/waiting-settings.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf, inboxOf, LINE } from '../durable/firing.ts';
import { emptyData } from '../empty-data.ts';
import { auditEntries, auditedIn } from './audit-entries.ts';
import { type StaffBrowser, signedInAs } from './staff-browser.ts';

const WAITING = '/api/practices/lakeside/waiting';
const CLOCK = '/api/practices/lakeside/waiting-clock';
const HOURS = '/api/practices/lakeside/hours';

const NEVER_OPEN: HoursSetting = {
  timeZone: null,
  week: [[], [], [], [], [], [], []],
  holidays: [],
  afterHoursReply: { isOn: true, text: { en: 'We are closed.' } },
};

let manager: StaffBrowser;
let staff: StaffBrowser;
let stranger: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  staff = await signedInAs('staff@lakeside.example');
  stranger = await signedInAs('staff@harbor.example');
});
afterEach(() => {
  vi.restoreAllMocks();
});

function put(settings: unknown, version = 0, browser = manager): Promise<Response> {
  return browser.ask(WAITING, { method: 'PUT', json: { settings, version } });
}

function settings(changes: Partial<WaitingSettings> = {}): WaitingSettings {
  return { ...DEFAULT_WAITING, ...changes };
}

async function putHours(hours: HoursSetting): Promise<void> {
  expect((await manager.ask(HOURS, { method: 'PUT', json: hours })).status).toBe(200);
}

/** A caller writes, as their carrier hands it over. */
async function writes(body: string, number = '2062020123'): Promise<string> {
  const sent = await staff.post(`/simulator/handsets/${number}/messages`, { to: LINE.number, body });
  expect(sent.status).toBe(202);
  const id = conversationOf(`+1${number}`).id.toString();
  await vi.waitFor(async () => {
    const snippets = (await needsReply()).map(({ last }) => last.snippet);
    expect(snippets).toContain(body);
  });
  return id;
}

async function needsReply(): Promise<ConversationSummary[]> {
  const answer = await staff.ask('/api/practices/lakeside/conversations?view=needs-reply');
  return (await answer.json<{ conversations: ConversationSummary[] }>()).conversations;
}

async function messagesOf(id: string): Promise<Message[]> {
  return (await (await staff.ask(`/api/conversations/${id}`)).json<{ messages: Message[] }>()).messages;
}

async function automatic(id: string): Promise<string[]> {
  return (await messagesOf(id)).filter(({ kind }) => kind === 'automatic').map(({ body }) => body);
}

describe('how long callers may wait', () => {
  it('comes with Offhook, is set by managers, and is in the audit log', async () => {
    expect(await (await manager.ask(WAITING)).json()).toEqual({ settings: DEFAULT_WAITING, version: 0 });
    const wanted = settings({
      targetMinutes: 5,
      everyoneMinutes: null,
      redFlags: { en: ['Chest pain', 'bad'] },
    });
    const set = await put(wanted);
    expect([set.status, await set.json()]).toEqual([200, { settings: wanted, version: 1 }]);
    expect(await auditedIn()).toEqual(['Marcus Webb: waiting-changed, Lakeside Family Clinic']);
    const [entry] = await auditEntries();
    expect(JSON.parse(entry?.after ?? '')).toMatchObject({
      Target: 'after 5 min',
      'Everybody is told': 'never',
      'Urgent words': 'bad',
    });
    expect(JSON.parse(entry?.before ?? '')['Urgent words']).toContain('chest pains');
  });

  it('says whether conversations of people who are gone return to the queue, to the inbox and in the audit log too', async () => {
    const rules = () => runInDurableObject(inboxOf(), (_, { storage }) => storage.kv.get('waiting-rules'));
    expect((await put(settings({ returnsToQueue: false }))).status).toBe(200);
    expect(await (await manager.ask(WAITING)).json()).toMatchObject({ settings: { returnsToQueue: false } });
    await vi.waitFor(async () => expect(await rules()).toMatchObject({ returnsToQueue: false }));
    const [entry] = await auditEntries();
    const gone = 'Conversations of people who are gone';
    expect(JSON.parse(entry?.before ?? '')[gone]).toBe('return to the queue');
    expect(JSON.parse(entry?.after ?? '')[gone]).toBe('stay theirs');
    // From before there was the choice.
    const { returnsToQueue: _, ...older } = settings();
    await env.DB.prepare('UPDATE practice_waiting SET settings = ?').bind(JSON.stringify(older)).run();
    expect(await (await manager.ask(WAITING)).json()).toEqual({ settings: settings(), version: 1 });
    expect((await put({ ...older, returnsToQueue: 'no' }, 1)).status).toBe(400);
    expect(await (await put(older, 1)).json()).toEqual({ settings: settings(), version: 2 });
  });

  it('stays as somebody else set it meanwhile, and they are shown it', async () => {
    await put(settings({ targetMinutes: 5 }));
    const refused = await put(settings({ targetMinutes: 7 }));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      error: { code: 'changed-meanwhile' },
      waiting: { settings: { targetMinutes: 5 }, version: 1 },
    });
    expect((await put(settings({ targetMinutes: 7 }), 1)).status).toBe(200);
  });

  it('is not for staff, nor for anybody of another practice; counting by it is', async () => {
    expect((await staff.ask(WAITING)).status).toBe(403);
    expect((await put(settings(), 0, staff)).status).toBe(403);
    expect((await put(settings(), 0, stranger)).status).toBe(404);
    expect((await stranger.ask(CLOCK)).status).toBe(404);
    expect((await staff.ask(CLOCK)).status).toBe(200);
  });

  it.each([
    ['targetMinutes', { targetMinutes: 0 }],
    ['targetMinutes', { targetMinutes: 1.5 }],
    ['everyoneMinutes', { targetMinutes: 20, everyoneMinutes: 10 }],
    ['managersMinutes', { everyoneMinutes: 30, managersMinutes: 20 }],
    ['redFlags.en.0', { redFlags: { en: ['a'.repeat(MAX_PHRASE_LENGTH + 1)] } }],
    ['redFlags.en.0', { redFlags: { en: ['…'] } }],
    [
      'redFlags',
      { redFlags: { en: Array.from({ length: MAX_PHRASES + 1 }, (_, index) => `word ${index}`) } },
    ],
    ['redFlags', { redFlags: { 'no language': ['x'] } }],
    ['emergencyText.en', { emergencyText: { en: 'x'.repeat(161) } }],
    ['emergencyText.en', { emergencyText: { en: 'Call {caller name}' } }],
  ])('is refused with the name of what is wrong: %s', async (field, changes) => {
    const refused = await put(settings(changes));
    expect(refused.status).toBe(400);
    expect((await refused.json<{ error: { message: string } }>()).error.message).toContain(
      `“settings.${field}`,
    );
    expect(await (await manager.ask(WAITING)).json()).toMatchObject({ version: 0 });
  });

  it('reaches every page as open times, of lines with hours of their own too, and the inbox as rules', async () => {
    const clock = async () => (await staff.ask(CLOCK)).json<WaitingClock>();
    const before = await clock();
    expect(before).toMatchObject({ targetMinutes: 10, everyoneMinutes: 30, managersMinutes: 60, lines: {} });
    expect(before.open?.length).toBeGreaterThan(20);
    const line = `/api/practices/lakeside/lines/${LINE.id}/hours`;
    const always = { ...NEVER_OPEN, week: NEVER_OPEN.week.map(() => [{ from: '00:00', to: '24:00' }]) };
    expect((await manager.ask(line, { method: 'PUT', json: always })).status).toBe(200);
    await putHours(NEVER_OPEN);
    await put(settings({ everyoneMinutes: 45 }));
    expect(await clock()).toMatchObject({
      everyoneMinutes: 45,
      open: [],
      lines: { [LINE.id]: [before.known && { from: expect.any(Number), to: expect.any(Number) }] },
    });
    await vi.waitFor(async () => {
      const rules = await runInDurableObject(inboxOf(), (_, { storage }) => storage.kv.get('waiting-rules'));
      expect(rules).toMatchObject({ everyoneMinutes: 45, hours: { lines: { [LINE.id]: {} } } });
    });
  });

  it('goes along in the file of how the practice is set up', async () => {
    const path = '/api/practices/lakeside/configuration';
    const admin = await signedInAs('admin@offhook.example');
    const wanted = settings({ targetMinutes: 7 });
    await put(wanted);
    const file = await (await manager.ask(path)).json<{ waiting: WaitingSettings }>();
    expect(file.waiting).toEqual(wanted);
    await put(settings({ targetMinutes: 8 }), 1);
    const taken = await admin.post(path, { file, isDryRun: false });
    expect(await taken.json()).toEqual({
      changes: ['How long callers may wait, and which words are urgent'],
    });
    expect(await (await manager.ask(WAITING)).json()).toEqual({ settings: wanted, version: 3 });
    const { waiting: _, ...old } = file;
    expect(await (await admin.post(path, { file: old, isDryRun: false })).json()).toEqual({ changes: [] });
  });
});

describe('a text that cannot wait', () => {
  it('lifts its conversation over all others, and says which words did; a person can say that they do not', async () => {
    await writes('Can I get a refill?', '2062020124');
    const id = await writes('My CHEST hurts, i can not breathe');
    const [first, second] = await needsReply();
    expect(first).toMatchObject({ id, urgent: { phrase: 'chest hurts', at: expect.any(Number) } });
    expect(second?.urgent).toBeNull();
    const path = `/api/conversations/${id}`;
    expect((await staff.patch(path, { urgent: true })).status).toBe(400);
    const calm = await staff.patch(path, { urgent: false });
    expect(await calm.json()).toMatchObject({
      conversation: { urgent: null, waitingSince: expect.any(Number) },
    });
    expect((await messagesOf(id)).at(-1)).toMatchObject({
      author: { name: 'Ana Reyes' },
      event: { name: 'not-urgent', detail: 'chest hurts' },
    });
    await vi.waitFor(async () => expect((await needsReply()).at(-1)?.id).toBe(id));
  });

  it('is found by the list of the practice, in any of its languages, and by no other', async () => {
    await put(settings({ redFlags: { en: ['purple'], vi: ['đau ngực'] } }));
    await writes('I have chest pain', '2062020124');
    expect((await needsReply())[0]?.urgent).toBeNull();
    await writes('Tôi bị ĐAU NGỰC', '2062020125');
    expect((await needsReply())[0]?.urgent?.phrase).toBe('đau ngực');
  });

  it('is told after hours what to do, once, also where the reply went out before or there is none', async () => {
    await putHours(NEVER_OPEN);
    const id = await writes('Are you there?');
    await writes('I want to kill myself');
    await writes('kill myself, I said');
    await vi.waitFor(async () =>
      expect(await automatic(id)).toEqual(['We are closed.', 'If this is an emergency, call 911.']),
    );
    const other = await writes('Siento dolor en el pecho', '2062020124');
    await vi.waitFor(async () =>
      expect(await automatic(other)).toEqual(['We are closed.\n\nIf this is an emergency, call 911.']),
    );
    await putHours({ ...NEVER_OPEN, afterHoursReply: { isOn: false, text: {} } });
    const silent = await writes('overdose', '2062020125');
    await vi.waitFor(async () =>
      expect(await automatic(silent)).toEqual(['If this is an emergency, call 911.']),
    );
    await put(settings({ emergencyText: {} }));
    expect(await automatic(await writes('overdose', '2062020126'))).toEqual([]);
  });
});
