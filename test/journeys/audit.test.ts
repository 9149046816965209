import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditAnswer, VerifyAnswer } from '../../src/domain/audit/audit-answer.ts';
import type { NewAuditEntry } from '../../src/domain/audit/audit-entry.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const AUDIT = '/api/practices/lakeside/audit';
const ENTERPRISE = '/api/enterprise/audit';
const DAY = 86_400_000;

let manager: StaffBrowser;
let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  admin = await signedInAs('admin@offhook.example');
});

const log = () => env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName('lakeside'));

async function written(...changes: Partial<NewAuditEntry>[]): Promise<void> {
  await log().append(
    changes.map((change) => ({
      id: crypto.randomUUID(),
      at: Date.now(),
      who: { is: 'staff', id: 'ana', name: 'Ana Reyes' },
      from: { address: '203.0.113.7', browser: null },
      action: 'line-changed',
      subject: { is: 'line', id: 'lakeside-main', label: 'Main line' },
      before: null,
      after: null,
      ...change,
    })),
  );
}

async function page(query: Record<string, string> = {}, browser = manager): Promise<AuditAnswer> {
  const answer = await browser.ask(`${AUDIT}?${new URLSearchParams(query)}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

async function verify(browser = manager): Promise<VerifyAnswer> {
  return (await browser.ask(`${AUDIT}/verify`)).json();
}

describe('the audit log of a practice', () => {
  it('is for its managers and for admins, and that of the enterprise for admins', async () => {
    await written({});
    const staff = await signedInAs('staff@lakeside.example');
    const stranger = await signedInAs('staff@harbor.example');
    for (const path of ['', '/verify', '/export']) {
      expect((await manager.ask(AUDIT + path)).status).toBe(200);
      expect((await admin.ask(AUDIT + path)).status).toBe(200);
      const refused = await staff.ask(AUDIT + path);
      expect([refused.status, await codeOf(refused)]).toEqual([403, 'not-allowed']);
      expect((await stranger.ask(AUDIT + path)).status).toBe(404);
      expect((await admin.ask(`/api/practices/no-such/audit${path}`)).status).toBe(404);
      expect((await admin.ask(ENTERPRISE + path)).status).toBe(200);
      expect((await manager.ask(ENTERPRISE + path)).status).toBe(403);
      expect((await manager.ask(AUDIT + path, { method: 'DELETE' })).status).toBe(405);
    }
    staff.cookies.clear();
    expect((await staff.ask(AUDIT)).status).toBe(401);
  });

  it('shows what was before and after as what it is', async () => {
    await written(
      { before: '{"segmentsPerSecond":1}', after: '{"segmentsPerSecond":3}' },
      { action: 'signed-in' },
    );
    const { entries, nextCursor } = await page();
    expect(nextCursor).toBeNull();
    expect(entries).toMatchObject([
      { seq: 2, action: 'signed-in', after: null },
      {
        seq: 1,
        before: { segmentsPerSecond: 1 },
        after: { segmentsPerSecond: 3 },
        from: { address: '203.0.113.7' },
      },
    ]);
    expect(Object.keys(entries[0] ?? {})).not.toContain('id');
  });

  it('comes in pages, newest first', async () => {
    await written(...Array.from({ length: 60 }, () => ({})));
    const first = await page();
    const second = await page({ cursor: first.nextCursor ?? '' });
    expect([...first.entries, ...second.entries].map(({ seq }) => seq)).toEqual(
      Array.from({ length: 60 }, (_, n) => 60 - n),
    );
    expect(second.nextCursor).toBeNull();
  });

  it('is searched by who, what in words, and to whom; and narrowed to a kind and to days', async () => {
    const noon = Date.UTC(2026, 4, 4, 12);
    await written(
      { at: noon, who: { is: 'staff', id: 'bo', name: 'Bo Lind' } },
      { at: noon + DAY, action: 'signed-in', subject: { is: 'person', id: 'ana', label: 'Ana Reyes' } },
      {
        at: noon + 2 * DAY,
        action: 'hours-changed',
        subject: { is: 'practice', id: 'lakeside', label: 'Lakeside' },
      },
    );
    const seqs = async (query: Record<string, string>) => (await page(query)).entries.map(({ seq }) => seq);
    expect(await seqs({ q: ' BO LIND ' })).toEqual([1]);
    expect(await seqs({ q: 'changed hours' })).toEqual([3]);
    expect(await seqs({ q: 'main line' })).toEqual([1]);
    expect(await seqs({ q: '%' })).toEqual([]);
    expect(await seqs({ kind: 'access' })).toEqual([2]);
    expect(await seqs({ from: String(noon + 1), to: String(noon + 2 * DAY) })).toEqual([2]);
  });

  it('refuses what it cannot understand', async () => {
    const wrong = [
      { kind: 'no-such' },
      { kind: 'toString' },
      { cursor: 'x' },
      { from: 'x' },
      { q: 'x'.repeat(101) },
    ];
    for (const query of wrong) {
      const refused = await manager.ask(`${AUDIT}?${new URLSearchParams(query as Record<string, string>)}`);
      expect([refused.status, await codeOf(refused)]).toEqual([400, 'invalid-request']);
    }
    expect((await manager.ask(`${AUDIT}/verify?from=-1`)).status).toBe(400);
  });

  it('says whether it is whole, against what D1 knows of it too', async () => {
    expect(await verify()).toMatchObject({ fault: null, head: { seq: 0 } });
    await manager.patch('/api/practices/lakeside/lines/lakeside-main', { segmentsPerSecond: 3 });
    await manager.patch('/api/practices/lakeside/lines/lakeside-main', { segmentsPerSecond: 4 });
    expect(await verify()).toMatchObject({ fault: null, checkedTo: 2, first: 1, head: { seq: 2 } });
    await runInDurableObject(log(), async (_, state) => {
      state.storage.sql.exec('DELETE FROM entries WHERE seq = 2');
    });
    expect((await verify()).fault).toEqual({ is: 'removed', seq: 2 });
  });

  it('shows also what somebody made unreadable', async () => {
    await written({ after: '{"a":1}' }, {});
    await runInDurableObject(log(), async (_, state) => {
      state.storage.sql.exec(
        `UPDATE entries SET after = '{"a', action = 'made-up', subject = 'odd' WHERE seq = 1`,
      );
    });
    expect((await page()).entries[1]).toMatchObject({ action: 'made-up', after: { unreadable: '{"a' } });
    expect((await manager.ask(`${AUDIT}/export`)).status).toBe(200);
    expect((await verify()).fault).toEqual({ is: 'altered', seq: 1 });
  });
});

describe('its export', () => {
  it('is all of it as CSV, however long, and stands in the log itself', async () => {
    for (let batch = 0; batch < 3; batch += 1) await written(...Array.from({ length: 400 }, () => ({})));
    const answer = await manager.ask(`${AUDIT}/export`);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="audit-lakeside-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 1200 + 1);
    expect(lines[0]).toMatch(/^number,at,who,did,to,called,before,after,/);
    expect(lines[1]).toContain('exported the audit log');
    expect(lines.at(-1)).toMatch(/^1,\d{4}-/);
    expect((await page()).entries[0]).toMatchObject({
      action: 'audit-exported',
      who: { name: 'Marcus Webb' },
    });
  });

  it('holds what the filters find, and no cell that a spreadsheet would run', async () => {
    const name = '=HYPERLINK("http://x.example","+1")';
    await written(
      { who: { is: 'staff', id: 'x', name } },
      { subject: { is: 'line', id: 'a', label: '@cmd\r\n-2' } },
      {},
    );
    const found = await (await manager.ask(`${AUDIT}/export?q=hyperlink`)).text();
    expect(found.trim().split('\r\n')).toHaveLength(2);
    const all = await (await manager.ask(`${AUDIT}/export?kind=set-up`)).text();
    expect(all).toContain(`"'=HYPERLINK(""http://x.example"",""+1"")"`);
    expect(all).toContain(`"'@cmd\r\n-2"`);
    expect(all).not.toMatch(/(^|,|\n)"?[=+@]/);
  });
});
