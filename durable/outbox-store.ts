import type { DeliveryStatus } from '../src/domain/conversation/delivery-status.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import type { MessageKind } from '../src/domain/conversation/message.ts';
import { UNREACHABLE_RETRY_MS } from '../src/domain/conversation/outbox-rules.ts';

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

export interface PendingRow extends OutboxRow {
  dueAt: number;
}

/** `expiresAt` of a text that was on its way when it was withdrawn: too late for any other try. */
export const WITHDRAWN = 0;

const OUTBOX_COLUMNS =
  'seq, id, kind, body, status, status_at AS statusAt, attempt, tries, expires_at AS expiresAt, has_place AS hasPlace';

/**
 * The outbox is the messages themselves: a text out with a `due_at` has something left to do. `from` is
 * always `outboxFrom` of the conversation's state, so that no query looks at what is long done.
 */
export class OutboxStore {
  /**
   * `seq` of the texts that were claimed by the row that recorded them, and not handed to a carrier yet. In memory
   * only: once the object has died, nobody can tell these from those that were.
   */
  readonly fresh = new Set<number>();
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Every text with something left to do, due or not, in the order in which they were written. */
  pending(from: number): PendingRow[] {
    return [
      ...this.#sql.exec(
        `SELECT ${OUTBOX_COLUMNS}, due_at AS dueAt FROM messages WHERE seq >= ? AND due_at IS NOT NULL ORDER BY seq`,
        from,
      ),
    ] as unknown as PendingRow[];
  }

  row(seq: number): OutboxRow {
    return this.#sql
      .exec(`SELECT ${OUTBOX_COLUMNS} FROM messages WHERE seq = ?`, seq)
      .one() as unknown as OutboxRow;
  }

  /** An automatic text waits for its place on the line: the claim that it was recorded with was none. */
  waitForPlace(seq: number, now: number, dueAt: number): void {
    this.#sql.exec(
      `UPDATE messages SET status = 'queued', status_at = ?, attempt = 0, tries = 0, has_place = 1, due_at = ?
       WHERE seq = ?`,
      now,
      dueAt,
      seq,
    );
  }

  /** When the first reply before `seq` that waits in the queue is due; null where none waits. */
  earlierReplyDueAt(from: number, seq: number): number | null {
    const row = this.#sql
      .exec(
        `SELECT due_at AS at FROM messages WHERE seq >= ? AND seq < ? AND kind = 'reply' AND status = 'queued'
         ORDER BY seq LIMIT 1`,
        from,
        seq,
      )
      .next();
    return row.done ? null : (row.value.at as number | null);
  }

  /** `isFresh`: the claim that it was recorded with was none. */
  waitBehind(seq: number, now: number, dueAt: number, isFresh: boolean): void {
    this.#sql.exec(
      `UPDATE messages SET status = 'queued', status_at = ?, due_at = ?, attempt = attempt - ?, tries = tries - ?
       WHERE seq = ?`,
      now,
      dueAt,
      Number(isFresh),
      Number(isFresh),
      seq,
    );
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

  /** Claims were made that nobody here remembers. */
  learnAttempt(seq: number, attempt: number): void {
    this.#sql.exec('UPDATE messages SET attempt = max(attempt, ?) WHERE seq = ?', attempt, seq);
  }

  /** A claim that was not acted upon is made anew, and is still the same attempt. */
  renewClaim(seq: number, now: number, leaseUntil: number): void {
    this.#sql.exec('UPDATE messages SET status_at = ?, due_at = ? WHERE seq = ?', now, leaseUntil, seq);
  }

  /** The claim stays as it is, and is settled later. */
  extendLease(seq: number, leaseUntil: number): void {
    this.#sql.exec('UPDATE messages SET due_at = ? WHERE seq = ?', leaseUntil, seq);
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
    const { tries, expiresAt } = this.row(seq);
    const at = now + UNREACHABLE_RETRY_MS;
    return tries === 1 && (expiresAt === null || at < expiresAt) ? at : null;
  }

  /** Nothing more is done about it. */
  forgo(seq: number): void {
    this.#sql.exec('UPDATE messages SET due_at = NULL WHERE seq = ?', seq);
  }

  /** Takes back what has not left yet, and answers which texts these were; what has is not tried once more. */
  withdraw(from: number, now: number, reason: FailureReason): number[] {
    this.#sql.exec(
      `UPDATE messages SET expires_at = ${WITHDRAWN} WHERE seq >= ? AND due_at IS NOT NULL AND status <> 'queued'`,
      from,
    );
    const rows = this.#sql.exec(
      `UPDATE messages SET status = 'failed', status_at = ?, reason = ?, due_at = NULL
       WHERE seq >= ? AND due_at IS NOT NULL AND status = 'queued' RETURNING seq`,
      now,
      reason,
      from,
    );
    return [...rows].map((row) => row.seq as number);
  }

  /** It never left, and never will: the claim that it was recorded with was none. */
  refuse(seq: number, now: number, reason: FailureReason): void {
    this.#sql.exec(
      `UPDATE messages SET status = 'failed', status_at = ?, reason = ?, attempt = 0, tries = 0, due_at = NULL
       WHERE seq = ?`,
      now,
      reason,
      seq,
    );
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
