import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { deliverAuditLeftovers } from '../../src/schedule/deliver-audit-leftovers.ts';
import { emptyData } from '../empty-data.ts';
import { auditEntries } from './audit-entries.ts';
import { type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINE = '/api/practices/lakeside/lines/lakeside-main';

let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
});
afterEach(() => vi.restoreAllMocks());

function waiting(): Promise<number | null> {
  return env.DB.prepare('SELECT count(*) AS n FROM audit_outbox').first<number>('n');
}

describe('a change of configuration', () => {
  it('is in the audit log of the practice when it is answered: who, from where, what it was and is', async () => {
    const headers = { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const set = await manager.ask(LINE, { method: 'PATCH', json: { segmentsPerSecond: 3 }, headers });
    expect(set.status).toBe(200);
    expect(await auditEntries('lakeside')).toMatchObject([
      {
        seq: 1,
        action: 'line-changed',
        who: { is: 'staff', name: 'Marcus Webb' },
        from: { address: '203.0.113.7', browser: 'Firefox on Windows' },
        subject: { is: 'line', id: 'lakeside-main' },
        before: '{"segmentsPerSecond":100}',
        after: '{"segmentsPerSecond":3}',
      },
    ]);
    expect(await auditEntries('harbor')).toEqual([]);
    expect(await waiting()).toBe(0);
    const head = await env.DB.prepare("SELECT seq FROM audit_heads WHERE log = 'lakeside'").first('seq');
    expect(head).toBe(1);
  });

  it('that changes nothing, or is refused, leaves nothing behind', async () => {
    expect((await manager.patch(LINE, { segmentsPerSecond: 100 })).status).toBe(200);
    expect((await manager.patch(LINE, { segmentsPerSecond: 100_000 })).status).toBe(400);
    expect(await auditEntries('lakeside')).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  it('is made where the log cannot be reached, and told to it later, once', async () => {
    const unreachable = vi.spyOn(env.AUDIT_LOG, 'idFromName').mockImplementation(() => {
      throw new Error('not now');
    });
    expect((await manager.patch(LINE, { segmentsPerSecond: 3 })).status).toBe(200);
    unreachable.mockRestore();
    expect(await auditEntries('lakeside')).toEqual([]);
    expect(await waiting()).toBe(1);
    await deliverAuditLeftovers(env, Date.now());
    expect(await waiting()).toBe(1);
    const row = await env.DB.prepare('SELECT * FROM audit_outbox').first();
    await deliverAuditLeftovers(env, Date.now() + 61_000);
    // As after a crash between the log and D1.
    await env.DB.prepare('INSERT INTO audit_outbox VALUES (?, ?, ?, ?)')
      .bind(row?.at, row?.id, row?.log, row?.entry)
      .run();
    await deliverAuditLeftovers(env, Date.now() + 61_000);
    expect(await waiting()).toBe(0);
    expect(await auditEntries('lakeside')).toMatchObject([{ seq: 1, action: 'line-changed' }]);
  });
});
