import type { ConversationSummary } from '../src/domain/conversation-summary.ts';
import type { DeliveryStatus } from '../src/domain/delivery-status.ts';
import type { FailureReason } from '../src/domain/failure-reason.ts';
import type { Line } from '../src/domain/firing.ts';
import type { Message, MessageKind } from '../src/domain/message.ts';
import { UNREACHABLE_RETRY_MS } from '../src/domain/outbox-rules.ts';
import { migrate } from './schema.ts';

/**
 * Rows written are what an object costs, so there is one table and no index. Looking an id up therefore
 * reads the table: a thousand rows read cost as much as one written, and 10,000 take 3 ms.
 */
export const CONVERSATION_SCHEMA = [
  `CREATE TABLE messages (
     seq        INTEGER PRIMARY KEY,
     id         TEXT NOT NULL,
     kind       TEXT NOT NULL,
     body       TEXT NOT NULL,
     at         INTEGER NOT NULL,
     detail     TEXT,            -- JSON: author, call, event
     status     TEXT,            -- delivery, only of texts out
     status_at  INTEGER,
     sent_at    INTEGER,
     attempt    INTEGER,         -- claims made so far
     tries      INTEGER,         -- claims made since a person last asked for it
     due_at     INTEGER,         -- queued: next try; sending: end of the lease; else nothing to do
     expires_at INTEGER,
     has_place  INTEGER,         -- 1: automatic, and due_at is its place on the line
     reason     TEXT,
     carrier_id TEXT
   )`,
] as const;

/** The one value beside the messages, written whole. */
export interface ConversationState {
  schema: number;
  /** As the last call or text brought it; what staff write leaves by it too. */
  line: Line;
  /** No text with a smaller `seq` has anything left to do. */
  outboxFrom: number;
  summary: ConversationSummary;
}

/** A text out as the outbox sees it. */
export interface OutboxRow {
  seq: number;
  id: string;
  kind: MessageKind;
  body: string;
  status: DeliveryStatus;
  /** Of a `sending` one: when it was claimed. */
  statusAt: number;
  attempt: number;
  tries: number;
  expiresAt: number | null;
  hasPlace: 1 | null;
}

interface MessageRow {
  seq: number;
  id: string;
  kind: MessageKind;
  body: string;
  at: number;
  detail: string | null;
  status: DeliveryStatus | null;
  status_at: number | null;
  sent_at: number | null;
  attempt: number | null;
  reason: FailureReason | null;
}

type Detail = Pick<Message, 'author' | 'call' | 'event'>;

const MESSAGE_COLUMNS = 'seq, id, kind, body, at, detail, status, status_at, sent_at, attempt, reason';
const OUTBOX_COLUMNS =
  'seq, id, kind, body, status, status_at AS statusAt, attempt, tries, expires_at AS expiresAt, has_place AS hasPlace';

export class ConversationStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #state: ConversationState | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#state = storage.kv.get<ConversationState>('state');
    if (this.#state !== undefined && this.#state.schema < CONVERSATION_SCHEMA.length) {
      const state = this.#state;
      storage.transactionSync(() => {
        this.#put({ ...state, schema: migrate(this.#sql, CONVERSATION_SCHEMA, state.schema) });
      });
    }
  }

  /** Undefined until the first call or text: asking about a conversation must not create one. */
  get state(): ConversationState | undefined {
    return this.#state;
  }

  /** Creates the table. The state is stored by `become`, in the same transaction as the first message. */
  begin(line: Line, summary: ConversationSummary): ConversationState {
    const schema = migrate(this.#sql, CONVERSATION_SCHEMA, 0);
    this.#state = { schema, line, outboxFrom: 1, summary };
    return this.#state;
  }

  /** A line's carrier and pace may have changed since; stored with what `become` writes. */
  keepLine(line: Line): void {
    if (this.#state) this.#state = { ...this.#state, line };
  }

  /** `pendingSeq`: an older text that is to leave once more. */
  become(summary: ConversationSummary, pendingSeq = summary.lastSeq): void {
    if (!this.#state) throw new Error('a conversation begins before it becomes anything');
    const from = Math.min(this.#state.outboxFrom, pendingSeq);
    this.#put({ ...this.#state, summary, outboxFrom: this.#oldestPending(from, summary.lastSeq + 1) });
  }

  #put(state: ConversationState): void {
    this.#storage.kv.put('state', state);
    this.#state = state;
  }

  /** All or nothing, memory included. */
  transaction<T>(record: () => T): T {
    const before = this.#state;
    try {
      return this.#storage.transactionSync(record);
    } catch (error) {
      this.#state = before;
      throw error;
    }
  }

  /** A text out is due at once. `expiresAt`: when it is too late to send it. */
  add(message: Message, expiresAt: number | null): void {
    const { author, call, event, delivery } = message;
    const detail: Detail | null = author || call || event ? { author, call, event } : null;
    this.#sql.exec(
      `INSERT INTO messages (seq, id, kind, body, at, detail, status, status_at, attempt, tries, due_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.seq,
      message.id,
      message.kind,
      message.body,
      message.at,
      detail && JSON.stringify(detail),
      delivery?.status ?? null,
      delivery?.statusAt ?? null,
      delivery?.attempt ?? null,
      delivery && 0,
      delivery && message.at,
      expiresAt,
    );
  }

  messageWithId(id: string): Message | null {
    const row = this.#sql.exec(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id = ?`, id).next();
    return row.done ? null : toMessage(row.value as unknown as MessageRow);
  }

  /** Up to `limit` messages older than `beforeSeq`, oldest first. */
  pageBefore(beforeSeq: number, limit: number): Message[] {
    const sql = `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE seq < ? ORDER BY seq DESC LIMIT ?`;
    return this.#messages(sql, beforeSeq, limit).reverse();
  }

  /** Up to `limit` messages from `seq` on, oldest first. */
  pageFrom(seq: number, limit: number): Message[] {
    return this.#messages(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE seq >= ? ORDER BY seq LIMIT ?`,
      seq,
      limit,
    );
  }

  messagesWithSeq(seqs: readonly number[]): Message[] {
    return seqs.flatMap((seq) =>
      this.#messages(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE seq = ?`, seq),
    );
  }

  #messages(sql: string, ...bindings: number[]): Message[] {
    return [...this.#sql.exec(sql, ...bindings)].map((row) => toMessage(row as unknown as MessageRow));
  }

  // --- outbox ------------------------------------------------------------------------------------

  /** The next text with something to do: what a person wrote goes ahead of automatic texts. */
  nextDue(from: number, now: number): OutboxRow | null {
    const row = this.#sql
      .exec(
        `SELECT ${OUTBOX_COLUMNS} FROM messages WHERE seq >= ? AND due_at <= ?
         ORDER BY kind = 'automatic', seq LIMIT 1`,
        from,
        now,
      )
      .next();
    return row.done ? null : (row.value as unknown as OutboxRow);
  }

  earliestDueAt(from: number): number | null {
    const row = this.#sql.exec('SELECT min(due_at) AS at FROM messages WHERE seq >= ?', from).one();
    return row.at as number | null;
  }

  /** The first text out that still has something to do, or `otherwise`. */
  #oldestPending(from: number, otherwise: number): number {
    const sql = 'SELECT min(seq) AS seq FROM messages WHERE seq >= ? AND due_at IS NOT NULL';
    return (this.#sql.exec(sql, from).one().seq as number | null) ?? otherwise;
  }

  outboxRow(seq: number): OutboxRow {
    return this.#sql
      .exec(`SELECT ${OUTBOX_COLUMNS} FROM messages WHERE seq = ?`, seq)
      .one() as unknown as OutboxRow;
  }

  /** An automatic text waits for its place on the line. */
  waitForPlace(seq: number, dueAt: number): void {
    this.#sql.exec('UPDATE messages SET has_place = 1, due_at = ? WHERE seq = ?', dueAt, seq);
  }

  claim(seq: number, now: number, leaseUntil: number): void {
    this.#sql.exec(
      `UPDATE messages SET status = 'sending', status_at = ?, attempt = attempt + 1, tries = tries + 1, due_at = ?
       WHERE seq = ?`,
      now,
      leaseUntil,
      seq,
    );
  }

  /** Back in the queue; `tries` is 0 where a person asked for it, which also lifts the expiry. */
  requeue(seq: number, now: number, dueAt: number, byPerson: boolean): void {
    this.#sql.exec(
      `UPDATE messages SET status = 'queued', status_at = ?, due_at = ?, reason = NULL${
        byPerson ? ', tries = 0, expires_at = NULL' : ''
      } WHERE seq = ?`,
      now,
      dueAt,
      seq,
    );
  }

  /** When a phone that was off may be tried once more; null where it has been, or it would be too late. */
  secondTryAt(seq: number, now: number): number | null {
    const { tries, expiresAt } = this.outboxRow(seq);
    const at = now + UNREACHABLE_RETRY_MS;
    return tries === 1 && (expiresAt === null || at < expiresAt) ? at : null;
  }

  /** Nothing more is done about it. */
  forgo(seq: number): void {
    this.#sql.exec('UPDATE messages SET due_at = NULL WHERE seq = ?', seq);
  }

  /** Takes back what has not left yet; answers which texts these were. */
  withdraw(from: number, now: number): number[] {
    const rows = this.#sql.exec(
      `UPDATE messages SET status = 'failed', status_at = ?, reason = 'blocked', due_at = NULL
       WHERE seq >= ? AND due_at IS NOT NULL AND status <> 'sending' RETURNING seq`,
      now,
      from,
    );
    return [...rows].map((row) => row.seq as number);
  }

  recordStatus(
    seq: number,
    change: {
      status: DeliveryStatus;
      now: number;
      reason?: FailureReason | null;
      sentAt?: number;
      carrierId?: string;
      dueAt?: number | null;
    },
  ): void {
    this.#sql.exec(
      `UPDATE messages SET status = ?, status_at = ?, reason = ?, due_at = ?,
         sent_at = coalesce(sent_at, ?), carrier_id = coalesce(?, carrier_id) WHERE seq = ?`,
      change.status,
      change.now,
      change.reason ?? null,
      change.dueAt ?? null,
      change.sentAt ?? null,
      change.carrierId ?? null,
      seq,
    );
  }
}

function toMessage(row: MessageRow): Message {
  const detail: Detail = row.detail ? JSON.parse(row.detail) : { author: null, call: null, event: null };
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    body: row.body,
    at: row.at,
    ...detail,
    delivery: row.status && {
      status: row.status,
      statusAt: row.status_at ?? row.at,
      sentAt: row.sent_at,
      attempt: row.attempt ?? 0,
      reason: row.reason,
    },
  };
}
