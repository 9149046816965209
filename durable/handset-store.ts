import type { TextOut } from '../src/carriers/carrier.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import type { HandsetMessage } from '../src/domain/conversation/handset.ts';
import { migrate } from './schema.ts';

/** Each row is a text and, for as long as `due_at` is set, the webhook call that is owed for it. */
export const HANDSET_SCHEMA = [
  `CREATE TABLE texts (
     seq             INTEGER PRIMARY KEY,
     id              TEXT NOT NULL,       -- the simulated carrier's
     direction       TEXT NOT NULL,       -- received or sent, as the phone sees it
     sender          TEXT NOT NULL,       -- E.164, like recipient
     recipient       TEXT NOT NULL,
     body            TEXT NOT NULL,
     at              INTEGER NOT NULL,
     conversation_id TEXT,                -- of received texts: what the delivery report says
     message_id      TEXT,
     attempt         INTEGER,
     reason          TEXT,                -- why it never arrived; null when the phone shows it
     due_at          INTEGER,             -- next try at the webhook; null when nothing is owed
     tries           INTEGER NOT NULL
   )`,
  `CREATE TABLE media (
     text  TEXT NOT NULL,                -- whose id it is
     place INTEGER NOT NULL,             -- 0, 1, 2 … in the text
     type  TEXT NOT NULL,
     bytes BLOB NOT NULL,                -- 1 MB at most; a row can hold 2
     PRIMARY KEY (text, place)
   ) WITHOUT ROWID`,
] as const;

/** A text with its webhook call. */
export interface OwedRow {
  seq: number;
  id: string;
  direction: HandsetMessage['direction'];
  sender: string;
  recipient: string;
  body: string;
  at: number;
  conversation_id: string | null;
  message_id: string | null;
  attempt: number | null;
  reason: FailureReason | null;
  tries: number;
}

export interface SentMedia {
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export class HandsetStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #version: number;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#version = storage.kv.get<number>('schema') ?? 0;
    if (this.#version > 0) this.#migrate();
  }

  /** Looking at a phone that was never used must leave nothing behind, so the table comes with its first text. */
  get isEmpty(): boolean {
    return this.#version === 0;
  }

  /** Writes, and sets the alarm for whatever is then owed first: neither can happen without the other. */
  transaction<T>(record: () => T): T {
    return this.#storage.transactionSync(() => {
      if (this.isEmpty) this.#migrate();
      const result = record();
      this.wakeForWhatIsOwed();
      return result;
    });
  }

  /** Sets the alarm from what is in the table, in the same turn as it is asked. */
  wakeForWhatIsOwed(): void {
    if (this.isEmpty) return;
    const dueAt = this.#sql.exec('SELECT min(due_at) AS at FROM texts').one().at as number | null;
    if (dueAt === null) this.#storage.deleteAlarm();
    else this.#storage.setAlarm(dueAt);
  }

  addReceived(id: string, text: TextOut, at: number, reason: FailureReason | null, dueAt: number): void {
    this.#sql.exec(
      `INSERT INTO texts (id, direction, sender, recipient, body, at, conversation_id, message_id, attempt, reason, due_at, tries)
       VALUES (?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      id,
      text.from,
      text.to,
      text.body,
      at,
      text.conversationId,
      text.messageId,
      text.attempt,
      reason,
      dueAt,
    );
  }

  addSent(id: string, text: { from: string; to: string; body: string }, at: number): void {
    this.#sql.exec(
      `INSERT INTO texts (id, direction, sender, recipient, body, at, due_at, tries) VALUES (?, 'sent', ?, ?, ?, ?, ?, 0)`,
      id,
      text.from,
      text.to,
      text.body,
      at,
      at,
    );
  }

  addMedia(text: string, media: readonly SentMedia[]): void {
    for (const [place, { contentType, bytes }] of media.entries()) {
      const sql = 'INSERT INTO media (text, place, type, bytes) VALUES (?, ?, ?, ?)';
      this.#sql.exec(sql, text, place, contentType, bytes);
    }
  }

  mediaTypesOf(text: string): string[] {
    const rows = this.#sql.exec('SELECT type FROM media WHERE text = ? ORDER BY place', text);
    return [...rows].map(({ type }) => type as string);
  }

  mediaBytes(text: string, place: number): Uint8Array<ArrayBuffer> | null {
    if (this.isEmpty) return null;
    const row = this.#sql.exec('SELECT bytes FROM media WHERE text = ? AND place = ?', text, place).next();
    return row.done ? null : new Uint8Array(row.value.bytes as ArrayBuffer);
  }

  nextOwed(now: number): OwedRow | null {
    if (this.isEmpty) return null;
    const row = this.#sql
      .exec(
        `SELECT seq, id, direction, sender, recipient, body, at, conversation_id, message_id, attempt, reason, tries
         FROM texts WHERE due_at <= ? ORDER BY seq LIMIT 1`,
        now,
      )
      .next();
    return row.done ? null : (row.value as unknown as OwedRow);
  }

  /** Null: no further try. */
  planTry(seq: number, tries: number, dueAt: number | null): void {
    this.#sql.exec('UPDATE texts SET tries = ?, due_at = ? WHERE seq = ?', tries, dueAt, seq);
  }

  settle(seq: number): void {
    this.#sql.exec('UPDATE texts SET due_at = NULL WHERE seq = ?', seq);
  }

  idOf(text: TextOut): string | null {
    if (this.isEmpty) return null;
    const row = this.#sql
      .exec(
        'SELECT id FROM texts WHERE conversation_id = ? AND message_id = ? AND attempt = ? LIMIT 1',
        text.conversationId,
        text.messageId,
        text.attempt,
      )
      .next();
    return row.done ? null : (row.value.id as string);
  }

  /** What the phone shows, oldest first. */
  messages(): HandsetMessage[] {
    if (this.isEmpty) return [];
    const rows = this.#sql.exec(
      `SELECT id, sender AS "from", recipient AS "to", body, at, direction,
         (SELECT count(*) FROM media WHERE text = texts.id) AS mediaCount,
         direction = 'received' OR due_at IS NULL AS isDelivered
       FROM texts WHERE reason IS NULL ORDER BY seq`,
    );
    return [...rows].map((row) => ({ ...row, isDelivered: row.isDelivered === 1 }) as HandsetMessage);
  }

  #migrate(): void {
    const version = migrate(this.#sql, HANDSET_SCHEMA, this.#version);
    if (version !== this.#version) this.#storage.kv.put('schema', version);
    this.#version = version;
  }
}
