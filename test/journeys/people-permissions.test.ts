import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { StaffBrowser, signedInAs } from './staff-browser.ts';

/** Who asks: nobody, a member, a manager, an admin, and a manager of another practice. */
const WHO = ['nobody', 'staff', 'manager', 'admin', 'foreign'] as const;

const PEOPLE = '/api/practices/lakeside/people';
const ONE = `${PEOPLE}/lakeside-second`;
const MADE_UP = { token: 'made-up' };

/** Each route about people and accounts, and what each answers whom. */
const TABLE: [string, string, unknown, ...number[]][] = [
  // method, path, body, nobody, staff, manager, admin, foreign
  ['GET', PEOPLE, undefined, 401, 403, 200, 200, 404],
  [
    'POST',
    '/api/practices/lakeside/invitations',
    { email: 'new@x.example', role: 'staff' },
    401,
    403,
    201,
    201,
    404,
  ],
  ['DELETE', '/api/practices/lakeside/invitations/open', undefined, 401, 403, 204, 204, 404],
  ['PATCH', ONE, { role: 'manager' }, 401, 403, 200, 200, 404],
  ['DELETE', ONE, undefined, 401, 403, 204, 204, 404],
  ['POST', `${ONE}/password-link`, undefined, 401, 403, 201, 201, 404],
  // Somebody of another practice, by way of this one.
  ['PATCH', `${PEOPLE}/harbor-staff`, { role: 'manager' }, 401, 403, 404, 404, 404],
  ['DELETE', `${PEOPLE}/harbor-staff`, undefined, 401, 403, 404, 404, 404],
  ['POST', `${PEOPLE}/harbor-staff/password-link`, undefined, 401, 403, 404, 201, 404],
  ['PATCH', '/api/enterprise/people/lakeside-second', { isActive: false }, 401, 403, 403, 204, 403],
  ['PATCH', '/api/enterprise/people/lakeside-second', { isAdmin: true }, 401, 403, 403, 204, 403],
  [
    'POST',
    '/api/session/password',
    { current: 'wrong', password: 'four words in a row' },
    401,
    403,
    403,
    403,
    403,
  ],
  ['GET', '/api/session/all', undefined, 401, 200, 200, 200, 200],
  ['DELETE', '/api/session/all', undefined, 401, 204, 204, 204, 204],
  ['DELETE', '/api/session/all/0123456789abcdef', undefined, 401, 404, 404, 404, 404],
  ['POST', '/api/invitations/look-up', MADE_UP, 404, 404, 404, 404, 404],
  ['POST', '/api/invitations/accept', { ...MADE_UP, name: 'X', password: 'x' }, 404, 404, 404, 404, 404],
  ['POST', '/api/password-links/look-up', MADE_UP, 404, 404, 404, 404, 404],
  ['POST', '/api/password-links/use', { ...MADE_UP, password: 'x' }, 404, 404, 404, 404, 404],
];

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await env.DB.batch(
    [
      `INSERT INTO staff (id, email, name, password_hash, is_admin)
       SELECT 'lakeside-second', 'second@lakeside.example', 'Second', password_hash, 0 FROM staff WHERE id = 'admin'`,
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('lakeside-second', 'lakeside', 'staff')",
      "UPDATE memberships SET role = 'manager' WHERE practice_id = 'harbor'",
      "INSERT INTO invitations VALUES ('open', 'hash', 'lakeside', 'open@x.example', 'staff', 'admin', 1, 9e15)",
    ].map((sql) => env.DB.prepare(sql)),
  );
});

function browserOf(who: (typeof WHO)[number]): Promise<StaffBrowser> | StaffBrowser {
  switch (who) {
    case 'nobody':
      return new StaffBrowser();
    case 'staff':
      return signedInAs('staff@lakeside.example');
    case 'manager':
      return signedInAs('manager@lakeside.example');
    case 'admin':
      return signedInAs('admin@offhook.example');
    case 'foreign':
      return signedInAs('staff@harbor.example');
  }
}

/** All that the routes may change. */
async function everything(): Promise<unknown> {
  const tables = ['staff', 'memberships', 'invitations', 'password_links'];
  const found = await env.DB.batch(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  );
  return found.map(({ results }) => results.map((row) => ({ ...(row as object), seen_at: null })));
}

describe('who may do what about people', () => {
  const cases = TABLE.flatMap(([method, path, json, ...statuses]) =>
    WHO.map((who, index) => ({ method, path, json, who, status: statuses[index] ?? 0 })),
  );

  it.each(cases)('$method $path by $who: $status', async ({ method, path, json, who, status }) => {
    const browser = await browserOf(who);
    const before = await everything();
    const answer = await browser.ask(path, { method, json });
    expect(answer.status).toBe(status);
    if (status >= 400) expect(await everything()).toEqual(before);
  });

  it.each(TABLE.filter(([method]) => method !== 'GET'))(
    '%s %s is not asked from another site',
    async (method, path, json) => {
      const browser = await signedInAs('admin@offhook.example');
      const before = await everything();
      const answer = await browser.ask(path, { method, json, headers: { Origin: 'https://evil.example' } });
      expect(answer.status).toBe(403);
      expect(await everything()).toEqual(before);
    },
  );

  it.each([...new Set(TABLE.map(([, path]) => path))])(
    '%s names the methods it does not take',
    async (path) => {
      const answer = await (await signedInAs('admin@offhook.example')).ask(path, { method: 'PUT', json: {} });
      expect(answer.status).toBe(405);
    },
  );
});
