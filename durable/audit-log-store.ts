import { type ChainedRow, hashOfEntry, NO_ENTRY } from '../src/domain/audit/audit-chain.ts';
import {
  type AuditEntry,
  type AuditHead,
  kindOf,
  type NewAuditEntry,
} from '../src/domain/audit/audit-entry.ts';
import { type AuditQuery, conditionsOf } from './audit-query.ts';
import { COLUMNS, entryFrom, isSameDeed, rowFrom } from './audit-row.ts';
import { migrate } from './schema.ts';

/** One row for an entry, and no index: what is looked for is found by `seq`, or by reading on from there. */
export const AUDIT_LOG_SCHEMA = [
  `CREATE TABLE entries (
     seq           INTEGER PRIMARY KEY,
     id            TEXT NOT NULL,
     at            INTEGER NOT NULL,
     recorded_at   INTEGER NOT NULL, -- never less than in the entry before
     who           TEXT NOT NULL,
     who_id        TEXT,
     who_name      TEXT,
     address       TEXT,
     browser       TEXT,
     action        TEXT NOT NULL,
     subject       TEXT NOT NULL,
     subject_id    TEXT NOT NULL,
     subject_label TEXT NOT NULL,
     before        TEXT,
     after         TEXT,
     previous      TEXT NOT NULL,
     hash          TEXT NOT NULL
   )`,
] as const;

/** What the clocks of two machines may differ by: an entry made on one is looked for on the other. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Who has a conversation open asks for it again with every text that comes. Within this time of an entry, the same
 * person who reads the same thing in the same place is still reading it.
 */
const ONE_READING_MS = 5 * 60_000;

/** Rows that one call reads on through, whether or not any of them is what was asked for. */
const READ_AT_ONCE = 20_000;
export const AUDIT_PAGE = 50;

export class AuditLogStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #head: (AuditHead & { recordedAt: number }) | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    const version = storage.kv.get<number>('schema') ?? 0;
    if (version === AUDIT_LOG_SCHEMA.length) return;
    storage.transactionSync(() => storage.kv.put('schema', migrate(this.#sql, AUDIT_LOG_SCHEMA, version)));
  }

  /** Of an empty log: 0 and `NO_ENTRY`. */
  head(): AuditHead {
    const { seq, hash } = this.#newest();
    return { seq, hash };
  }

  /** As the table has it, whoever has been at it; `head` says what was written. */
  storedHead(): AuditHead {
    const row = this.#row('ORDER BY seq DESC LIMIT 1');
    return row === null ? this.start() : { seq: row.seq, hash: row.hash };
  }

  /** Those that are there already stay as they are. */
  append(entries: readonly NewAuditEntry[], now: number): void {
    const before = this.#head;
    try {
      this.#storage.transactionSync(() => {
        const recent = this.#recordedSince(Math.min(...entries.map(lookedBackTo)));
        for (const entry of entries) if (!isKnown(entry, recent)) recent.push(this.#add(entry, now));
      });
    } catch (error) {
      this.#head = before;
      throw error;
    }
  }

  #add(entry: NewAuditEntry, now: number): ChainedRow {
    const newest = this.#newest();
    const unsealed = {
      ...rowFrom(entry),
      seq: newest.seq + 1,
      recorded_at: Math.max(now, newest.recordedAt),
      previous: newest.hash,
    };
    const row: ChainedRow = { ...unsealed, hash: hashOfEntry(unsealed) };
    this.#sql.exec(
      `INSERT INTO entries (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
      ...COLUMNS.map((column) => row[column]),
    );
    this.#head = { seq: row.seq, hash: row.hash, recordedAt: row.recorded_at };
    return row;
  }

  #recordedSince(at: number): ChainedRow[] {
    const recent: ChainedRow[] = [];
    for (const row of this.#sql.exec('SELECT * FROM entries ORDER BY seq DESC')) {
      if ((row.recorded_at as number) < at) break;
      recent.push(row as unknown as ChainedRow);
    }
    return recent;
  }

  #newest(): AuditHead & { recordedAt: number } {
    if (this.#head !== undefined) return this.#head;
    const row = this.#row('ORDER BY seq DESC LIMIT 1');
    this.#head =
      row === null
        ? { ...this.start(), recordedAt: 0 }
        : { seq: row.seq, hash: row.hash, recordedAt: row.recorded_at };
    return this.#head;
  }

  /** What the first entry that is kept follows: nothing, or the last one that was deleted because its time was over. */
  start(): AuditHead {
    return this.#storage.kv.get<AuditHead>('start') ?? { seq: 0, hash: NO_ENTRY };
  }

  /**
   * Deletes entries that were recorded before then, the oldest first and never all. What is left begins behind
   * `start`; the entry that `told` makes says so in the chain itself, so that nobody else moves the beginning.
   */
  prune(
    before: number,
    limit: number,
    now: number,
    told: (last: AuditHead, count: number) => NewAuditEntry,
  ): number {
    return this.#storage.transactionSync(() => {
      const first = this.start().seq + 1;
      const end = Math.min(this.#firstRecordedAt(before), first + limit, this.#newest().seq);
      const last = this.#row('WHERE seq = ?', end - 1);
      if (end <= first || last === null) return 0;
      this.#sql.exec('DELETE FROM entries WHERE seq < ?', end);
      const start = { seq: last.seq, hash: last.hash };
      this.#storage.kv.put('start', start);
      this.#add(told(start, end - first), now);
      return end - first;
    });
  }

  /** Whether the chain itself tells of its beginning. */
  isStartTold(toldAs: string): boolean {
    return this.#row("WHERE action = 'audit-pruned' AND after = ? LIMIT 1", toldAs) !== null;
  }

  // --- reading -----------------------------------------------------------------------------------

  entry(seq: number): AuditEntry | null {
    const row = this.#row('WHERE seq = ?', seq);
    return row && entryFrom(row);
  }

  /** Newest first. A page may be short, or empty, and yet have a next one: then there is more to look through. */
  page(query: AuditQuery): { entries: AuditEntry[]; nextCursor: number | null; readTo: number | null } {
    const first = this.start().seq + 1;
    const oldest =
      query.from === null ? first : Math.max(first, this.#firstRecordedAt(query.from - CLOCKS_DIFFER_MS));
    const before = query.before ?? this.#newest().seq + 1;
    const from = Math.max(oldest, before - READ_AT_ONCE);
    const { where, bindings } = conditionsOf(query);
    const { limit = AUDIT_PAGE } = query;
    const rows = this.#sql.exec(
      `SELECT * FROM entries WHERE seq < ? AND seq >= ? ${where} ORDER BY seq DESC LIMIT ?`,
      ...[before, from, ...bindings, limit + 1],
    );
    const found = [...rows].map((row) => entryFrom(row as unknown as ChainedRow));
    const entries = found.slice(0, limit);
    if (found.length > entries.length) {
      return { entries, nextCursor: entries.at(-1)?.seq ?? null, readTo: null };
    }
    const isAll = from <= oldest;
    return {
      entries,
      nextCursor: isAll ? null : from,
      readTo: isAll ? null : (this.entry(from)?.recordedAt ?? null),
    };
  }

  /** Oldest first, as they stand. */
  rowsFrom(seq: number, limit: number): ChainedRow[] {
    const rows = this.#sql.exec('SELECT * FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?', seq, limit);
    return [...rows] as unknown as ChainedRow[];
  }

  /** Where the entry stands that says that it follows the one with this hash. */
  placeAfter(hash: string): number | null {
    if (hash === this.start().hash) return this.start().seq + 1;
    const row = this.#row('WHERE hash = ? LIMIT 1', hash);
    return row && row.seq + 1;
  }

  /** The first entry that was recorded then or later, by halving: `recorded_at` never goes back. */
  #firstRecordedAt(at: number): number {
    let [low, high] = [this.start().seq + 1, this.#newest().seq + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = this.#row('WHERE seq >= ? ORDER BY seq LIMIT 1', middle);
      if (row !== null && row.recorded_at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #row(clause: string, ...bindings: (string | number)[]): ChainedRow | null {
    const row = this.#sql.exec(`SELECT * FROM entries ${clause}`, ...bindings).next();
    return row.done ? null : (row.value as unknown as ChainedRow);
  }
}

/** It cannot have been recorded before it was made, so that older entries need not be looked at. */
function lookedBackTo({ at, action }: NewAuditEntry): number {
  return at - (kindOf(action) === 'reading' ? ONE_READING_MS : CLOCKS_DIFFER_MS);
}

function isKnown(entry: NewAuditEntry, recent: readonly ChainedRow[]): boolean {
  const [isReading, since] = [kindOf(entry.action) === 'reading', lookedBackTo(entry)];
  return recent.some(
    (row) => row.id === entry.id || (isReading && row.at > since && isSameDeed(row, rowFrom(entry))),
  );
}
