import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditLog, AuditPage, Verified } from '../../durable/audit-log.ts';
import { hashOfEntry, NO_ENTRY } from '../../src/domain/audit/audit-chain.ts';
import type { AuditHead, NewAuditEntry } from '../../src/domain/audit/audit-entry.ts';
import { emptyData } from '../empty-data.ts';
import { countRows } from './row-count.ts';

beforeEach(emptyData);

function log(name = 'lakeside'): DurableObjectStub<AuditLog> {
  return env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName(name));
}

function entry(changes: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    id: crypto.randomUUID(),
    at: Date.now(),
    who: { is: 'staff', id: 'ana', name: 'Ana Reyes' },
    from: { address: '203.0.113.7', browser: 'Firefox on Windows' },
    action: 'line-changed',
    subject: { is: 'line', id: 'lakeside-main', label: 'Main line' },
    before: '{"segmentsPerSecond":1}',
    after: '{"segmentsPerSecond":3}',
    ...changes,
  };
}

async function logOf(length: number): Promise<DurableObjectStub<AuditLog>> {
  await log().append(Array.from({ length }, (_, n) => entry({ after: `{"segmentsPerSecond":${n}}` })));
  return log();
}

/** All of it, in as many calls as it takes. */
async function verified(noted: AuditHead | null = null): Promise<Verified> {
  for (let from = 1; ; ) {
    const one = await log().verify(from, noted);
    if (one.fault !== null || one.checkedTo >= one.head.seq) return one;
    from = one.checkedTo + 1;
  }
}

function tamper(sql: string, ...bindings: (string | number)[]): Promise<void> {
  return runInDurableObject(log(), (_, { storage }) => {
    storage.sql.exec(sql, ...bindings);
  });
}

const NOTHING: Parameters<AuditLog['page']>[0] = {
  words: null,
  actionsMeant: [],
  actions: null,
  from: null,
  to: null,
  before: null,
};

describe('an audit log', () => {
  it('keeps entries in their order, each with the hash of the one before', async () => {
    const [first, second] = [entry(), entry({ who: { is: 'system' }, before: null, after: null })];
    await log().append([first]);
    await log().append([second]);
    const { entries, nextCursor }: AuditPage = await log().page(NOTHING);
    expect(nextCursor).toBeNull();
    expect(entries).toMatchObject([
      { ...second, seq: 2, previous: entries[1]?.hash },
      { ...first, seq: 1, previous: NO_ENTRY },
    ]);
    expect(await log().head()).toEqual({ seq: 2, hash: entries[0]?.hash });
    expect(await verified()).toMatchObject({ fault: null, checkedTo: 2, first: 1 });
  });

  it('takes an entry once, however often and how late it comes', async () => {
    const early = entry({ at: Date.now() - 3 * 86_400_000 });
    await log().append([early, early]);
    await log().append([entry(), entry()]);
    await log().append([early, entry({ id: early.id, at: early.at, action: 'signed-in' })]);
    expect(await log().head()).toMatchObject({ seq: 3 });
    expect((await log().entry(1))?.action).toBe('line-changed');
  });

  it('writes one row for an entry', async () => {
    await log().head();
    const rows = await countRows();
    await log().append([entry()]);
    expect(rows.written()).toBe(1);
    rows.stop();
  });

  it('is looked through from the newest entry on, by who, what, to whom and when', async () => {
    const day = 86_400_000;
    const noon = Date.UTC(2026, 4, 4, 12);
    await log().append([
      entry({ at: noon, who: { is: 'staff', id: 'bo', name: 'Bo Lind' } }),
      entry({
        at: noon + day,
        action: 'signed-in',
        subject: { is: 'person', id: 'ana', label: 'Ana Reyes' },
      }),
      entry({ at: noon + 2 * day, subject: { is: 'line', id: 'north', label: 'North line' } }),
    ]);
    const seqs = async (query: Partial<typeof NOTHING>) =>
      (await log().page({ ...NOTHING, ...query })).entries.map(({ seq }) => seq);
    expect(await seqs({ words: 'bo lind' })).toEqual([1]);
    expect(await seqs({ words: 'north' })).toEqual([3]);
    expect(await seqs({ words: 'no such name', actionsMeant: ['signed-in'] })).toEqual([2]);
    expect(await seqs({ actions: ['line-changed'] })).toEqual([3, 1]);
    expect(await seqs({ from: noon + 1, to: noon + 2 * day })).toEqual([2]);
    expect(await seqs({ before: 3 })).toEqual([2, 1]);
  });

  it('comes in pages', async () => {
    await logOf(120);
    const seen: number[] = [];
    for (let before: number | null = null; ; ) {
      const page: AuditPage = await log().page({ ...NOTHING, before });
      seen.push(...page.entries.map(({ seq }) => seq));
      if (page.nextCursor === null) break;
      before = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
  });
});

describe('who goes round the log is found by it', () => {
  it.each([
    ['when', 'UPDATE entries SET at = at - 1 WHERE seq = 4'],
    ['who', "UPDATE entries SET who_name = 'Bo Lind' WHERE seq = 4"],
    ['from where', "UPDATE entries SET address = '198.51.100.1' WHERE seq = 4"],
    ['what was done', "UPDATE entries SET action = 'signed-in' WHERE seq = 4"],
    ['to whom', "UPDATE entries SET subject_id = 'another' WHERE seq = 4"],
    ['how it was before', 'UPDATE entries SET before = NULL WHERE seq = 4'],
    ['how it was after', `UPDATE entries SET after = '{"segmentsPerSecond":9}' WHERE seq = 4`],
    ['the hash itself', `UPDATE entries SET hash = '${'f'.repeat(64)}' WHERE seq = 4`],
  ])('who alters %s', async (_, sql) => {
    await logOf(9);
    await tamper(sql);
    expect(await verified()).toMatchObject({ fault: { is: 'altered', seq: 4 }, checkedTo: 3 });
  });

  it('who alters an entry and gives it a hash that fits: the next one does not follow it', async () => {
    await logOf(9);
    await runInDurableObject(log(), (_, { storage }) => {
      const row = storage.sql.exec('SELECT * FROM entries WHERE seq = 4').one();
      const altered = { ...row, who_name: 'Bo Lind' } as unknown as Parameters<typeof hashOfEntry>[0];
      storage.sql.exec(
        "UPDATE entries SET who_name = 'Bo Lind', hash = ? WHERE seq = 4",
        hashOfEntry(altered),
      );
    });
    expect((await verified()).fault).toEqual({ is: 'altered', seq: 5 });
  });

  it.each([1, 5, 9])('who takes out entry %i', async (seq) => {
    await logOf(9);
    await tamper('DELETE FROM entries WHERE seq = ?', seq);
    expect((await verified()).fault).toEqual({ is: 'removed', seq });
  });

  it('who takes entries off the end, also from a log that was asleep meanwhile', async () => {
    const noted = await (await logOf(9)).head();
    await tamper('DELETE FROM entries WHERE seq > 6');
    expect((await verified()).fault).toEqual({ is: 'removed', seq: 7 });
    await evictDurableObject(log());
    expect((await verified()).fault).toBeNull();
    expect((await verified(noted)).fault).toEqual({ is: 'removed', seq: 7 });
  });

  it('who empties it', async () => {
    const noted = await (await logOf(3)).head();
    await tamper('DELETE FROM entries');
    expect((await verified(noted)).fault).toEqual({ is: 'removed', seq: 1 });
  });

  it('who writes the whole chain anew: it is not the one that was noted elsewhere', async () => {
    const noted = await (await logOf(3)).head();
    await tamper('DELETE FROM entries');
    await evictDurableObject(log());
    await logOf(4);
    expect((await verified()).fault).toBeNull();
    expect((await verified(noted)).fault).toEqual({ is: 'altered', seq: 3 });
  });

  it('who puts two entries in each other’s place', async () => {
    await logOf(9);
    await tamper('UPDATE entries SET seq = -seq WHERE seq IN (4, 6)');
    await tamper('UPDATE entries SET seq = 10 + seq WHERE seq < 0');
    expect((await verified()).fault).toEqual({ is: 'reordered', seq: 4 });
  });

  it('in a log of any length, wherever it was touched', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 40 }),
        fc.nat(),
        fc.constantFrom('alter', 'remove', 'swap'),
        async (length, at, how) => {
          await emptyData();
          const noted = await (await logOf(length)).head();
          const seq = 1 + (at % length);
          const other = (seq % length) + 1;
          const [one, first] = [Math.max(seq, other), Math.min(seq, other)];
          if (how === 'alter') await tamper('UPDATE entries SET after = NULL WHERE seq = ?', seq);
          else if (how === 'remove') await tamper('DELETE FROM entries WHERE seq = ?', seq);
          else {
            await tamper('UPDATE entries SET seq = -1 WHERE seq = ?', one);
            await tamper('UPDATE entries SET seq = ? WHERE seq = ?', one, first);
            await tamper('UPDATE entries SET seq = ? WHERE seq = -1', first);
          }
          const { fault } = await verified(noted);
          expect(fault?.seq).toBe(how === 'swap' ? first : seq);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('entries whose time is over', () => {
  const day = 86_400_000;

  async function pruned(): Promise<void> {
    await logOf(9);
    await tamper('UPDATE entries SET recorded_at = recorded_at + (seq - 9) * ?', day);
    // The hashes have to fit what the clock would have written.
    await runInDurableObject(log(), (_, { storage }) => {
      let previous = NO_ENTRY;
      for (const row of storage.sql.exec('SELECT * FROM entries ORDER BY seq').toArray()) {
        const hash = hashOfEntry({ ...row, previous } as unknown as Parameters<typeof hashOfEntry>[0]);
        storage.sql.exec(
          'UPDATE entries SET previous = ?, hash = ? WHERE seq = ?',
          previous,
          hash,
          row.seq as number,
        );
        previous = hash;
      }
    });
    await evictDurableObject(log());
    expect((await verified()).fault).toBeNull();
    expect(await log().prune(Date.now() - 4.5 * day)).toBe(4);
  }

  it('go, oldest first, and the rest is whole and says so', async () => {
    await pruned();
    expect(await verified()).toMatchObject({ fault: null, first: 5, head: { seq: 10 } });
    const { entries }: AuditPage = await log().page(NOTHING);
    expect(entries.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5]);
    expect(entries[0]).toMatchObject({ action: 'audit-pruned', who: { is: 'system' } });
    expect(await log().prune(Date.now() - 4.5 * day)).toBe(0);
    await log().append([entry()]);
    expect((await verified()).fault).toBeNull();
  });

  it('are the only ones that may be missing at the beginning', async () => {
    await pruned();
    await tamper('DELETE FROM entries WHERE seq = 5');
    expect((await verified()).fault).toEqual({ is: 'removed', seq: 5 });
    await runInDurableObject(log(), (_, { storage }) => {
      const sixth = storage.sql.exec('SELECT previous FROM entries WHERE seq = 6').one();
      storage.kv.put('start', { seq: 5, hash: sixth.previous });
    });
    expect((await verified()).fault).toEqual({ is: 'removed', seq: 5 });
  });

  it('never are all of a log', async () => {
    await logOf(3);
    expect(await log().prune(Date.now() + day)).toBe(2);
    expect(await log().prune(Date.now() + day)).toBe(1);
    expect((await verified()).fault).toBeNull();
  });
});
