import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SignInTry, tryCounters } from '../../src/domain/people/sign-in-limits.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { recordTry } from '../../src/practices/sign-in-tries.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, StaffBrowser } from './staff-browser.ts';

const ANA = 'staff@lakeside.example';
const WINDOW = 15 * 60_000;
const CLINIC = '203.0.113.7';

const PASSWORD = 'password';
/** Of that, and made cheaply, because many are compared here: a vector of the reference implementation. */
const CHEAP_HASH = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await env.DB.prepare('UPDATE staff SET password_hash = ?').bind(CHEAP_HASH).run();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Wrong tries, as far as the guard sees them: without the time that a password takes. */
async function wrongTries(count: number, each: (index: number) => Partial<SignInTry>): Promise<number> {
  let let_through = 0;
  for (let index = 0; index < count; index++) {
    const counters = tryCounters({ email: ANA, address: CLINIC, knownBrowser: null, ...each(index) });
    if ('recorded' in (await recordTry(env.DB, counters, Date.now()))) let_through++;
  }
  return let_through;
}

function counted() {
  return env.DB.prepare('SELECT counter, tried_at, id FROM sign_in_tries')
    .all<{ counter: string }>()
    .then(({ results }) => results);
}

describe('wrong passwords', () => {
  it('lock an account for an address after five, and tell until when', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const browser = new StaffBrowser();
    for (let tries = 0; tries < 5; tries++) {
      expect((await browser.signIn(ANA, 'wrong')).status).toBe(401);
      vi.setSystemTime(Date.now() + 60_000);
    }
    const refused = await browser.signIn(ANA, PASSWORD);
    expect(refused.status).toBe(429);
    // The first of the five was five minutes ago.
    expect(refused.headers.get('Retry-After')).toBe('600');
    expect(await codeOf(refused)).toBe('too-many-tries');
    vi.setSystemTime(Date.now() + 600_000);
    expect((await browser.signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('lock for no longer when one goes on trying', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await wrongTries(8, () => ({}))).toBe(5);
    vi.setSystemTime(Date.now() + WINDOW);
    expect(await wrongTries(8, () => ({}))).toBe(5);
  });

  it('count before they are compared, so that guessing all at once gets no further', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => new StaffBrowser().signIn(ANA, 'wrong')),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('are not counted when the password was right', async () => {
    await wrongTries(4, () => ({}));
    for (let times = 0; times < 3; times++)
      expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(200);
    expect(await wrongTries(2, () => ({}))).toBe(1);
  });

  it('lock an address after twenty, over however many accounts, and nobody else’s', async () => {
    const guess = (index: number) => ({ email: `${index}@lakeside.example` });
    expect(await wrongTries(25, guess)).toBe(20);
    expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(429);
    expect((await new StaffBrowser({ address: '198.51.100.1' }).signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('count a whole IPv6 network as one address', async () => {
    const hop = (index: number) => ({ email: `${index}@x.example`, address: `2001:db8:1:2::${index}` });
    expect(await wrongTries(25, hop)).toBe(20);
    expect((await new StaffBrowser({ address: '2001:db8:1:2:ffff::1' }).signIn(ANA, PASSWORD)).status).toBe(
      429,
    );
    expect((await new StaffBrowser({ address: '2001:db8:1:3::1' }).signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('lock an account for new browsers after fifty, from however many addresses', async () => {
    const hop = (index: number) => ({ address: `198.51.100.${index}` });
    expect(await wrongTries(60, hop)).toBe(50);
    expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(429);
  });

  it('are kept without an e-mail or an address that one could read, and not for ever', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await wrongTries(1, () => ({}));
    const rows = await counted();
    expect(rows).toHaveLength(3);
    for (const { counter } of rows) expect(counter).toMatch(/^[0-9a-f]{64}$/);
    vi.setSystemTime(Date.now() + WINDOW);
    await new StaffBrowser().signIn(ANA, PASSWORD);
    expect(await counted()).toEqual([]);
  });
});

describe('an attacker', () => {
  async function anaAtHerDesk(): Promise<StaffBrowser> {
    const browser = new StaffBrowser();
    expect((await browser.signIn(ANA, PASSWORD)).status).toBe(200);
    await browser.ask('/api/session', { method: 'DELETE' });
    return browser;
  }

  it('elsewhere locks nobody out', async () => {
    for (const last of [1, 2, 3]) await wrongTries(6, () => ({ address: `198.51.100.${last}` }));
    expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('with a thousand addresses locks out no browser that was used before', async () => {
    const desk = await anaAtHerDesk();
    await wrongTries(60, (index) => ({ address: `198.51.100.${index}` }));
    expect((await desk.signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('inside the same clinic locks out no browser that was used before', async () => {
    const desk = await anaAtHerDesk();
    await wrongTries(30, (index) => ({ email: index < 6 ? ANA : `${index}@lakeside.example` }));
    expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(429);
    expect((await desk.signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('who sits at a known browser has five tries there, which cost no other browser anything', async () => {
    const desk = await anaAtHerDesk();
    const statuses = [];
    for (let tries = 0; tries < 6; tries++) statuses.push((await desk.signIn(ANA, 'wrong')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await new StaffBrowser().signIn(ANA, PASSWORD)).status).toBe(200);
  });

  it('gains nothing by a browser that is known for another account', async () => {
    const own = new StaffBrowser();
    await own.signIn('staff@harbor.example', PASSWORD);
    await wrongTries(5, () => ({}));
    expect((await own.signIn(ANA, PASSWORD)).status).toBe(429);
  });

  it('gains nothing by making up the mark of a known browser, and cannot have it adopted', async () => {
    const forger = new StaffBrowser();
    forger.cookies.set('__Host-offhook-device', 'A'.repeat(43));
    await wrongTries(5, () => ({}));
    expect((await forger.signIn(ANA, PASSWORD)).status).toBe(429);
    await forger.signIn('manager@lakeside.example', PASSWORD);
    expect(forger.cookies.get('__Host-offhook-device')).not.toBe('A'.repeat(43));
  });
});

describe('a browser that several people use', () => {
  it('stays known for each of them, for a year', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const shared = new StaffBrowser();
    await shared.signIn(ANA, PASSWORD);
    const mark = shared.cookies.get('__Host-offhook-device');
    await shared.signIn('manager@lakeside.example', PASSWORD);
    expect(shared.cookies.get('__Host-offhook-device')).toBe(mark);
    await wrongTries(5, () => ({}));
    expect((await shared.signIn(ANA, PASSWORD)).status).toBe(200);
    vi.setSystemTime(Date.now() + 366 * 24 * 60 * 60_000);
    await wrongTries(5, () => ({}));
    expect((await shared.signIn(ANA, PASSWORD)).status).toBe(429);
  });
});
