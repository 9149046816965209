import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf, inboxOf, textIn } from '../durable/firing.ts';
import { PushServices, setVapidKeys, unsetVapidKeys } from '../durable/push-service.ts';
import { sit } from '../durable/seat.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const STAFF = 'staff@lakeside.example';
const OWN = '/api/session/telling';
const PUSH = '/api/session/push-subscription';
const OF_LAKESIDE = '/api/practices/lakeside/telling';
const DEFAULT = { quiet: { is: 'never' }, passesUrgent: false };

let services: PushServices;
let browser: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  browser = await signedInAs(STAFF);
  await setVapidKeys();
  services = new PushServices();
});
afterEach(() => {
  vi.restoreAllMocks();
  unsetVapidKeys();
});

const put = (path: string, json: unknown, by = browser) => by.ask(path, { method: 'PUT', json });

async function subscribe(by = browser): Promise<void> {
  expect(await (await put(PUSH, await services.newBrowser(), by)).json()).toEqual({ practices: 1 });
}

/** A text that nobody has taken; answers once the inbox has it. */
async function write(body = 'Rosa Diaz here, chart 4711'): Promise<void> {
  await conversationOf().receive(textIn(body));
  await vi.waitFor(async () => {
    const { conversations } = await inboxOf().page('open', '', null);
    expect(conversations[0]?.last.snippet).toBe(body);
  });
}

async function whoIsHere() {
  const seat = await sit('somebody');
  const [frame] = seat.frames;
  seat.socket.close();
  return frame?.type === 'snapshot' ? frame.present.filter(({ id }) => id === 'lakeside-staff') : [];
}

/** Longer than the inbox gathers. */
const PATIENCE = { timeout: 12_000, interval: 100 };
const LONGER_THAN_GATHERED_MS = 4_500;

describe('when somebody is told', () => {
  it('is always, until they say otherwise; a page knows the hours ahead', async () => {
    expect(await (await browser.ask(OF_LAKESIDE)).json()).toEqual({
      telling: DEFAULT,
      told: null,
      pushKey: env.VAPID_PUBLIC_KEY,
    });
    const week = Array.from({ length: 7 }, () => [{ from: '22:00', to: '06:00' }]);
    const telling = { quiet: { is: 'own', timeZone: 'America/New_York', week }, passesUrgent: true };
    expect((await put(OWN, telling)).status).toBe(204);
    const answer = await (await browser.ask(OF_LAKESIDE)).json<{ telling: unknown; told: unknown[] }>();
    expect(answer.telling).toEqual(telling);
    expect(answer.told.length).toBeGreaterThanOrEqual(8);
    const manager = await signedInAs('manager@lakeside.example');
    expect(await (await manager.ask(OF_LAKESIDE)).json()).toMatchObject({ telling: DEFAULT });
  });

  it('may be the practice’s hours', async () => {
    await put(OWN, { quiet: { is: 'practice' }, passesUrgent: false });
    const { told } = await (await browser.ask(OF_LAKESIDE)).json<{ told: unknown[] }>();
    // Weekdays, with a break at noon.
    expect(told.length).toBeGreaterThan(7);
  });

  it.each([
    ['nothing', {}],
    ['another choice', { quiet: { is: 'sometimes' }, passesUrgent: false }],
    ['hours without days', { quiet: { is: 'own', timeZone: 'UTC', week: [] }, passesUrgent: false }],
    [
      'no such place',
      { quiet: { is: 'own', timeZone: 'Mars/Base', week: Array(7).fill([]) }, passesUrgent: false },
    ],
  ])('is not set by %s', async (_, json) => {
    const refused = await put(OWN, json);
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'invalid-request']);
    expect(await (await browser.ask(OF_LAKESIDE)).json()).toMatchObject({ telling: DEFAULT });
  });
});

describe('a browser that asked for it', () => {
  it('is told while no page is open, with nothing about anybody', async () => {
    await subscribe();
    await write();
    await vi.waitFor(() => expect(services.told).toHaveLength(1), PATIENCE);
    expect(services.titles).toEqual(['A caller is waiting at Lakeside Family Clinic']);
    expect(JSON.stringify(services.told)).not.toMatch(/Rosa|Diaz|4711|2062020123|202-0123|Ana|Reyes/);
  });

  it('is not told while a page is before them, but while that is out of sight', async () => {
    await subscribe();
    const seat = await sit('lakeside-staff');
    seat.socket.send(JSON.stringify({ type: 'here', conversation: null, isTyping: false, isHidden: false }));
    await vi.waitFor(async () => expect((await whoIsHere()).length).toBe(1));
    await write();
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_GATHERED_MS));
    expect(services.told).toEqual([]);
    seat.socket.send(JSON.stringify({ type: 'here', conversation: null, isTyping: false, isHidden: true }));
    await write('Are you there?');
    await vi.waitFor(() => expect(services.told).toHaveLength(1), PATIENCE);
    seat.socket.close();
  });

  it('is told where a colleague names them in a note', async () => {
    await subscribe();
    await conversationOf().receive(textIn('Hello'));
    const manager = await signedInAs('manager@lakeside.example');
    const id = conversationOf().id.toString();
    await manager.patch(`/api/conversations/${id}`, { assignee: 'lakeside-manager' });
    const note = { id: crypto.randomUUID(), kind: 'note', body: 'Please look, @Ana Reyes' };
    expect((await manager.post(`/api/conversations/${id}/messages`, note)).status).toBe(201);
    await vi.waitFor(
      () => expect(services.titles).toContain('A colleague mentioned you at Lakeside Family Clinic'),
      { timeout: 45_000, interval: 200 },
    );
  });

  it('is told no more once it signs out, or its person works here no more', async () => {
    const [phone, manager] = [await signedInAs(STAFF), await signedInAs('manager@lakeside.example')];
    await subscribe(phone);
    await subscribe(manager);
    await phone.ask('/api/session', { method: 'DELETE' });
    await inboxOf().recheck('lakeside-manager');
    await write();
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_GATHERED_MS));
    expect(services.told).toEqual([]);
  });

  it('is told as before once its person has another role here, of what that role is told of', async () => {
    await subscribe();
    const admin = await signedInAs('admin@offhook.example');
    const isManager = () =>
      runInDurableObject(inboxOf(), (_, { storage }) =>
        [...storage.sql.exec('SELECT is_manager FROM push_subscriptions')].map((row) => row.is_manager),
      );
    expect(await isManager()).toEqual([0]);
    const path = '/api/practices/lakeside/people/lakeside-staff';
    expect((await admin.patch(path, { role: 'manager' })).status).toBe(200);
    expect(await isManager()).toEqual([1]);
    await write();
    await vi.waitFor(() => expect(services.told).toHaveLength(1), PATIENCE);
  });

  it('is told no more when it says so, and another one of the same person still is', async () => {
    const phone = await signedInAs(STAFF);
    await subscribe();
    await subscribe(phone);
    expect((await phone.ask(PUSH, { method: 'DELETE' })).status).toBe(204);
    await write();
    await vi.waitFor(() => expect(services.told).toHaveLength(1), PATIENCE);
  });

  it('names a push service, and nothing else that we would ask', async () => {
    env.ENVIRONMENT = 'production';
    const { keys } = await services.newBrowser();
    for (const endpoint of ['http://127.0.0.1/x', 'https://10.0.0.1/x', 'https://printer.local/x', '']) {
      const refused = await put(PUSH, { endpoint, keys });
      expect([endpoint, refused.status]).toEqual([endpoint, 400]);
    }
    const short = await put(PUSH, { endpoint: 'https://push.example/x', keys: { ...keys, auth: 'abc' } });
    expect(short.status).toBe(400);
  });

  it('is told of the practices in which its person works, not of those that admins reach', async () => {
    const admin = await signedInAs('admin@offhook.example');
    const answer = await put(PUSH, await services.newBrowser(), admin);
    expect(await answer.json()).toEqual({ practices: 0 });
  });

  it('is not asked for where this deployment has no keys', async () => {
    Reflect.deleteProperty(env, 'VAPID_PRIVATE_KEY');
    expect(await (await browser.ask(OF_LAKESIDE)).json()).toMatchObject({ pushKey: null });
    expect((await put(PUSH, await services.newBrowser())).status).toBe(503);
  });
});
