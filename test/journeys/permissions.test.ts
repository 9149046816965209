import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import readme from '../../README.md?raw';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { type ItemIds, itemsOfLakeside } from './permission-items.ts';
import { StaffBrowser, signedInAs } from './staff-browser.ts';

/** The rows of the README's table of who may call what, in the words of its first column. */
const ROWS = ['anybody', 'who is signed in', 'staff', 'managers', 'admins'] as const;
type Row = (typeof ROWS)[number];

/** Who asks; the last one manages another practice. */
const EMAILS = {
  staff: 'staff@lakeside.example',
  manager: 'manager@lakeside.example',
  admin: 'admin@offhook.example',
  foreign: 'staff@harbor.example',
} as const;
type Who = keyof typeof EMAILS | 'nobody';
const WHO = ['nobody', 'staff', 'manager', 'admin', 'foreign'] as const satisfies Who[];

interface Call {
  method: string;
  path: string;
  row: Row;
}

const table = callsOfReadme();

let areItemsThere = false;
let items: ItemIds;
let browsers: Record<Who, StaffBrowser>;

/** Anew where an allowed call may have taken something away. */
async function withItems(): Promise<void> {
  if (areItemsThere) return;
  await emptyData();
  await seedLocal(env.DB, 'local');
  await env.DB.prepare("UPDATE memberships SET role = 'manager' WHERE practice_id = 'harbor'").run();
  items = await itemsOfLakeside(Object.values(EMAILS));
  const { staff, manager, admin, foreign } = EMAILS;
  browsers = {
    nobody: new StaffBrowser(),
    staff: await signedInAs(staff),
    manager: await signedInAs(manager),
    admin: await signedInAs(admin),
    foreign: await signedInAs(foreign),
  };
  areItemsThere = true;
}

describe('who may call what', () => {
  it('is in the README for every call there is, once', async () => {
    const answer = await exports.default.fetch('https://offhook.example/api/openapi.json');
    const { paths } = await answer.json<{ paths: Record<string, Record<string, unknown>> }>();
    const there = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const ours = there.filter((call) => call.includes(' /api/'));
    expect(table.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(ours.sort());
  });

  describe.each(table)('$method $path', (call) => {
    beforeAll(withItems);

    it('is refused to all others, and nothing has changed', async () => {
      const before = await everything();
      for (const who of WHO) {
        const refusal = refusalOf(call, who);
        if (refusal !== null) expect([who, await statusOf(call, who)]).toEqual([who, refusal]);
      }
      expect(await everything()).toEqual(before);
    });

    it(`is open to ${call.row}`, async () => {
      for (const who of WHO) {
        if (refusalOf(call, who) !== null) continue;
        await withItems();
        const status = await statusOf(call, who);
        const isRefused = (call.row === 'anybody' ? [405, 500] : [401, 403, 404, 405, 500]).includes(status);
        expect([who, status, isRefused]).toEqual([who, status, false]);
        if (call.method !== 'GET' && status < 400) areItemsThere = false;
      }
    });
  });
});

/** What they are told; null where they may. */
function refusalOf({ row }: Call, who: Who): 401 | 403 | 404 | null {
  if (row === 'anybody') return null;
  if (who === 'nobody') return 401;
  if (row === 'who is signed in') return null;
  if (row === 'admins') return who === 'admin' ? null : 403;
  if (who === 'foreign') return 404;
  return row === 'managers' && who === 'staff' ? 403 : null;
}

async function statusOf({ method, path }: Call, who: Who): Promise<number> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(items(path, name, EMAILS[who === 'nobody' ? 'staff' : who])),
  );
  const json = method === 'GET' || method === 'DELETE' ? undefined : bodyOf(method, path);
  return (await browsers[who].ask(address, { method, json })).status;
}

/** What is decided by an object is asked in full: its body is read before anybody knows whose it is. */
function bodyOf(method: string, path: string): object {
  switch (`${method} ${path.slice('/api'.length)}`) {
    case 'PATCH /conversations/{id}':
      return { state: 'done' };
    case 'POST /conversations/{id}/consent':
      return { state: 'opted-out', reason: null };
    case 'POST /conversations/{id}/hand-over':
      return { id: crypto.randomUUID(), body: 'Yours, please.', assignee: 'lakeside-second' };
    case 'POST /conversations/{id}/messages':
      return { id: crypto.randomUUID(), kind: 'note', body: 'Called back.' };
    case 'PUT /conversations/{id}/patient':
      return { patient: 'nobody' };
    case 'PUT /conversations/{id}/hold':
      return { reason: 'Asked for by counsel' };
    case 'PATCH /practices/{practice}/call-backs/{id}':
      return { claim: true };
    case 'POST /practices/{practice}/conversations/bulk':
      return { undo: [{ id: '0'.repeat(64), version: 1 }] };
    default:
      return {};
  }
}

/** All that is configured; when somebody was seen last is no change. */
async function everything(): Promise<unknown> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' ORDER BY 1",
  ).all<{ name: string }>();
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)));
  return tables.map((rows) => rows.results.map((row) => ({ ...(row as object), seen_at: null })));
}

function callsOfReadme(): Call[] {
  return ROWS.flatMap((row) => {
    const line = readme.split('\n').find((one) => one.startsWith(`| ${row} |`)) ?? '';
    return [...line.matchAll(/`([A-Z]+(?:,[A-Z]+)*) (\/[^`]+)`/g)].flatMap(([, methods = '', path = '']) =>
      methods.split(',').map((method) => ({ method, path: `/api${path}`, row })),
    );
  });
}
