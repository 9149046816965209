import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DEFAULT_KEEPING,
  isDueAt,
  NOTHING_SET,
  type RetentionAnswer,
} from '../../src/domain/practice/retention.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { deletePast } from '../../src/schedule/delete-past.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { auditEntries, auditedIn } from './audit-entries.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const RETENTION = '/api/practices/lakeside/retention';
const ENTERPRISE = '/api/enterprise/retention';
const DAY = 86_400_000;

let manager: StaffBrowser;
let admin: StaffBrowser;
let staff: StaffBrowser;
let stranger: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  manager = await signedInAs('manager@lakeside.example');
  admin = await signedInAs('admin@offhook.example');
  staff = await signedInAs('staff@lakeside.example');
  stranger = await signedInAs('staff@harbor.example');
});
afterEach(() => vi.restoreAllMocks());

/** Three in the morning where both practices are, so many days from now. */
function nightIn(days: number): number {
  let at = Date.now() + days * DAY;
  while (!isDueAt(at, 'America/Los_Angeles', null)) at += 3600_000;
  return at;
}

async function hangUp(caller: string): Promise<string> {
  const answer = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: caller }),
  });
  const { conversation } = await answer.json<{ conversation: string }>();
  await vi.waitFor(async () => {
    const found = await manager.ask(`/api/practices/lakeside/conversations?q=${caller}`);
    const { conversations } = await found.json<{
      conversations: { id: string; last: { snippet: string } }[];
    }>();
    expect(conversations.map(({ id }) => id)).toEqual([conversation]);
  });
  return conversation;
}

async function known(): Promise<string[]> {
  const answer = await manager.ask('/api/practices/lakeside/conversations?view=open');
  return (await answer.json<{ conversations: { id: string }[] }>()).conversations.map(({ id }) => id);
}

async function retention(browser = manager): Promise<RetentionAnswer> {
  return (await browser.ask(RETENTION)).json();
}

function put(browser: StaffBrowser, path: string, set: object, version: number): Promise<Response> {
  return browser.ask(path, { method: 'PUT', json: { set: { ...NOTHING_SET, ...set }, version } });
}

describe('how long things are kept', () => {
  it('is set by managers for their practice, by admins for all, and goes by what is above where it is not', async () => {
    expect(await retention()).toEqual({
      set: NOTHING_SET,
      version: 0,
      above: DEFAULT_KEEPING,
      holds: [],
      lastRun: null,
    });
    expect((await put(admin, ENTERPRISE, { conversationDays: 365 }, 0)).status).toBe(200);
    expect((await put(manager, RETENTION, { activityDays: 14 }, 0)).status).toBe(200);
    expect(await retention()).toMatchObject({
      set: { conversationDays: null, activityDays: 14, auditDays: null },
      version: 1,
      above: { conversationDays: 365, activityDays: 30, auditDays: 2190 },
    });
    expect(await auditedIn()).toEqual(['Marcus Webb: retention-changed, Lakeside Family Clinic']);
    expect(await auditedIn('*')).toEqual(['Jo Lindqvist: retention-changed, The enterprise']);
  });

  it('is not for staff to see, nor for anybody of another practice', async () => {
    for (const method of ['GET', 'PUT']) {
      const json = method === 'PUT' ? { set: NOTHING_SET, version: 0 } : undefined;
      expect((await staff.ask(RETENTION, { method, json })).status).toBe(403);
      expect((await stranger.ask(RETENTION, { method, json })).status).toBe(404);
      expect((await manager.ask(ENTERPRISE, { method, json })).status).toBe(403);
    }
  });

  it('stays as somebody else set it meanwhile, and they are shown it', async () => {
    await put(admin, RETENTION, { conversationDays: 90 }, 0);
    const refused = await put(manager, RETENTION, { conversationDays: 60 }, 0);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      error: { code: 'changed-meanwhile' },
      retention: { set: { conversationDays: 90 }, version: 1 },
    });
    expect((await put(manager, RETENTION, { conversationDays: 60 }, 1)).status).toBe(200);
    expect((await put(manager, RETENTION, { conversationDays: 61 }, 1)).status).toBe(409);
  });

  it('has bounds', async () => {
    const wrong = [
      { conversationDays: 29 },
      { conversationDays: 7301 },
      { conversationDays: -1 },
      { conversationDays: 30.5 },
      { conversationDays: '90' },
      { activityDays: 0 },
      { activityDays: 91 },
      { auditDays: 364 },
    ];
    for (const set of wrong) {
      const refused = await put(manager, RETENTION, set, 0);
      expect([refused.status, await codeOf(refused)]).toEqual([400, 'invalid-request']);
    }
    for (const set of [{ conversationDays: 0 }, { conversationDays: 30 }, { auditDays: 7300 }]) {
      const { version } = await retention();
      expect((await put(manager, RETENTION, set, version)).status).toBe(200);
    }
  });
});

describe('every night', () => {
  it('conversations whose time is over are deleted, and managers see how many', async () => {
    const [one, two] = [await hangUp('2062020123'), await hangUp('2062020124')];
    await deletePast(env, nightIn(400));
    expect((await known()).sort()).toEqual([one, two].sort());
    await put(manager, RETENTION, { conversationDays: 60 }, 0);
    await deletePast(env, nightIn(20));
    expect(await known()).toHaveLength(2);
    await deletePast(env, nightIn(500));
    expect(await known()).toEqual([]);
    expect((await staff.ask(`/api/conversations/${one}`)).status).toBe(404);
    expect((await retention()).lastRun).toMatchObject({ deleted: 2, held: 0, failed: 0 });
    expect((await retention()).lastRun?.endedAt).not.toBeNull();
    const told = (await auditEntries()).filter(({ action }) => action === 'conversation-deleted');
    expect(told.map(({ subject, who }) => [subject.id, who.is]).sort()).toEqual(
      [one, two].sort().map((id) => [id, 'system']),
    );
    expect(await hangUp('2062020123')).toBe(one);
  });

  it('only at night, and once', async () => {
    const noon = nightIn(400) + 12 * 3600_000;
    await hangUp('2062020123');
    await put(manager, RETENTION, { conversationDays: 60 }, 0);
    await deletePast(env, noon);
    expect((await retention()).lastRun).toBeNull();
    const night = nightIn(401);
    await deletePast(env, night);
    await hangUp('2062020124');
    await deletePast(env, night + 900_000);
    expect((await retention()).lastRun?.beganAt).toBe(night);
    expect(await known()).toHaveLength(1);
  });

  it('what is on hold stays: a conversation, or all of a practice', async () => {
    const [held, other] = [await hangUp('2062020123'), await hangUp('2062020124')];
    await put(manager, RETENTION, { conversationDays: 60 }, 0);
    const hold = `/api/conversations/${held}/hold`;
    const json = { reason: 'Asked for by counsel' };
    expect((await manager.ask(hold, { method: 'PUT', json })).status).toBe(204);
    const all = '/api/practices/lakeside/hold';
    expect((await admin.ask(all, { method: 'PUT', json: { reason: 'Lawsuit' } })).status).toBe(204);
    await deletePast(env, nightIn(400));
    expect(await known()).toHaveLength(2);
    expect((await retention()).holds).toMatchObject([
      { conversationId: null, reason: 'Lawsuit', heldBy: 'Jo Lindqvist' },
      { conversationId: held, reason: 'Asked for by counsel', heldBy: 'Marcus Webb' },
    ]);
    expect((await admin.ask(all, { method: 'DELETE' })).status).toBe(204);
    await deletePast(env, nightIn(401));
    expect(await known()).toEqual([held]);
    expect((await retention()).lastRun).toMatchObject({ deleted: 1, held: 1 });
    expect((await manager.ask(hold, { method: 'DELETE' })).status).toBe(204);
    await deletePast(env, nightIn(402));
    expect(await known()).toEqual([]);
    expect((await auditedIn()).filter((one) => one.includes('hold'))).toEqual([
      `Marcus Webb: hold-begun, ${held.slice(0, 8)}`,
      'Jo Lindqvist: hold-begun, Lakeside Family Clinic',
      'Jo Lindqvist: hold-ended, Lakeside Family Clinic',
      `Marcus Webb: hold-ended, ${held.slice(0, 8)}`,
    ]);
    expect(other).not.toBe(held);
  });

  it('holds are for managers, need a reason, and are nobody else’s', async () => {
    const id = await hangUp('2062020123');
    for (const path of [`/api/conversations/${id}/hold`, '/api/practices/lakeside/hold']) {
      const json = { reason: 'Because' };
      expect((await staff.ask(path, { method: 'PUT', json })).status).toBe(403);
      expect((await stranger.ask(path, { method: 'PUT', json })).status).toBe(404);
      expect((await staff.ask(path, { method: 'DELETE' })).status).toBe(403);
      expect((await manager.ask(path, { method: 'PUT', json: { reason: ' ' } })).status).toBe(400);
    }
    expect(
      (await manager.ask(`/api/conversations/${'0'.repeat(64)}/hold`, { method: 'DELETE' })).status,
    ).toBe(404);
  });

  it('goes on where it was cut off: what went without the inbox having heard of it is forgotten then', async () => {
    const ids = [await hangUp('2062020123'), await hangUp('2062020124')];
    await put(manager, RETENTION, { conversationDays: 60 }, 0);
    const night = nightIn(400);
    const cut = vi.spyOn(env.AUDIT_LOG, 'idFromName').mockImplementation(() => {
      throw new Error('cut off');
    });
    await deletePast(env, night);
    cut.mockRestore();
    expect((await retention()).lastRun?.endedAt).toBeNull();
    expect(await known()).toHaveLength(2);
    await deletePast(env, night + 6 * 3600_000);
    expect(await known()).toEqual([]);
    expect((await retention()).lastRun).toMatchObject({ beganAt: night, deleted: 2 });
    expect((await auditEntries()).filter(({ action }) => action === 'conversation-deleted')).toHaveLength(
      ids.length,
    );
  });

  it('one that cannot be deleted keeps no other, and is counted', async () => {
    await hangUp('2062020123');
    await hangUp('2062020124');
    await put(manager, RETENTION, { conversationDays: 60 }, 0);
    const broken = vi.spyOn(env.CONVERSATION, 'get').mockImplementationOnce(
      () =>
        ({
          deletePast: () => {
            throw new Error('broken');
          },
        }) as never,
    );
    await deletePast(env, nightIn(400));
    broken.mockRestore();
    expect((await retention()).lastRun).toMatchObject({ deleted: 1, failed: 1 });
    expect(await known()).toHaveLength(1);
  });
});

describe('the export of a practice', () => {
  const EXPORT = '/api/practices/lakeside/export';

  interface Line {
    type: string;
    cursor?: string;
    conversations?: number;
    conversation?: { id: string } | string;
    message?: { body: string };
  }

  async function lines(path = EXPORT): Promise<Line[]> {
    const answer = await manager.ask(path);
    expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson');
    return (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  }

  it('is every conversation with its messages, line by line, and is in the audit log', async () => {
    const ids = [await hangUp('2062020123'), await hangUp('2062020124'), await hangUp('2062020125')];
    const all = await lines();
    expect(all.map(({ type }) => type)).toEqual([
      ...ids.flatMap(() => ['conversation', 'message', 'cursor']),
      'end',
    ]);
    expect(all.at(-1)).toEqual({ type: 'end', conversations: 3 });
    expect(all.filter(({ type }) => type === 'cursor').map(({ cursor }) => cursor)).toEqual([...ids].sort());
    expect((await auditEntries()).at(-1)).toMatchObject({ action: 'practice-exported' });
  });

  it('goes on behind the last cursor that somebody has', async () => {
    const ids = [await hangUp('2062020123'), await hangUp('2062020124'), await hangUp('2062020125')].sort();
    const rest = await lines(`${EXPORT}?cursor=${ids[1]}`);
    expect(rest.map(({ type }) => type)).toEqual(['conversation', 'message', 'cursor', 'end']);
    expect(rest[2]?.cursor).toBe(ids[2]);
    expect((await manager.ask(`${EXPORT}?cursor=x`)).status).toBe(400);
  });

  it('is for managers', async () => {
    expect((await staff.ask(EXPORT)).status).toBe(403);
    expect((await stranger.ask(EXPORT)).status).toBe(404);
    expect((await admin.ask(EXPORT)).status).toBe(200);
  });
});

describe('the export of a conversation', () => {
  it('is a file with all that was said, for who sees it', async () => {
    const id = await hangUp('2062020123');
    const answer = await staff.ask(`/api/conversations/${id}/export`);
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="conversation-${id.slice(0, 8)}.json"`,
    );
    expect(await answer.json()).toMatchObject({ conversation: { id }, messages: [{ kind: 'automatic' }] });
    expect((await stranger.ask(`/api/conversations/${id}/export`)).status).toBe(404);
    expect((await auditEntries()).map(({ action, after }) => [action, after])).toEqual([
      ['conversation-exported', '{"as":"JSON"}'],
    ]);
  });

  it('or a page in which everything that anybody wrote is text', async () => {
    const id = await hangUp('2062020123');
    const body = '<script>alert(1)</script> & "quoted"';
    await staff.post(`/api/conversations/${id}/messages`, { id: crypto.randomUUID(), kind: 'note', body });
    const answer = await staff.ask(`/api/conversations/${id}/print`);
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    const page = await answer.text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
    expect(page).not.toContain('<script');
    expect(page).toContain('Ana Reyes, internal note');
    expect((await stranger.ask(`/api/conversations/${id}/print`)).status).toBe(404);
  });
});
