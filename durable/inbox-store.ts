import { ACTIVITY_DAYS } from '../src/domain/activity/activity.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import { BUCKET, type Bucket, placeOf } from '../src/domain/inbox/inbox-view.ts';
import { CallerIndex } from './caller-index.ts';
import { ForgottenStore } from './forgotten-store.ts';
import { InboxPages, toSummary } from './inbox-pages.ts';
import { INBOX_SCHEMA } from './inbox-schema.ts';
import { migrate } from './schema.ts';
import { callerText, messageText } from './text-index.ts';
import { TextTable } from './text-table.ts';
import { unattendedSince } from './unattended.ts';

interface KnownRow {
  version: number;
  bucket: Bucket | 0;
  rank: number;
  assignee: string;
  indexedSeq: number;
  unattendedSince: number | null;
  namesRow: number | null;
}

interface Put {
  summary: ConversationSummary;
  indexedSeq: number;
  /** Unattended. */
  since: number | null;
}

export class InboxStore {
  readonly pages: InboxPages;
  readonly callers: CallerIndex;
  readonly forgotten: ForgottenStore;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #texts: TextTable;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.pages = new InboxPages(storage.sql);
    this.#texts = new TextTable(storage.sql);
    this.callers = new CallerIndex(storage.sql, this.#texts);
    this.forgotten = new ForgottenStore(storage.sql);
    const version = storage.kv.get<number>('schema') ?? 0;
    if (version === INBOX_SCHEMA.length) return;
    storage.transactionSync(() => storage.kv.put('schema', migrate(this.#sql, INBOX_SCHEMA, version)));
  }

  /**
   * Takes a summary if it is newer than the one it has, and indexes those messages that continue what is
   * indexed. Answers how far the index reaches, so that the conversation can send what lies between, and whether
   * the caller waits for somebody who is not here.
   */
  apply(
    summary: ConversationSummary,
    messages: readonly Message[],
    isHere: (staffId: string) => boolean = () => true,
  ): { isNewer: boolean; indexedSeq: number; isUnattended: boolean } {
    return this.#storage.transactionSync(() => {
      const known = this.#known(summary.id);
      // Told before it was deleted, and heard only now.
      if (known === null && summary.version <= this.forgotten.versionOf(summary.id))
        return { isNewer: false, indexedSeq: summary.lastSeq, isUnattended: false };
      const isNewer = summary.version > (known?.version ?? 0);
      const indexedSeq = this.#index(summary, messages, known?.indexedSeq ?? 0);
      const since = isNewer ? unattendedSince(summary, messages, known, isHere) : null;
      if (isNewer) this.#put({ summary, indexedSeq, since }, known);
      if (isNewer) this.callers.index(summary, known?.namesRow ?? null);
      else if (indexedSeq !== known?.indexedSeq) {
        this.#sql.exec('UPDATE conversations SET indexed_seq = ? WHERE id = ?', indexedSeq, summary.id);
      }
      return { isNewer, indexedSeq, isUnattended: since !== null };
    });
  }

  #known(id: string): KnownRow | null {
    const sql = `SELECT version, bucket, rank, assignee, indexed_seq AS indexedSeq, names_row AS namesRow,
         unattended_since AS unattendedSince
       FROM conversations WHERE id = ?`;
    const row = this.#sql.exec(sql, id).next();
    return row.done ? null : (row.value as unknown as KnownRow);
  }

  /** Whether it is the problem that is known; also where that was forgotten and is being fetched again. */
  hadProblem(id: string, problem: FailureReason): boolean {
    const sql = `SELECT CASE WHEN version = 0 THEN 1 ELSE json_extract(summary, '$.problem') = ? END AS had
       FROM conversations WHERE id = ?`;
    const row = this.#sql.exec(sql, problem, id).next();
    return !row.done && row.value.had === 1;
  }

  /** An index entry is a row too, so the place is only written where it changes. */
  #put({ summary, indexedSeq, since }: Put, known: KnownRow | null): void {
    const { bucket, rank, assigneeId } = placeOf(summary);
    const { id, version } = summary;
    const json = JSON.stringify(summary);
    if (known?.bucket === bucket && known.rank === rank && known.assignee === assigneeId) {
      const sql =
        'UPDATE conversations SET version = ?, indexed_seq = ?, summary = ?, unattended_since = ? WHERE id = ?';
      this.#sql.exec(sql, version, indexedSeq, json, since, id);
      return;
    }
    this.#sql.exec(
      `INSERT INTO conversations (id, version, bucket, rank, assignee, indexed_seq, summary, unattended_since)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, bucket = excluded.bucket, rank = excluded.rank,
         assignee = excluded.assignee, indexed_seq = excluded.indexed_seq, summary = excluded.summary,
         unattended_since = excluded.unattended_since`,
      id,
      version,
      bucket,
      rank,
      assigneeId,
      indexedSeq,
      json,
      since,
    );
    if (known?.bucket === bucket && known.assignee === assigneeId) return;
    if (known && known.bucket > 0) this.#count(known.bucket, known.assignee, -1);
    this.#count(bucket, assigneeId, 1);
  }

  #count(bucket: number, assignee: string, change: 1 | -1): void {
    this.#sql.exec(
      'INSERT INTO counts (bucket, assignee, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
      bucket,
      assignee,
      change,
    );
  }

  #index(summary: ConversationSummary, messages: readonly Message[], indexedSeq: number): number {
    let reached = indexedSeq;
    for (const message of messages) {
      if (message.seq !== reached + 1) continue;
      if (reached === 0) this.#texts.addCaller(summary.id, callerText(summary.caller));
      reached = message.seq;
      const body = messageText(message);
      if (body !== null) this.#texts.addMessage(summary.id, message, body);
    }
    return reached;
  }

  // --- reading -----------------------------------------------------------------------------------

  summary(id: string): ConversationSummary | null {
    const row = this.#sql.exec('SELECT summary FROM conversations WHERE id = ? AND version > 0', id).next();
    return row.done ? null : toSummary(row.value.summary);
  }

  /** Open ones of somebody's in which a caller waits; by id, after this one. */
  waitingFor(staffId: string, after: string, limit: number): string[] {
    const rows = this.#sql.exec(
      "SELECT id FROM conversations WHERE assignee = ? AND assignee <> '' AND bucket = ? AND id > ? ORDER BY id LIMIT ?",
      staffId,
      BUCKET.needsReply,
      after,
      limit,
    );
    return [...rows].map((row) => row.id as string);
  }

  /** When some conversation began with a call that was long enough ago for the activity to have forgotten it. */
  anyCallAt(): number | null {
    const row = this.#sql
      .exec(
        `SELECT json_extract(summary, '$.createdAt') AS at FROM conversations
         WHERE version > 0 AND json_extract(summary, '$.useCase') IS NOT NULL
           AND json_extract(summary, '$.createdAt') < ? LIMIT 1`,
        Date.now() - ACTIVITY_DAYS * 86_400_000,
      )
      .next();
    return row.done ? null : (row.value.at as number);
  }

  /** Those whose time is over go with all that is known of them. */
  forget(gone: readonly { id: string; version: number }[]): void {
    this.#storage.transactionSync(() => {
      for (const { id } of gone) {
        const known = this.#known(id);
        if (known && known.bucket > 0) this.#count(known.bucket, known.assignee, -1);
      }
      this.forgotten.forget(gone);
    });
  }

  // --- rebuilding --------------------------------------------------------------------------------

  /** Forgets everything but which conversations there are; `unfetched` then lists them. */
  wipe(): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec(
        "UPDATE conversations SET version = 0, bucket = 0, rank = 0, assignee = '', indexed_seq = 0, summary = '', names_row = NULL",
      );
      this.#sql.exec('DELETE FROM counts');
      this.#sql.exec('DELETE FROM texts');
    });
  }

  unfetched(limit: number): string[] {
    const rows = this.#sql.exec('SELECT id FROM conversations WHERE bucket = 0 LIMIT ?', limit);
    return [...rows].map((row) => row.id as string);
  }
}
