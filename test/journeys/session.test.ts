import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../src/practices/secret.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, StaffBrowser, signedInAs } from './staff-browser.ts';

const MINUTE = 60_000;
const COOKIE = '__Host-offhook';

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

afterEach(() => {
  vi.useRealTimers();
});

function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
}

function letPass(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

function sessions() {
  return env.DB.prepare('SELECT token_hash, staff_id, seen_at FROM sessions')
    .all<{ token_hash: string; staff_id: string; seen_at: number }>()
    .then(({ results }) => results);
}

describe('signing in', () => {
  it('answers who it is, with practices and roles, as asking does afterwards', async () => {
    const browser = new StaffBrowser();
    const answer = await browser.signIn('staff@lakeside.example');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const body = await answer.json();
    expect(body).toEqual({
      staff: { id: 'lakeside-staff', name: 'Ana Reyes', email: 'staff@lakeside.example', isAdmin: false },
      practices: [
        {
          id: 'lakeside',
          name: 'Lakeside Family Clinic',
          kind: 'call-center',
          timeZone: 'America/Los_Angeles',
          role: 'staff',
        },
      ],
      environment: 'local',
      idleMinutes: 15,
      passkey: 'none',
    });
    const asked = await browser.ask('/api/session');
    expect(asked.headers.get('Cache-Control')).toBe('no-store');
    expect(await asked.json()).toEqual(body);
  });

  it('shows a manager the role, and an admin every practice', async () => {
    const roles = async (email: string) => {
      const answer = await (await signedInAs(email)).ask('/api/session');
      const { practices } = await answer.json<{ practices: { id: string; role: string }[] }>();
      return practices.map(({ id, role }) => `${id} ${role}`);
    };
    expect(await roles('manager@lakeside.example')).toEqual(['lakeside manager']);
    expect(await roles('admin@offhook.example')).toEqual(['harbor admin', 'lakeside admin']);
  });

  it('does not mind the case of the e-mail, or a space around it', async () => {
    expect((await new StaffBrowser().signIn(' Staff@Lakeside.EXAMPLE ')).status).toBe(200);
  });

  it('tells a wrong password and an unknown e-mail apart for nobody', async () => {
    const wrong = await new StaffBrowser().signIn('staff@lakeside.example', 'not-the-password');
    const unknown = await new StaffBrowser().signIn('nobody@lakeside.example');
    const bodies = await Promise.all(
      [wrong, unknown].map((answer) => answer.json<{ error: { requestId: string } }>()),
    );
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    for (const { error } of bodies) error.requestId = '';
    expect(bodies[0]).toEqual(bodies[1]);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect(await sessions()).toEqual([]);
  });

  it('does not let in who was deactivated, before or after', async () => {
    const browser = await signedInAs('staff@lakeside.example');
    await env.DB.prepare("UPDATE staff SET deactivated_at = 1 WHERE id = 'lakeside-staff'").run();
    expect(await browser.status()).toBe(401);
    expect((await new StaffBrowser().signIn('staff@lakeside.example')).status).toBe(401);
  });
});

describe('the cookie', () => {
  it('is bound to this host and out of reach of scripts', async () => {
    const answer = await new StaffBrowser().signIn('staff@lakeside.example');
    const [session, browser] = answer.headers.getSetCookie();
    expect(session).toMatch(/^__Host-offhook=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(browser).toMatch(
      /^__Host-offhook-device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'has a plain name on %s, where there is no https',
    async (origin) => {
      const browser = new StaffBrowser({ origin });
      const answer = await browser.signIn('staff@lakeside.example');
      expect(answer.headers.getSetCookie()[0]).toMatch(
        /^offhook=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      expect(await browser.status()).toBe(200);
    },
  );

  it('keeps its strong name on any other host without https', async () => {
    const answer = await new StaffBrowser({ origin: 'http://192.0.2.1:8787' }).signIn(
      'staff@lakeside.example',
    );
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-offhook=.*Secure/);
  });

  it('is stored only as a hash', async () => {
    const browser = await signedInAs('staff@lakeside.example');
    const secret = browser.cookies.get(COOKIE) ?? '';
    expect(await sessions()).toMatchObject([
      { token_hash: await hashOf(secret), staff_id: 'lakeside-staff' },
    ]);
  });

  it.each([
    ['made up', () => 'A'.repeat(43)],
    ['empty', () => ''],
    ['the hash of a real one', async () => (await sessions())[0]?.token_hash ?? ''],
    ['SQL', () => "' OR 1=1 --"],
    ['ten thousand characters', () => 'x'.repeat(10_000)],
  ])('lets nobody in when it is forged: %s', async (_, forge) => {
    await signedInAs('staff@lakeside.example');
    const forger = new StaffBrowser();
    forger.cookies.set(COOKIE, await forge());
    expect(await forger.status()).toBe(401);
  });

  it('does not stand in for the session when it is only the one that marks the browser', async () => {
    const browser = new StaffBrowser();
    await browser.signIn('staff@lakeside.example');
    const thief = new StaffBrowser();
    thief.cookies.set(COOKIE, browser.cookies.get('__Host-offhook-device') ?? '');
    expect(await thief.status()).toBe(401);
  });
});

describe('a session', () => {
  it('is replaced by signing in again, so that an old secret is worth nothing', async () => {
    const browser = await signedInAs('staff@lakeside.example');
    const before = browser.cookies.get(COOKIE) ?? '';
    await browser.signIn('manager@lakeside.example');
    expect(browser.cookies.get(COOKIE)).not.toBe(before);
    const other = new StaffBrowser();
    other.cookies.set(COOKIE, before);
    expect(await other.status()).toBe(401);
    expect(await browser.status()).toBe(200);
    expect(await sessions()).toHaveLength(1);
  });

  it('ends with signing out, which can be done twice', async () => {
    const browser = await signedInAs('staff@lakeside.example');
    const secret = browser.cookies.get(COOKIE) ?? '';
    expect((await browser.ask('/api/session', { method: 'DELETE' })).status).toBe(204);
    expect(browser.cookies.has(COOKIE)).toBe(false);
    browser.cookies.set(COOKIE, secret);
    expect(await browser.status()).toBe(401);
    expect((await browser.ask('/api/session', { method: 'DELETE' })).status).toBe(204);
  });

  it('ends after 15 idle minutes, and is deleted when it is met', async () => {
    stopClock();
    const browser = await signedInAs('staff@lakeside.example');
    letPass(15 * MINUTE - 1);
    expect(await browser.status()).toBe(200);
    letPass(15 * MINUTE);
    expect(await codeOf(await browser.ask('/api/session'))).toBe('not-signed-in');
    expect(await sessions()).toEqual([]);
  });

  it('ends after 12 hours even for who never pauses', async () => {
    stopClock();
    const browser = await signedInAs('staff@lakeside.example');
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      letPass(10 * MINUTE);
      expect(await browser.status()).toBe(200);
    }
    letPass(10 * MINUTE);
    expect(await browser.status()).toBe(401);
  });

  it('has its use noted at most once a minute', async () => {
    stopClock();
    const noon = Date.UTC(2026, 10, 23, 12);
    vi.setSystemTime(noon);
    const browser = await signedInAs('staff@lakeside.example');
    letPass(MINUTE - 1);
    await browser.status();
    expect((await sessions())[0]?.seen_at).toBe(noon);
    letPass(1);
    await browser.status();
    expect((await sessions())[0]?.seen_at).toBe(noon + MINUTE);
  });

  it('is not kept alive by a socket that comes back by itself', async () => {
    stopClock();
    const browser = await signedInAs('staff@lakeside.example');
    const [{ seen_at: begun } = { seen_at: 0 }] = await sessions();
    letPass(10 * MINUTE);
    const answer = await browser.ask('/api/practices/lakeside/inbox', {
      headers: { Upgrade: 'websocket', Origin: 'https://offhook.example' },
    });
    expect(answer.status).toBe(101);
    answer.webSocket?.accept();
    answer.webSocket?.close();
    expect((await sessions())[0]?.seen_at).toBe(begun);
  });

  it('that nobody came back to is swept away when somebody signs in', async () => {
    stopClock();
    await signedInAs('staff@lakeside.example');
    letPass(16 * MINUTE);
    await signedInAs('manager@lakeside.example');
    expect((await sessions()).map((session) => session.staff_id)).toEqual(['lakeside-manager']);
  });
});

describe('the enterprise', () => {
  it('lets an admin change how long sessions live, at once and for all', async () => {
    stopClock();
    const staff = await signedInAs('staff@lakeside.example');
    const admin = await signedInAs('admin@offhook.example');
    const answer = await admin.patch('/api/enterprise', { sessionIdleMinutes: 5 });
    expect(await answer.json()).toEqual({
      enterprise: { name: 'Our practices', sessionIdleMinutes: 5, sessionMaxHours: 12 },
    });
    letPass(4 * MINUTE);
    expect(await (await staff.ask('/api/session')).json()).toMatchObject({ idleMinutes: 5 });
    await admin.patch('/api/enterprise', { sessionMaxHours: 1, name: 'North Sound Health' });
    expect(await (await admin.ask('/api/enterprise')).json()).toEqual({
      enterprise: { name: 'North Sound Health', sessionIdleMinutes: 5, sessionMaxHours: 1 },
    });
    letPass(5 * MINUTE);
    expect(await staff.status()).toBe(401);
  });

  it('lets who works without a pause stay, even when idle means a minute', async () => {
    stopClock();
    const admin = await signedInAs('admin@offhook.example');
    await admin.patch('/api/enterprise', { sessionIdleMinutes: 1 });
    for (let steps = 0; steps < 10; steps++) {
      letPass(MINUTE / 2);
      expect(await admin.status()).toBe(200);
    }
  });

  it.each([
    { sessionIdleMinutes: 0 },
    { sessionIdleMinutes: 481 },
    { sessionIdleMinutes: 1.5 },
    { sessionMaxHours: 25 },
    { name: '  ' },
    { name: 'x'.repeat(101) },
  ])('refuses %o', async (change) => {
    const admin = await signedInAs('admin@offhook.example');
    const answer = await admin.patch('/api/enterprise', change);
    expect(answer.status).toBe(400);
    const { error } = await answer.json<{ error: { code: string; message: string } }>();
    expect(error.code).toBe('invalid-request');
    expect(error.message).toContain(Object.keys(change)[0]);
  });

  it('is the admins’ alone', async () => {
    const manager = await signedInAs('manager@lakeside.example');
    expect(await codeOf(await manager.ask('/api/enterprise'))).toBe('not-allowed');
    expect(await codeOf(await manager.patch('/api/enterprise', { sessionIdleMinutes: 480 }))).toBe(
      'not-allowed',
    );
    const nobody = new StaffBrowser();
    expect(await codeOf(await nobody.patch('/api/enterprise', { sessionIdleMinutes: 480 }))).toBe(
      'not-signed-in',
    );
  });
});

describe('a practice', () => {
  it('shows its staff to its staff and to an admin, and is not there for others', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const expected = {
      staff: [
        { id: 'lakeside-staff', name: 'Ana Reyes' },
        { id: 'lakeside-manager', name: 'Marcus Webb' },
      ],
    };
    expect(await (await staff.ask('/api/practices/lakeside/staff')).json()).toEqual(expected);
    const admin = await signedInAs('admin@offhook.example');
    expect(await (await admin.ask('/api/practices/lakeside/staff')).json()).toEqual(expected);
    const [foreign, unknown] = await Promise.all([
      staff.ask('/api/practices/harbor/staff'),
      staff.ask('/api/practices/no-such/staff'),
    ]);
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
  });
});
