import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionAnswer } from '../../src/domain/people/signed-in.ts';
import type { PracticeProfile } from '../../src/domain/practice/practice-profile.ts';
import { neverTexted } from '../../src/practices/never-texted.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const PRACTICES = '/api/practices';
const LAKESIDE = `${PRACTICES}/lakeside`;
const NEW = { name: 'Río Verde Urgent Care', kind: 'clinic', timeZone: 'America/Denver' };

let admin: StaffBrowser;
let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  admin = await signedInAs('admin@offhook.example');
  manager = await signedInAs('manager@lakeside.example');
});

async function practiceIn(answer: Response): Promise<PracticeProfile> {
  return (await answer.json<{ practice: PracticeProfile }>()).practice;
}

async function messageIn(answer: Response): Promise<string> {
  return (await answer.json<{ error: { message: string } }>()).error.message;
}

async function inReachOf(browser: StaffBrowser): Promise<string[]> {
  const { practices } = await (await browser.ask('/api/session')).json<SessionAnswer>();
  return practices.map(({ id }) => id);
}

/** The oldest first. */
async function actionsIn(log: string): Promise<string[]> {
  const stub = env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName(log));
  const nothing = { words: null, actionsMeant: [], actions: null, from: null, to: null, before: null };
  return (await stub.page(nothing)).entries.map(({ action }) => action).reverse();
}

describe('an admin', () => {
  it('makes a practice in an environment that has none', async () => {
    await emptyData();
    await env.DB.exec(
      "INSERT INTO staff (id, email, name, password_hash, is_admin) VALUES ('jo', 'jo@clinic.example', 'Jo', '$argon2id$none', 1)",
    );
    admin = await signedInAs('jo@clinic.example');
    expect(await inReachOf(admin)).toEqual([]);
    const made = await admin.post(PRACTICES, { ...NEW, mainNumber: '(303) 202-0199' });
    expect(made.status).toBe(201);
    expect(await practiceIn(made)).toEqual({
      ...NEW,
      id: 'rio-verde-urgent-care',
      mainNumber: '+13032020199',
      version: 1,
      madeAt: expect.any(Number),
      archivedAt: null,
    });
    expect(await inReachOf(admin)).toEqual(['rio-verde-urgent-care']);
    expect((await neverTexted(env.DB)).ownNumbers).toContain('+13032020199');
  });

  it('gives namesakes ids of their own, and none that an address of ours has', async () => {
    const ids = [];
    for (const name of ['API', 'Clinic', 'clinic!', '…', '診療所'])
      ids.push((await practiceIn(await admin.post(PRACTICES, { ...NEW, name }))).id);
    expect(ids).toEqual(['practice-api', 'clinic', 'clinic-2', 'practice', 'practice-2']);
    const both = await Promise.all([admin.post(PRACTICES, NEW), admin.post(PRACTICES, NEW)]);
    expect(new Set(await Promise.all(both.map(async (one) => (await practiceIn(one)).id))).size).toBe(2);
  });

  it.each([
    [{ ...NEW, name: ' ' }, 'name'],
    [{ ...NEW, name: 'x'.repeat(101) }, 'name'],
    [{ ...NEW, kind: 'hospital' }, 'clinic or call-center'],
    [{ ...NEW, timeZone: 'America/Atlantis' }, 'no time zone'],
    [{ ...NEW, timeZone: '+02:00' }, 'no time zone'],
    [{ ...NEW, mainNumber: '12345' }, 'mainNumber'],
    [{ ...NEW, mainNumber: '900 202 0100' }, 'premium'],
    [{ ...NEW, mainNumber: '206 202 0100' }, 'circle'],
    [{ ...NEW, id: 'mine' }, 'id'],
  ])('is told what is wrong with %j, and nothing is made', async (body, words) => {
    const answer = await admin.post(PRACTICES, body);
    expect(answer.status).toBe(400);
    expect(await messageIn(answer)).toContain(words);
    expect(await inReachOf(admin)).toEqual(['harbor', 'lakeside']);
  });

  it('archives a practice whose lines are retired, brings it back, and nothing is deleted', async () => {
    const refused = await admin.post(`${LAKESIDE}/archive`);
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'lines-in-use']);
    expect((await admin.post(`${LAKESIDE}/lines/lakeside-main/retired`)).status).toBe(204);
    expect((await admin.post(`${LAKESIDE}/archive`)).status).toBe(204);
    expect((await admin.post(`${LAKESIDE}/archive`)).status).toBe(204);
    expect(await inReachOf(admin)).toEqual(['harbor']);
    expect(await inReachOf(manager)).toEqual([]);
    expect((await manager.ask(LAKESIDE)).status).toBe(404);
    const { practices } = await (await admin.ask(PRACTICES)).json<{ practices: PracticeProfile[] }>();
    expect(practices.find(({ id }) => id === 'lakeside')?.archivedAt).toEqual(expect.any(Number));
    expect((await admin.ask(`${LAKESIDE}/archive`, { method: 'DELETE' })).status).toBe(204);
    expect(await inReachOf(manager)).toEqual(['lakeside']);
  });
});

describe('what is done about practices and lines', () => {
  it('is in the audit log, of the practice and, where practices come and go, of the enterprise', async () => {
    const { id } = await practiceIn(await admin.post(PRACTICES, NEW));
    await manager.patch(LAKESIDE, { version: 1, name: 'Lakeside' });
    const line = { name: 'Second', number: '206 202 0155', carrier: 'simulator' };
    const added = await (await manager.post(`${LAKESIDE}/lines`, line)).json<{ line: { id: string } }>();
    await manager.patch(`${LAKESIDE}/lines/${added.line.id}`, { name: 'Billing' });
    for (const one of [added.line.id, 'lakeside-main']) await admin.post(`${LAKESIDE}/lines/${one}/retired`);
    await admin.post(`${LAKESIDE}/archive`);
    await admin.ask(`${LAKESIDE}/archive`, { method: 'DELETE' });
    expect(await actionsIn(id)).toEqual(['practice-made']);
    expect(await actionsIn('*')).toEqual(['practice-made', 'practice-archived', 'practice-brought-back']);
    expect(await actionsIn('lakeside')).toEqual([
      'practice-changed',
      'line-added',
      'line-changed',
      'line-retired',
      'line-retired',
      'practice-archived',
      'practice-brought-back',
    ]);
  });
});

describe('a practice', () => {
  it('is changed by its managers, field by field', async () => {
    const before = await practiceIn(await manager.ask(LAKESIDE));
    expect(before).toMatchObject({ name: 'Lakeside Family Clinic', kind: 'call-center', version: 1 });
    const renamed = await manager.patch(LAKESIDE, { version: 1, name: ' Lakeside ' });
    expect(await practiceIn(renamed)).toEqual({ ...before, name: 'Lakeside', version: 2 });
    const moved = { version: 2, timeZone: 'America/New_York', kind: 'clinic', mainNumber: '2065550177' };
    expect(await practiceIn(await manager.patch(LAKESIDE, moved))).toMatchObject({
      name: 'Lakeside',
      timeZone: 'America/New_York',
      kind: 'clinic',
      mainNumber: '+12065550177',
    });
    const cleared = await manager.patch(LAKESIDE, { version: 3, mainNumber: null });
    expect((await practiceIn(cleared)).mainNumber).toBeNull();
  });

  it('tells the second of two who change it what it is now', async () => {
    await admin.patch(LAKESIDE, { version: 1, name: 'Theirs' });
    const late = await manager.patch(LAKESIDE, { version: 1, name: 'Mine' });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      error: { code: 'changed-meanwhile' },
      practice: { name: 'Theirs', version: 2 },
    });
  });

  it('is nobody else’s to see or change, and the right is looked at before what was sent', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const foreign = await signedInAs('staff@harbor.example');
    expect((await staff.ask(LAKESIDE)).status).toBe(403);
    expect((await staff.patch(LAKESIDE, { nonsense: true })).status).toBe(403);
    expect((await foreign.ask(LAKESIDE)).status).toBe(404);
    expect((await foreign.patch(LAKESIDE, { version: 1 })).status).toBe(404);
    for (const browser of [staff, manager, foreign]) {
      expect((await browser.post(PRACTICES, NEW)).status).toBe(403);
      expect((await browser.ask(PRACTICES)).status).toBe(403);
      expect((await browser.post(`${LAKESIDE}/archive`)).status).toBe(403);
      expect((await browser.ask(`${LAKESIDE}/archive`, { method: 'DELETE' })).status).toBe(403);
    }
    expect((await admin.post(`${PRACTICES}/nowhere/archive`)).status).toBe(404);
    expect((await admin.ask(PRACTICES, { method: 'DELETE' })).status).toBe(405);
  });
});
