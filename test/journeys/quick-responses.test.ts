import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit/audit-entry.ts';
import {
  MAX_RESPONSE_LENGTH,
  MAX_RESPONSES,
  type QuickResponse,
  type ResponseGroup,
} from '../../src/domain/words/quick-response.ts';
import { STARTER_RESPONSES } from '../../src/domain/words/starter-responses.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, StaffBrowser, signedInAs } from './staff-browser.ts';

const BASE = '/api/practices/lakeside';
const RESPONSES = `${BASE}/quick-responses`;
const GROUPS = `${BASE}/quick-response-groups`;
const EXPORT = `${BASE}/quick-response-export`;
const IMPORT = `${BASE}/quick-response-import`;

const NEW = { title: 'Parking', group: 'Directions', texts: { en: 'Park behind the house.', es: 'Detrás.' } };

interface All {
  groups: ResponseGroup[];
  responses: QuickResponse[];
  languages: string[];
}

let manager: StaffBrowser;
let staff: StaffBrowser;
let stranger: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  staff = await signedInAs('staff@lakeside.example');
  stranger = await signedInAs('staff@harbor.example');
});

async function all(browser = staff, path = RESPONSES): Promise<All> {
  return (await browser.ask(path)).json<All>();
}

function put(browser: StaffBrowser, path: string, json: unknown): Promise<Response> {
  return browser.ask(path, { method: 'PUT', json });
}

async function add(written: object = NEW): Promise<string> {
  const answer = await manager.post(RESPONSES, written);
  expect(answer.status).toBe(201);
  return (await answer.json<{ id: string }>()).id;
}

async function titled(title: string): Promise<QuickResponse> {
  const found = (await all()).responses.find((one) => one.title === title);
  if (found === undefined) throw new Error(`there is no ${title}`);
  return found;
}

async function messageOf(answer: Response): Promise<string> {
  return (await answer.json<{ error: { message: string } }>()).error.message;
}

describe('the quick responses of a practice', () => {
  it('begin with the starter set, for whoever looks first, and each practice with its own', async () => {
    const answers = await Promise.all([all(), all(manager), all()]);
    for (const { responses, languages } of answers) {
      expect(responses.map(({ title }) => title).sort()).toEqual(
        STARTER_RESPONSES.map(({ title }) => title).sort(),
      );
      expect(languages).toEqual(['en', 'es']);
    }
    await add();
    const other = await all(stranger, '/api/practices/harbor/quick-responses');
    expect(other.responses).toHaveLength(STARTER_RESPONSES.length);
    expect(other.languages).toEqual(['en']);
  });

  it('are added, changed, archived, restored and deleted by managers', async () => {
    const id = await add();
    expect((await all()).groups.at(-1)).toEqual({ name: 'Directions', ids: [id] });
    const changed = await put(manager, `${RESPONSES}/${id}`, {
      ...NEW,
      group: 'Greetings',
      texts: { en: 'Park {in front}.', es: ' ' },
      version: 1,
    });
    expect(changed.status).toBe(200);
    expect(await titled('Parking')).toEqual({
      id,
      title: 'Parking',
      texts: { en: 'Park {in front}.' },
      version: 2,
      isArchived: false,
    });
    expect((await all()).groups[0]?.ids).toContain(id);
    expect((await manager.patch(`${RESPONSES}/${id}`, { isArchived: true })).status).toBe(200);
    expect((await titled('Parking')).isArchived).toBe(true);
    expect((await manager.patch(`${RESPONSES}/${id}`, { isArchived: false })).status).toBe(200);
    expect((await manager.ask(`${RESPONSES}/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await all()).responses.some((one) => one.id === id)).toBe(false);
    expect((await manager.ask(`${RESPONSES}/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('tell by their tag whether anything has changed', async () => {
    const first = await staff.ask(RESPONSES);
    const tag = first.headers.get('ETag') ?? '';
    const same = await staff.ask(RESPONSES, { headers: { 'If-None-Match': tag } });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await add();
    expect((await staff.ask(RESPONSES, { headers: { 'If-None-Match': tag } })).status).toBe(200);
  });

  it('are grouped and ordered, and who comes second is told', async () => {
    const { groups } = await all();
    const wanted = [{ name: 'Closing words', ids: groups.at(-1)?.ids ?? [] }, ...groups.slice(0, -1)];
    expect((await put(manager, GROUPS, { groups: wanted, expected: groups })).status).toBe(200);
    expect((await all()).groups).toEqual(wanted);
    const late = await put(manager, GROUPS, { groups: groups.slice(1), expected: groups });
    expect(late.status).toBe(409);
    expect((await late.json<All>()).groups).toEqual(wanted);
    const twice = [
      { name: 'A', ids: [] },
      { name: ' a', ids: [] },
    ];
    expect((await put(manager, GROUPS, { groups: twice, expected: wanted })).status).toBe(400);
  });

  it('changed by two managers: the second is told what is there now, and nobody loses anything', async () => {
    const hello = await titled('Hello');
    const path = `${RESPONSES}/${hello.id}`;
    const change = (text: string) => ({
      title: 'Hello',
      group: 'Greetings',
      texts: { en: text },
      version: 1,
    });
    const [one, two] = await Promise.all([
      put(manager, path, change('one')),
      put(manager, path, change('two')),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
    const late = one.status === 409 ? one : two;
    const told = await late.json<All & { error: { code: string } }>();
    expect(told.error.code).toBe('changed-meanwhile');
    expect(told.responses.find(({ id }) => id === hello.id)).toEqual(await titled('Hello'));
    const added = await Promise.all(
      ['A', 'B', 'C'].map((title) => manager.post(RESPONSES, { ...NEW, title })),
    );
    expect(added.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await all()).groups.at(-1)?.ids).toHaveLength(3);
  });

  it.each([
    ['no title', { ...NEW, title: '' }, 'title'],
    ['a title of 81', { ...NEW, title: 'x'.repeat(81) }, 'title'],
    ['no text', { ...NEW, texts: {} }, 'texts'],
    ['a language that is none', { ...NEW, texts: { 'not a tag': 'x' } }, 'texts'],
    ['a text too long', { ...NEW, texts: { en: 'x'.repeat(MAX_RESPONSE_LENGTH + 1) } }, 'texts.en'],
    ['a number as text', { ...NEW, texts: { en: 5 } }, 'texts.en'],
    ['what is not known', { ...NEW, colour: 'red' }, ''],
  ])('refuse %s, and say why', async (_, written, field) => {
    const answer = await manager.post(RESPONSES, written);
    expect(answer.status).toBe(400);
    expect(await messageOf(answer)).toContain(field);
    expect((await all()).responses).toHaveLength(STARTER_RESPONSES.length);
  });

  it('refuse a title that is there, and one more than there is room for', async () => {
    const taken = await manager.post(RESPONSES, { ...NEW, title: 'hello' });
    expect([taken.status, await codeOf(taken)]).toEqual([409, 'title-taken']);
    const many = Array.from({ length: MAX_RESPONSES - STARTER_RESPONSES.length }, (_, index) => ({
      title: `Number ${index}`,
      texts: { en: 'x' },
    }));
    const content = JSON.stringify({
      kind: 'offhook-quick-responses',
      groups: [{ name: 'Many', responses: many }],
    });
    expect((await manager.post(IMPORT, { format: 'json', content })).status).toBe(200);
    const full = await manager.post(RESPONSES, NEW);
    expect([full.status, await codeOf(full)]).toEqual([409, 'list-full']);
  });
});

describe('a file of quick responses', () => {
  it.each(['csv', 'json'])('goes out as %s and comes in again elsewhere, the same', async (format) => {
    await add();
    const file = await manager.ask(`${EXPORT}?format=${format}`);
    expect(file.headers.get('Content-Disposition')).toBe(
      `attachment; filename="quick-responses-lakeside.${format}"`,
    );
    // As bytes: a Response takes the byte order mark off its text.
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await file.arrayBuffer(),
    );
    const again = await manager.post(IMPORT, { format, content });
    expect(await again.json()).toEqual({ added: [], changed: [], same: STARTER_RESPONSES.length + 1 });
    const admin = await signedInAs('admin@offhook.example');
    const elsewhere = '/api/practices/harbor';
    const dry = await admin.post(`${elsewhere}/quick-response-import`, { format, content, isDryRun: true });
    expect(await dry.json()).toEqual({ added: ['Parking'], changed: [], same: STARTER_RESPONSES.length });
    expect((await all(admin, `${elsewhere}/quick-responses`)).responses).toHaveLength(
      STARTER_RESPONSES.length,
    );
    const real = await admin.post(`${elsewhere}/quick-response-import`, { format, content });
    expect(await real.json()).toMatchObject({ added: ['Parking'] });
    const says = (list: QuickResponse[]) =>
      Object.fromEntries(list.map(({ title, texts }) => [title, texts]));
    expect(says((await all(admin, `${elsewhere}/quick-responses`)).responses)).toEqual(
      says((await all()).responses),
    );
  });

  it('with one fault in it changes nothing, and the fault is told with its place', async () => {
    const content = 'group,title,en\r\nA,First,ok\r\nA,,no title\r\n';
    const answer = await manager.post(IMPORT, { format: 'csv', content });
    expect(answer.status).toBe(400);
    expect((await answer.json<{ faults: object[] }>()).faults).toEqual([
      { at: 'row 3', message: 'title: give it a title: it is found by that' },
    ]);
    expect((await all()).responses).toHaveLength(STARTER_RESPONSES.length);
  });

  it('is not taken in where it is too large or of no known format', async () => {
    const large = await manager.post(IMPORT, { format: 'csv', content: 'x'.repeat(5_000_000) });
    expect(large.status).toBe(413);
    expect((await manager.post(IMPORT, { format: 'xlsx', content: '' })).status).toBe(400);
    expect((await manager.ask(`${EXPORT}?format=pdf`)).status).toBe(400);
  });
});

describe('the audit log', () => {
  async function entries(): Promise<AuditEntry[]> {
    const stub = env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName('lakeside'));
    const nothing = { words: null, actionsMeant: [], actions: null, from: null, to: null, before: null };
    return (await stub.page(nothing)).entries;
  }

  it('tells each change with what it was and is, and nothing of what was refused or changed nothing', async () => {
    const id = await add();
    await put(manager, `${RESPONSES}/${id}`, { ...NEW, texts: { en: 'Park anywhere.' }, version: 1 });
    await put(manager, `${RESPONSES}/${id}`, { ...NEW, texts: { en: 'Too late.' }, version: 1 });
    await put(manager, `${RESPONSES}/${id}`, { ...NEW, texts: { en: 'Park anywhere.' }, version: 2 });
    await manager.patch(`${RESPONSES}/${id}`, { isArchived: true });
    await manager.ask(`${RESPONSES}/${id}`, { method: 'DELETE' });
    const { groups } = await all();
    await put(manager, GROUPS, { groups: [...groups].reverse(), expected: groups });
    await manager.post(IMPORT, { format: 'csv', content: 'group,title,en\r\nA,Imported,x' });
    const told = (await entries()).reverse();
    expect(told.map(({ action }) => action)).toEqual([
      'quick-response-added',
      'quick-response-changed',
      'quick-response-archived',
      'quick-response-deleted',
      'quick-responses-arranged',
      'quick-responses-imported',
    ]);
    expect(told[1]).toMatchObject({
      subject: { is: 'quick-response', id, label: 'Parking' },
      before: JSON.stringify({ texts: NEW.texts }),
      after: JSON.stringify({ texts: { en: 'Park anywhere.' } }),
    });
    expect(told.at(-1)?.after).toBe(JSON.stringify({ added: ['Imported'], changed: [] }));
  });
});

describe('who may do what with quick responses', () => {
  it.each([
    ['GET', RESPONSES, undefined, 200],
    ['POST', RESPONSES, NEW, 403],
    ['PUT', `${RESPONSES}/x`, { ...NEW, version: 1 }, 403],
    ['PATCH', `${RESPONSES}/x`, { isArchived: true }, 403],
    ['DELETE', `${RESPONSES}/x`, undefined, 403],
    ['PUT', GROUPS, { groups: [], expected: [] }, 403],
    ['GET', EXPORT, undefined, 403],
    ['POST', IMPORT, { format: 'json', content: '{}' }, 403],
  ] as const)('%s %s', async (method, path, json, forStaff) => {
    const before = await all();
    const asked = { method, json };
    expect((await staff.ask(path, asked)).status).toBe(forStaff);
    expect((await stranger.ask(path, asked)).status).toBe(404);
    expect((await new StaffBrowser().ask(path, asked)).status).toBe(401);
    if (method !== 'GET') {
      const foreign = await manager.ask(path, { ...asked, headers: { Origin: 'https://evil.example' } });
      expect(foreign.status).toBe(403);
    }
    expect((await manager.ask(path, { method: 'PROPFIND' })).status).toBe(405);
    expect(await all()).toEqual(before);
  });
});
