import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnSession } from '../../src/domain/people/people.ts';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, StaffBrowser, signedInAs } from './staff-browser.ts';

const ANA = 'staff@lakeside.example';
const NEW = 'four words in a row';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';

let here: StaffBrowser;
let there: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  here = await signedInAs(ANA);
  there = await signedInAs(ANA);
});

async function sessions(browser = here): Promise<OwnSession[]> {
  return (await (await browser.ask('/api/session/all')).json<{ sessions: OwnSession[] }>()).sessions;
}

function change(current: string, password: string, browser = here): Promise<Response> {
  return browser.post('/api/session/password', { current, password });
}

describe('my password', () => {
  it('is changed by who knows the old one, and signs out everywhere else', async () => {
    expect((await change(SEED_PASSWORD, NEW)).status).toBe(204);
    expect(await here.status()).toBe(200);
    expect(await there.status()).toBe(401);
    expect((await new StaffBrowser().signIn(ANA, NEW)).status).toBe(200);
    expect((await new StaffBrowser().signIn(ANA)).status).toBe(401);
  });

  it('stays as it is when the old one is wrong, or the new one no good', async () => {
    expect(await codeOf(await change('a wrong password', NEW))).toBe('wrong-password');
    for (const password of ['short', 'Summer2026!!', ANA]) {
      expect(await codeOf(await change(SEED_PASSWORD, password))).toBe('invalid-request');
    }
    expect(await there.status()).toBe(200);
    expect((await new StaffBrowser().signIn(ANA)).status).toBe(200);
  });

  it('cannot be guessed at in a session that was left open', async () => {
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push(await codeOf(await change('a wrong password', NEW)));
    expect(codes).toEqual([...Array(5).fill('wrong-password'), 'too-many-tries']);
    expect(await codeOf(await change(SEED_PASSWORD, NEW))).toBe('too-many-tries');
  });
});

describe('my sessions', () => {
  it('are listed with browser, since when and last used', async () => {
    const third = new StaffBrowser();
    await third.ask('/api/session', {
      method: 'POST',
      json: { email: ANA, password: SEED_PASSWORD },
      headers: { 'User-Agent': FIREFOX },
    });
    const listed = await sessions(third);
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ isThis }) => isThis)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        browser: 'Firefox on Windows',
        since: expect.any(Number),
        usedAt: expect.any(Number),
        isThis: true,
      },
    ]);
    expect((await sessions(await signedInAs('manager@lakeside.example'))).length).toBe(1);
  });

  it('that are over are not among them', async () => {
    await env.DB.prepare('UPDATE sessions SET seen_at = 1 WHERE token_hash <> ?')
      .bind(
        (await env.DB.prepare('SELECT token_hash FROM sessions LIMIT 1').first<{ token_hash: string }>())
          ?.token_hash,
      )
      .run();
    const left = (await here.status()) === 200 ? here : there;
    expect(await sessions(left)).toHaveLength(1);
  });

  it('are ended one by one, and nobody else’s', async () => {
    const other = (await sessions()).find(({ isThis }) => !isThis);
    const manager = await signedInAs('manager@lakeside.example');
    const path = `/api/session/all/${other?.id}`;
    expect((await manager.ask(path, { method: 'DELETE' })).status).toBe(404);
    expect(await there.status()).toBe(200);
    expect((await here.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect([await here.status(), await there.status()]).toEqual([200, 401]);
    expect((await here.ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('end all together', async () => {
    expect((await here.ask('/api/session/all', { method: 'DELETE' })).status).toBe(204);
    expect([await here.status(), await there.status()]).toEqual([401, 401]);
    expect(here.cookies.has('__Host-offhook')).toBe(false);
  });
});
