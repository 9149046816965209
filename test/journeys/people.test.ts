import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenInvitation, PeopleAnswer, Person } from '../../src/domain/people/people.ts';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

const PEOPLE = '/api/practices/lakeside/people';
const INVITATIONS = '/api/practices/lakeside/invitations';
const NEW = { email: 'new@lakeside.example', name: 'Nia Okafor', password: 'four words in a row' };

let manager: StaffBrowser;
let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  admin = await signedInAs('admin@offhook.example');
});

async function people(browser = manager, path = PEOPLE): Promise<PeopleAnswer> {
  return (await browser.ask(path)).json();
}

async function person(email: string, browser = admin): Promise<Person | undefined> {
  return (await people(browser)).people.find((one) => one.email === email);
}

async function invite(email: string, role = 'staff', browser = manager, path = INVITATIONS): Promise<string> {
  const answer = await browser.post(path, { email, role });
  expect(answer.status).toBe(201);
  const { path: link } = await answer.json<{ path: string }>();
  return tokenOf(link);
}

function tokenOf(link: string): string {
  const [, token = ''] = /^\/welcome#(?:invitation|password)\.([\w-]{43})$/.exec(link) ?? [];
  expect(token).not.toBe('');
  return token;
}

function accept(
  token: string,
  { name, password }: { name?: string; password: string } = NEW,
  at = new StaffBrowser(),
) {
  return at.post('/api/invitations/accept', { token, name, password });
}

function remove(browser: StaffBrowser, path: string) {
  return browser.ask(path, { method: 'DELETE' });
}

async function openInbox(
  browser: StaffBrowser,
  practice = 'lakeside',
): Promise<{ code: () => number | null }> {
  const answer = await browser.ask(`/api/practices/${practice}/inbox`, {
    headers: { Upgrade: 'websocket', Origin: ORIGIN },
  });
  const socket = answer.webSocket;
  if (socket === null) throw new Error(`no socket: ${answer.status}`);
  let code: number | null = null;
  socket.addEventListener('close', (event) => {
    code = event.code;
  });
  socket.accept();
  return { code: () => code };
}

describe('who works here', () => {
  it('is shown to managers with role and last seen, admins with them', async () => {
    const { people: shown, invitations } = await people();
    expect(shown.map(({ name, role, isAdmin }) => [name, role, isAdmin])).toEqual([
      ['Ana Reyes', 'staff', false],
      ['Jo Lindqvist', null, true],
      ['Marcus Webb', 'manager', false],
    ]);
    expect(invitations).toEqual([]);
    expect(shown.find(({ name }) => name === 'Ana Reyes')?.seenAt).toBeNull();
    const before = Date.now();
    await signedInAs('staff@lakeside.example');
    expect((await person('staff@lakeside.example'))?.seenAt).toBeGreaterThanOrEqual(before);
  });

  it('is remembered as seen after signing out', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    await remove(ana, '/api/session');
    expect((await person('staff@lakeside.example'))?.seenAt).toEqual(expect.any(Number));
  });
});

describe('an invitation', () => {
  it('leads somebody new to an account, signed in, in the practice', async () => {
    const token = await invite(' New@Lakeside.example ', 'manager');
    const look = await new StaffBrowser().post('/api/invitations/look-up', { token });
    expect(await look.json()).toEqual({
      practiceId: 'lakeside',
      practice: 'Lakeside Family Clinic',
      role: 'manager',
      email: NEW.email,
      hasAccount: false,
      hasPassword: false,
    });
    const browser = new StaffBrowser();
    const joined = await accept(token, NEW, browser);
    expect(joined.status).toBe(201);
    expect(await joined.json()).toMatchObject({
      staff: { email: NEW.email, name: NEW.name, isAdmin: false },
      practices: [{ id: 'lakeside', role: 'manager' }],
    });
    expect(await browser.status()).toBe(200);
    expect((await new StaffBrowser().signIn(NEW.email, NEW.password)).status).toBe(200);
    const { people: shown, invitations } = await people();
    expect(invitations).toEqual([]);
    expect(shown.find(({ email }) => email === NEW.email)).toMatchObject({ role: 'manager' });
  });

  it('is listed until it is used, and kept only as a hash', async () => {
    const token = await invite(NEW.email);
    const { invitations } = await people();
    expect(invitations).toEqual([
      {
        id: expect.any(String),
        email: NEW.email,
        role: 'staff',
        invitedBy: 'Marcus Webb',
        invitedAt: expect.any(Number),
        expiresAt: expect.any(Number),
      } satisfies OpenInvitation,
    ]);
    expect(JSON.stringify(await env.DB.prepare('SELECT * FROM invitations').all())).not.toContain(token);
    const [{ invitedAt = 0, expiresAt = 0 } = {}] = invitations;
    expect(expiresAt - invitedAt).toBe(7 * 24 * 60 * 60_000);
  });

  it('works once, also when it is taken up twice at the same time', async () => {
    const token = await invite(NEW.email);
    const answers = await Promise.all([
      accept(token, { ...NEW, name: 'One' }),
      accept(token, { ...NEW, name: 'Other' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect((await accept(token)).status).toBe(404);
    const { results } = await env.DB.prepare('SELECT 1 FROM staff WHERE email = ?').bind(NEW.email).all();
    expect(results).toHaveLength(1);
  });

  it('that is used, old, withdrawn, replaced, or made up is refused in the same words', async () => {
    const used = await invite('used@x.example');
    await accept(used);
    const old = await invite('old@x.example');
    await env.DB.prepare("UPDATE invitations SET expires_at = 1 WHERE email = 'old@x.example'").run();
    const withdrawn = await invite('withdrawn@x.example');
    const { invitations } = await people();
    const { id } = invitations.find(({ email }) => email === 'withdrawn@x.example') as OpenInvitation;
    expect((await remove(manager, `${INVITATIONS}/${id}`)).status).toBe(204);
    expect((await remove(manager, `${INVITATIONS}/${id}`)).status).toBe(404);
    const replaced = await invite('twice@x.example');
    const newer = await invite('twice@x.example');
    const words = new Set<string>();
    for (const token of [used, old, withdrawn, replaced, 'made-up', "' OR 1=1 --", await hash(newer)]) {
      for (const answer of [
        await accept(token),
        await new StaffBrowser().post('/api/invitations/look-up', { token }),
      ]) {
        expect(answer.status).toBe(404);
        words.add((await answer.json<{ error: { message: string } }>()).error.message);
      }
    }
    expect(words.size).toBe(1);
    expect((await accept(newer)).status).toBe(201);
  });

  it.each([
    [{ password: 'short' }, 'at least 12'],
    [{ password: 'Welcome-2026!!' }, 'Choose another'],
    [{ password: 'new@lakeside.example' }, 'Choose another'],
    [{ name: ' ' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
  ])('is not used up by %j', async (wrong, words) => {
    const token = await invite(NEW.email);
    const refused = await accept(token, { ...NEW, ...wrong } as typeof NEW);
    expect(refused.status).toBe(400);
    expect((await refused.json<{ error: { message: string } }>()).error.message).toContain(words);
    expect((await accept(token)).status).toBe(201);
  });

  it.each([
    { email: 'nobody', role: 'staff' },
    { email: `${'x'.repeat(250)}@x.example`, role: 'staff' },
    { email: NEW.email, role: 'admin' },
    { email: NEW.email },
    { email: NEW.email, role: 'staff', id: '1' },
  ])('is not made from %j', async (wrong) => {
    expect(await codeOf(await manager.post(INVITATIONS, wrong))).toBe('invalid-request');
    expect((await people()).invitations).toEqual([]);
  });

  it('is not made for who works here, nor for who is deactivated', async () => {
    const asked = (email: string) => manager.post(INVITATIONS, { email, role: 'manager' });
    expect(await codeOf(await asked('STAFF@lakeside.example'))).toBe('works-here');
    await admin.patch('/api/enterprise/people/harbor-staff', { isActive: false });
    expect(await codeOf(await asked('staff@harbor.example'))).toBe('is-deactivated');
  });

  it('is refused beyond 200 open ones, but made anew for who has one', async () => {
    await env.DB.prepare(
      `INSERT INTO invitations SELECT 'i' || value, 'h' || value, 'lakeside', value || '@x.example', 'staff', 'admin', 1, 2
       FROM json_each(?)`,
    )
      .bind(JSON.stringify(Array.from({ length: 200 }, (_, n) => n + 1)))
      .run();
    expect(await codeOf(await manager.post(INVITATIONS, { email: NEW.email, role: 'staff' }))).toBe(
      'list-full',
    );
    await invite('200@x.example');
    await invite(NEW.email, 'staff', admin, '/api/practices/harbor/invitations');
  });

  it('of who has an account needs that account’s password, and adds the practice to it', async () => {
    const token = await invite('staff@harbor.example');
    const look = await new StaffBrowser().post('/api/invitations/look-up', { token });
    expect(await look.json()).toMatchObject({ hasAccount: true });
    expect(await codeOf(await accept(token, NEW))).toBe('wrong-credentials');
    const joined = await accept(token, { password: SEED_PASSWORD });
    expect((await joined.json<{ practices: { id: string }[] }>()).practices.map(({ id }) => id)).toEqual([
      'harbor',
      'lakeside',
    ]);
    expect((await accept(token, { password: SEED_PASSWORD })).status).toBe(404);
  });

  it('cannot be used to guess at an account', async () => {
    const token = await invite('staff@harbor.example');
    const codes = [];
    for (let n = 0; n < 6; n += 1)
      codes.push(await codeOf(await accept(token, { password: 'a wrong password' })));
    expect(codes).toEqual([...Array(5).fill('wrong-credentials'), 'too-many-tries']);
  });

  it('of another practice gives nothing to who made an account of the same e-mail by their own link', async () => {
    // A manager of Lakeside takes their own link in the name of somebody whom Harbor has invited.
    const harbors = await invite(NEW.email, 'manager', admin, '/api/practices/harbor/invitations');
    const thief = new StaffBrowser();
    await accept(await invite(NEW.email), NEW, thief);
    expect((await thief.ask('/api/practices/harbor/conversations')).status).toBe(404);
    expect(
      (await accept(harbors, { name: 'The one who was meant', password: 'another four words' })).status,
    ).toBe(401);
  });

  it('ends when who made it is a manager no more', async () => {
    const token = await invite('accomplice@x.example');
    await admin.patch(`${PEOPLE}/lakeside-manager`, { role: 'staff' });
    expect((await accept(token)).status).toBe(404);
  });
});

describe('roles', () => {
  it('are changed by managers, for others, and hold at once', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    const socket = await openInbox(ana);
    expect((await ana.ask(PEOPLE)).status).toBe(403);
    expect((await manager.patch(`${PEOPLE}/lakeside-staff`, { role: 'manager' })).status).toBe(200);
    expect((await ana.ask(PEOPLE)).status).toBe(200);
    await expect.poll(socket.code).toBe(4403);
  });

  it('are nobody’s own to change, so the last manager and the last admin stay', async () => {
    expect(await codeOf(await manager.patch(`${PEOPLE}/lakeside-manager`, { role: 'staff' }))).toBe(
      'yourself',
    );
    expect(await codeOf(await remove(manager, `${PEOPLE}/lakeside-manager`))).toBe('yourself');
    for (const change of [{ isAdmin: false }, { isActive: false }])
      expect(await codeOf(await admin.patch('/api/enterprise/people/admin', change))).toBe('yourself');
  });

  it('of two managers who take each other’s away at the same time, one stays', async () => {
    await admin.patch(`${PEOPLE}/lakeside-staff`, { role: 'manager' });
    const ana = await signedInAs('staff@lakeside.example');
    const answers = await Promise.all([
      manager.patch(`${PEOPLE}/lakeside-staff`, { role: 'staff' }),
      ana.patch(`${PEOPLE}/lakeside-manager`, { role: 'staff' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { people: shown } = await people(admin);
    expect(shown.filter(({ role }) => role === 'manager')).toHaveLength(1);
  });

  it('of two admins who unmake each other at the same time, one stays', async () => {
    await admin.patch('/api/enterprise/people/lakeside-staff', { isAdmin: true });
    const ana = await signedInAs('staff@lakeside.example');
    const answers = await Promise.all([
      admin.patch('/api/enterprise/people/lakeside-staff', { isAdmin: false }),
      ana.patch('/api/enterprise/people/admin', { isAdmin: false }),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const left = await env.DB.prepare('SELECT id FROM staff WHERE is_admin = 1').all();
    expect(left.results).toHaveLength(1);
  });

  it('of an admin are no manager’s to change', async () => {
    await env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('admin', 'lakeside', 'staff')",
    ).run();
    for (const answer of [
      await manager.patch(`${PEOPLE}/admin`, { role: 'manager' }),
      await remove(manager, `${PEOPLE}/admin`),
      await manager.post(`${PEOPLE}/admin/password-link`),
    ])
      expect(await codeOf(answer)).toBe('not-allowed');
  });

  it('end with the membership: the practice is gone from sight, the person is not', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    const socket = await openInbox(ana);
    expect((await remove(manager, `${PEOPLE}/lakeside-staff`)).status).toBe(204);
    await expect.poll(socket.code).toBe(4403);
    expect((await ana.ask('/api/practices/lakeside/conversations')).status).toBe(404);
    expect(await ana.status()).toBe(200);
    expect((await people()).people.map(({ id }) => id)).not.toContain('lakeside-staff');
    // An admin still finds who belongs nowhere.
    expect(await person('staff@lakeside.example')).toMatchObject({ role: null });
  });
});

describe('deactivating somebody', () => {
  it('ends their sessions, closes their sockets and keeps them out, within a second', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    const [socket, colleague] = [await openInbox(ana), await openInbox(manager)];
    const before = Date.now();
    expect((await admin.patch('/api/enterprise/people/lakeside-staff', { isActive: false })).status).toBe(
      204,
    );
    await expect.poll(socket.code, { interval: 10 }).toBe(4403);
    expect(await ana.status()).toBe(401);
    expect(Date.now() - before).toBeLessThan(1000);
    expect(colleague.code()).toBeNull();
    await expect(openInbox(ana)).rejects.toThrow('401');
    expect((await new StaffBrowser().signIn('staff@lakeside.example')).status).toBe(401);
    expect(await person('staff@lakeside.example')).toMatchObject({
      role: 'staff',
      deactivatedAt: expect.any(Number),
    });
  });

  it('closes a socket that was being opened at that very moment', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    const real = env.INBOX;
    // The session was found good, the inbox has not taken the socket yet.
    const inTheMiddle = {
      idFromName: (name: string) => real.idFromName(name),
      get: (id: DurableObjectId) => {
        const inbox = real.get(id);
        return {
          fetch: async (...asked: Parameters<typeof inbox.fetch>) => {
            Object.assign(env, { INBOX: real });
            await admin.patch('/api/enterprise/people/lakeside-staff', { isActive: false });
            return inbox.fetch(...asked);
          },
        };
      },
    };
    Object.assign(env, { INBOX: inTheMiddle });
    const socket = await openInbox(ana).finally(() => Object.assign(env, { INBOX: real }));
    await expect.poll(socket.code, { interval: 10 }).toBe(4403);
  });

  it('keeps their name on what they wrote, and is taken back', async () => {
    const fired = await new StaffBrowser().ask(
      '/hooks/demo/abandoned-call/lakeside-hangup-en?from=2062020131',
    );
    const { conversation } = await fired.json<{ conversation: string }>();
    const ana = await signedInAs('staff@lakeside.example');
    const note = { id: crypto.randomUUID(), body: 'Called, nobody there', kind: 'note' };
    await ana.post(`/api/conversations/${conversation}/messages`, note);
    await admin.patch('/api/enterprise/people/lakeside-staff', { isActive: false });
    const shown = await (await manager.ask(`/api/conversations/${conversation}`)).text();
    expect(shown).toContain('Ana Reyes');
    expect((await admin.patch('/api/enterprise/people/lakeside-staff', { isActive: true })).status).toBe(204);
    expect(await ana.status()).toBe(401);
    expect((await new StaffBrowser().signIn('staff@lakeside.example')).status).toBe(200);
  });

  it('and making admins is for admins', async () => {
    expect((await admin.patch('/api/enterprise/people/lakeside-manager', { isAdmin: true })).status).toBe(
      204,
    );
    expect((await manager.ask('/api/practices/harbor/people')).status).toBe(200);
    expect((await admin.patch('/api/enterprise/people/lakeside-manager', { isAdmin: false })).status).toBe(
      204,
    );
    expect((await manager.ask('/api/practices/harbor/people')).status).toBe(404);
    for (const wrong of [{}, { isAdmin: 1 }, { isAdmin: true, isActive: false }, { id: 'x' }])
      expect((await admin.patch('/api/enterprise/people/lakeside-manager', wrong)).status).toBe(400);
    expect((await admin.patch('/api/enterprise/people/nobody', { isAdmin: true })).status).toBe(404);
  });
});

describe('a link for a new password', () => {
  async function link(staffId = 'lakeside-staff', browser = manager): Promise<string> {
    const answer = await browser.post(`${PEOPLE}/${staffId}/password-link`);
    expect(answer.status).toBe(201);
    return tokenOf((await answer.json<{ path: string }>()).path);
  }
  const use = (token: string, password = NEW.password) =>
    new StaffBrowser().post('/api/password-links/use', { token, password });

  it('sets one, once, and ends every session', async () => {
    const ana = await signedInAs('staff@lakeside.example');
    const socket = await openInbox(ana);
    const token = await link();
    const look = await new StaffBrowser().post('/api/password-links/look-up', { token });
    expect(await look.json()).toEqual({ name: 'Ana Reyes', email: 'staff@lakeside.example' });
    expect((await use(token, 'Password2026!')).status).toBe(400);
    const answers = await Promise.all([use(token), use(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(await ana.status()).toBe(401);
    await expect.poll(socket.code).toBe(4403);
    expect((await new StaffBrowser().signIn('staff@lakeside.example', NEW.password)).status).toBe(200);
    expect((await new StaffBrowser().signIn('staff@lakeside.example')).status).toBe(401);
  });

  it('ends with a newer one, a day, a deactivation, and with becoming more than who made it may open', async () => {
    const older = await link();
    const newer = await link();
    expect((await use(older)).status).toBe(404);
    await env.DB.prepare('UPDATE password_links SET expires_at = 1').run();
    expect((await use(newer)).status).toBe(404);
    const another = await link();
    await admin.patch('/api/enterprise/people/lakeside-staff', { isAdmin: true });
    expect((await use(another)).status).toBe(404);
    await admin.patch('/api/enterprise/people/lakeside-staff', { isAdmin: false });
    const third = await link();
    await admin.patch('/api/enterprise/people/lakeside-staff', { isActive: false });
    expect((await use(third)).status).toBe(404);
    expect(await codeOf(await manager.post(`${PEOPLE}/lakeside-staff/password-link`))).toBe('is-deactivated');
  });

  it('is not a manager’s to make for who also works elsewhere, but an admin’s', async () => {
    await env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('lakeside-staff', 'harbor', 'manager')",
    ).run();
    expect(await codeOf(await manager.post(`${PEOPLE}/lakeside-staff/password-link`))).toBe('not-allowed');
    expect((await use(await link('lakeside-staff', admin))).status).toBe(201);
    // Of where they manage both, it is.
    await env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('lakeside-manager', 'harbor', 'manager')",
    ).run();
    expect((await use(await link())).status).toBe(201);
  });
});

async function hash(token: string): Promise<string> {
  const row = await env.DB.prepare('SELECT token_hash FROM invitations WHERE email = ?')
    .bind('twice@x.example')
    .first<{ token_hash: string }>();
  expect(row?.token_hash).not.toBe(token);
  return row?.token_hash ?? '';
}
