import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApiKey, type ApiKeyScope, SCOPES } from '../../src/domain/people/api-key.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { SCOPE_CALLS } from '../../src/routes/people/bearer.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { auditEntries, auditedIn } from './audit-entries.ts';
import { fire, HANGUP, post } from './hook-request.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const KEYS = '/api/enterprise/api-keys';
const P = '/api/practices/lakeside';
const NIA = { name: 'Nia New', numbers: ['(206) 202-0177'], language: null, status: 'active' };

let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  admin = await signedInAs('admin@offhook.example');
});

interface Made {
  key: ApiKey;
  secret: string;
}

async function made(scopes: readonly ApiKeyScope[], practiceId = 'lakeside'): Promise<Made> {
  const answer = await admin.post(KEYS, { name: 'Nightly sync', practiceId, scopes });
  expect(answer.status).toBe(201);
  return answer.json();
}

/** As a program sends it: no cookie, no origin. */
function send(secret: string, method: string, path: string, json?: unknown, headers = {}): Promise<Response> {
  return exports.default.fetch(ORIGIN + path, {
    method,
    headers: {
      Authorization: `Bearer ${secret}`,
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}

async function listed(): Promise<ApiKey[]> {
  return (await (await admin.ask(KEYS)).json<{ keys: ApiKey[] }>()).keys;
}

async function refusal(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, await codeOf(response)];
}

/** Every row of every table. */
async function everything(): Promise<string> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
  ).all<{ name: string }>();
  return JSON.stringify(
    await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`))),
  );
}

describe('a key', () => {
  it('is shown once, kept as a hash, and told of in both logs without it', async () => {
    const { key, secret } = await made(['activity', 'patients']);
    expect(secret).toMatch(/^offhook_[\w-]{43}$/);
    expect(await listed()).toEqual([
      {
        id: key.id,
        name: 'Nightly sync',
        practice: { id: 'lakeside', name: key.practice.name },
        scopes: ['activity', 'patients'],
        madeBy: { id: 'admin', name: 'Jo Lindqvist' },
        madeAt: expect.any(Number),
        usedAt: null,
      },
    ]);
    expect((await send(secret, 'POST', `${P}/patients`, NIA)).status).toBe(201);
    expect((await admin.ask(`${KEYS}/${key.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await auditedIn('*')).toEqual([
      'Jo Lindqvist: api-key-made, Nightly sync',
      'Jo Lindqvist: api-key-revoked, Nightly sync',
    ]);
    const entries = await auditEntries();
    expect(entries.map(({ action }) => action)).toEqual(['api-key-made', 'patient-added', 'api-key-revoked']);
    expect(entries[0]?.after).toContain('["activity","patients"]');
    expect(entries[1]?.who).toEqual({ is: 'api-key', id: key.id, name: 'Nightly sync' });
    const kept = (await everything()) + JSON.stringify([entries, await auditEntries('*'), await listed()]);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.slice('offhook_'.length));
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes'],
    [{ scopes: ['patients', 'patients'] }, 'scopes'],
    [{ practiceId: 'nowhere' }, 'practiceId'],
  ])('is not made of %j', async (wrong, field) => {
    const answer = await admin.post(KEYS, {
      name: 'Sync',
      practiceId: 'lakeside',
      scopes: ['patients'],
      ...wrong,
    });
    expect(answer.status).toBe(400);
    expect((await answer.json<{ error: { message: string } }>()).error.message).toContain(field);
    expect([await listed(), await auditEntries('*')]).toEqual([[], []]);
  });

  it('is one of a hundred at most', async () => {
    const { key } = await made(['activity']);
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
       INSERT INTO api_keys (id, name, secret_hash, practice_id, scopes, made_by, made_at)
       SELECT 'k' || i, 'k', printf('%064d', i), 'lakeside', '["activity"]', 'admin', 1 FROM n`,
    ).run();
    const another = { name: 'One more', practiceId: 'lakeside', scopes: ['activity'] };
    expect(await refusal(admin.post(KEYS, another))).toEqual([409, 'list-full']);
    await admin.ask(`${KEYS}/${key.id}`, { method: 'DELETE' });
    expect((await admin.post(KEYS, another)).status).toBe(201);
  });

  it('tells when it was used, written at most once a minute', async () => {
    const { secret } = await made(['configuration']);
    const used = async () => {
      expect((await send(secret, 'GET', `${P}/configuration`)).status).toBe(200);
      return (await listed())[0]?.usedAt ?? 0;
    };
    const first = await used();
    expect(first).toBeGreaterThan(Date.now() - 60_000);
    expect(await used()).toBe(first);
    await env.DB.prepare('UPDATE api_keys SET used_at = used_at - 60000').run();
    expect(await used()).toBeGreaterThanOrEqual(first);
  });

  it('goes on when who made it is deactivated, who is still named', async () => {
    const { secret } = await made(['activity']);
    await env.DB.exec("UPDATE api_keys SET made_by = 'lakeside-manager'");
    await env.DB.exec("UPDATE staff SET deactivated_at = 1 WHERE id = 'lakeside-manager'");
    expect((await send(secret, 'GET', `${P}/activity`)).status).toBe(200);
    expect((await listed())[0]?.madeBy.name).toBe('Marcus Webb');
  });
});

describe('a scope is good for', () => {
  it('what fired and why', async () => {
    await openAroundTheClock();
    await fire(HANGUP, post(new URLSearchParams({ CALLER_ID_NUMBER: '2062020123' })));
    const { secret } = await made(['activity']);
    const [first] = await vi.waitFor(async () => {
      const answer = await send(secret, 'GET', `${P}/activity`);
      const { activity } = await answer.json<{ activity: { id: string }[] }>();
      expect(activity).toHaveLength(1);
      return activity;
    });
    const one = await send(secret, 'GET', `${P}/activity/${first?.id}`);
    expect(await one.json()).toMatchObject({ isMasked: false });
    expect(await refusal(send(secret, 'POST', `${P}/activity/${first?.id}/replay`))).toEqual([
      403,
      'not-allowed',
    ]);
  });

  it('patients, one by one and as a file', async () => {
    const { key, secret } = await made(['patients']);
    const add = await send(secret, 'POST', `${P}/patients`, NIA);
    const { patient } = await add.json<{ patient: { id: string } }>();
    const one = `${P}/patients/${patient.id}`;
    expect((await send(secret, 'PUT', one, { ...NIA, name: 'Nia Newer', version: 1 })).status).toBe(200);
    expect((await send(secret, 'GET', one)).status).toBe(200);
    expect((await send(secret, 'GET', `${P}/patient-export`)).status).toBe(200);
    expect((await send(secret, 'DELETE', `${one}?version=2`)).status).toBe(204);

    const row = {
      row: 1,
      name: 'Ola Berg',
      numbers: ['2062020178'],
      language: null,
      status: null,
      externalId: '',
      replacedBy: null,
    };
    expect((await send(secret, 'POST', `${P}/patient-checks`, { rows: [row] })).status).toBe(200);
    const file = { fingerprint: 'one', fileName: 'night.csv' };
    const begun = await send(secret, 'POST', `${P}/patient-imports`, file);
    const { import: it } = await begun.json<{ import: { id: string; startedBy: unknown } }>();
    expect(it.startedBy).toEqual({ id: key.id, name: 'Nightly sync' });
    const path = `${P}/patient-imports/${it.id}`;
    const rows = { from: 0, to: 1, rows: [row], unreadable: 0 };
    expect((await send(secret, 'POST', `${path}/rows`, rows)).status).toBe(200);
    expect((await send(secret, 'PUT', path, { isCancelled: false })).status).toBe(200);
    expect(await (await send(secret, 'GET', path)).json()).toMatchObject({ import: { added: 1 } });
    expect(new Set((await auditEntries()).slice(1).map(({ who }) => who.is))).toEqual(new Set(['api-key']));
  });

  it('the configuration, which it cannot change', async () => {
    const { secret } = await made(['configuration']);
    const file = await (await send(secret, 'GET', `${P}/configuration`)).json<{ practice: object }>();
    expect(file).toHaveProperty('practice.name');
    expect(await refusal(send(secret, 'POST', `${P}/configuration`, file))).toEqual([403, 'not-allowed']);
  });

  it('nothing that another one is for, nor anything else there is', async () => {
    const calls = await callsForSignedIn();
    for (const call of SCOPES.flatMap((scope) => SCOPE_CALLS[scope])) expect(calls).toContain(call);
    for (const scopes of [...SCOPES.map((one) => [one]), SCOPES]) {
      const { secret } = await made(scopes);
      const covered = scopes.flatMap((scope) => SCOPE_CALLS[scope]);
      for (const call of calls.filter((one) => !covered.includes(one))) {
        const [method = '', path = ''] = call.replace(':practice', 'lakeside').split(' ');
        const answer = await send(secret, method, path.replace(/:\w+/g, 'x'));
        expect([call, answer.status]).toEqual([call, 403]);
      }
    }
  });
});

describe('a key opens nothing', () => {
  it('where it is wrong, revoked, or its practice is archived', async () => {
    const { key, secret } = await made(['activity']);
    const ask = (bearer: string) => refusal(send(bearer, 'GET', `${P}/activity`));
    const other = secret.at(-1) === 'A' ? 'B' : 'A';
    for (const wrong of ['', 'x', secret.slice(0, -1) + other, `${secret}x`, secret.slice('offhook_'.length)])
      expect(await ask(wrong)).toEqual([401, 'not-signed-in']);
    await env.DB.exec("UPDATE practices SET archived_at = 1 WHERE id = 'lakeside'");
    expect(await ask(secret)).toEqual([401, 'not-signed-in']);
    await env.DB.exec('UPDATE practices SET archived_at = NULL');
    expect((await send(secret, 'GET', `${P}/activity`)).status).toBe(200);
    for (const _again of [1, 2])
      expect((await admin.ask(`${KEYS}/${key.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ask(secret)).toEqual([401, 'not-signed-in']);
    expect(await listed()).toEqual([]);
    expect(await auditedIn('*')).toHaveLength(2);
    expect((await admin.ask(`${KEYS}/unknown`, { method: 'DELETE' })).status).toBe(404);
  });

  it('in another practice, even where people may search the patients of all', async () => {
    const { secret } = await made(['activity', 'patients', 'configuration']);
    for (const path of ['activity', 'patients', 'configuration', 'patient-export'])
      expect(await refusal(send(secret, 'GET', `/api/practices/harbor/${path}`))).toEqual([404, 'not-found']);
    expect(await refusal(send(secret, 'POST', '/api/practices/harbor/patients', NIA))).toEqual([
      404,
      'not-found',
    ]);
    const agreed = { name: 'Sam Okoro', role: 'privacy officer' };
    const { text } = await (await admin.ask('/api/enterprise/any-patient')).json<{ text: string }>();
    const setting = { isOn: true, acknowledgement: { ...agreed, text } };
    const on = await admin.ask('/api/enterprise/any-patient', { method: 'PUT', json: setting });
    expect(on.status).toBe(200);
    expect((await admin.ask(`${P}/patients?everywhere=1`)).status).toBe(200);
    for (const query of ['everywhere=1', 'q=a&everywhere=1', 'everywhere=0&everywhere=1', '%65verywhere=1'])
      expect(await refusal(send(secret, 'GET', `${P}/patients?${query}`))).toEqual([403, 'not-allowed']);
  });
});

describe('beside a session', () => {
  it('the key alone counts, and the session says nothing', async () => {
    const { secret } = await made(['activity']);
    const both = { Authorization: `Bearer ${secret}` };
    expect((await admin.ask('/api/enterprise', { headers: both })).status).toBe(403);
    const wrong = { Authorization: 'Bearer nonsense' };
    expect((await admin.ask('/api/enterprise', { headers: wrong })).status).toBe(401);
  });

  it('our own origin is asked for all the same where a cookie comes along', async () => {
    const { secret } = await made(['patients']);
    const foreign = { Origin: 'https://elsewhere.example' };
    const cookie = { Cookie: `__Host-offhook=${admin.cookies.get('__Host-offhook')}` };
    const check = (headers: object) => send(secret, 'POST', `${P}/patient-checks`, { rows: [] }, headers);
    expect(await refusal(check({ ...foreign, ...cookie }))).toEqual([403, 'foreign-origin']);
    expect((await check(foreign)).status).toBe(200);
  });

  it('it does not wait for a passkey', async () => {
    const { secret } = await made(['activity']);
    await env.DB.exec('UPDATE enterprise SET passkeys_needed = 1');
    expect((await send(secret, 'GET', `${P}/activity`)).status).toBe(200);
  });
});

/** All that is there for who is signed in. */
async function callsForSignedIn(): Promise<string[]> {
  const answer = await exports.default.fetch(`${ORIGIN}/api/openapi.json`);
  const { paths } = await answer.json<{ paths: Record<string, Record<string, unknown>> }>();
  return Object.entries(paths)
    .filter(([path]) => /^\/api\/(practices|conversations|enterprise)(\/|$)/.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
}
