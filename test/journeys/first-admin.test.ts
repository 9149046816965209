import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { firstAdminLinkSql } from '../../src/practices/first-admin-link.ts';
import { hashOf } from '../../src/practices/secret.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, StaffBrowser } from './staff-browser.ts';

const HOUR = 60 * 60_000;
const EMAIL = "jo.o'hara@clinic.example";
const PASSWORD = 'four words in a row';

beforeEach(emptyData);

async function makeLink(token: string, { email = EMAIL, hours = 24 } = {}): Promise<boolean> {
  const expiresAt = Date.now() + hours * HOUR;
  const sql = firstAdminLinkSql({ tokenHash: await hashOf(token), email, expiresAt });
  return (await env.DB.prepare(sql).all()).results.length === 1;
}

function take(token: string, { name = 'Jo O’Hara', password = PASSWORD } = {}, browser = new StaffBrowser()) {
  return browser.post('/api/first-admin', { token, name, password });
}

function staff() {
  return env.DB.prepare('SELECT email, name, is_admin FROM staff')
    .all()
    .then(({ results }) => results);
}

describe('the link of the first admin', () => {
  it('makes an admin, who is signed in and can sign in again', async () => {
    expect(await makeLink('token')).toBe(true);
    const browser = new StaffBrowser();
    const answer = await take('token', {}, browser);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      staff: { name: 'Jo O’Hara', email: EMAIL, isAdmin: true },
      practices: [],
    });
    expect(await browser.status()).toBe(200);
    expect((await new StaffBrowser().signIn(EMAIL, PASSWORD)).status).toBe(200);
  });

  it('works once', async () => {
    await makeLink('token');
    await take('token');
    const again = await take('token', { name: 'Somebody else' });
    expect([again.status, await codeOf(again)]).toEqual([404, 'not-found']);
    expect(await staff()).toEqual([{ email: EMAIL, name: 'Jo O’Hara', is_admin: 1 }]);
  });

  it('works once even when it is taken up twice at the same time', async () => {
    await makeLink('token');
    const answers = await Promise.all([take('token', { name: 'One' }), take('token', { name: 'Other' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(await staff()).toHaveLength(1);
  });

  it('works for one of two people who were each given one, and take them up at the same time', async () => {
    await makeLink('one');
    await makeLink('other', { email: 'other@clinic.example' });
    const answers = await Promise.all([take('one'), take('other')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(await staff()).toHaveLength(1);
  });

  it('works for a day', async () => {
    await makeLink('old', { hours: 0 });
    expect((await take('old')).status).toBe(404);
    expect(await staff()).toEqual([]);
  });

  it('is not made, and no older one works, where there is an admin', async () => {
    await makeLink('older', { email: 'other@clinic.example' });
    await makeLink('token');
    await take('token');
    expect(await makeLink('newer')).toBe(false);
    expect((await take('older')).status).toBe(404);
    await emptyData();
    await seedLocal(env.DB, 'local');
    expect(await makeLink('token')).toBe(false);
  });

  it('brings back an admin who was deactivated, if nobody else is left', async () => {
    await makeLink('token');
    await take('token');
    await env.DB.prepare('UPDATE staff SET deactivated_at = 1').run();
    expect((await take('token')).status).toBe(404);
    expect(await makeLink('second')).toBe(true);
    expect((await take('second', { name: 'Jo again' })).status).toBe(201);
    expect(await staff()).toEqual([{ email: EMAIL, name: 'Jo again', is_admin: 1 }]);
  });

  it.each([
    ['short', 'at least 12'],
    ['passwordpassword', 'Choose another'],
    ['x'.repeat(257), 'at most 256'],
    [EMAIL.toUpperCase(), 'Choose another'],
  ])('is not used up by a password that is no good: %.20s', async (password, advice) => {
    await makeLink('token');
    const refused = await take('token', { password });
    expect(refused.status).toBe(400);
    expect((await refused.json<{ error: { message: string } }>()).error.message).toContain(advice);
    expect(await staff()).toEqual([]);
    expect((await take('token')).status).toBe(201);
  });

  it.each([{ name: '' }, { name: '   ' }, { name: 'x'.repeat(101) }])(
    'asks for a name: %o',
    async (wrong) => {
      await makeLink('token');
      expect(await codeOf(await take('token', wrong))).toBe('invalid-request');
      expect(await staff()).toEqual([]);
    },
  );

  it('is not the hash that is stored, nor anything that is made up', async () => {
    await makeLink('token');
    for (const forged of [await hashOf('token'), 'made-up', "' OR 1=1 --"]) {
      expect((await take(forged)).status).toBe(404);
    }
    expect(await staff()).toEqual([]);
  });
});
