import type { Activity, Decision } from '../src/domain/activity/activity.ts';
import {
  ANSWER_COUNTS_MS,
  type AnsweredCall,
  type CallHistory,
  NO_HISTORY,
} from '../src/domain/calls/call-history.ts';
import type { Line, LineType, MediaSource } from '../src/domain/calls/firing.ts';
import type { Undoable } from '../src/domain/conversation/conversation-change.ts';
import { matched } from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { CANCEL_WORDS, type CancelReason, type Message } from '../src/domain/conversation/message.ts';
import { CLAIM_LEASE_MS } from '../src/domain/conversation/outbox-rules.ts';
import type { CallerMatch } from '../src/domain/patients/caller-match.ts';
import { CONVERSATION_SCHEMA } from './conversation-schema.ts';
import { type ConversationState, completeState, hasPending } from './conversation-state.ts';
import { EarlyReports } from './early-reports.ts';
import {
  type Detail,
  detailOf,
  MESSAGE_COLUMNS,
  type MessageRow,
  toMessage,
  type Unshown,
} from './message-row.ts';
import { OutboxStore, type PendingRow } from './outbox-store.ts';
import { migrate } from './schema.ts';
import { begunAfter, isTombstone, type Tombstone } from './tombstone.ts';

/** Where calls that were answered are kept while there is no conversation. */
const ANSWERED = 'answered';

/** Of a text out: when it is too late to send it, and whether it leaves without waiting for a place on the line. */
export interface Leaving {
  expiresAt: number | null;
  hasPlace: boolean;
}

export class ConversationStore {
  /** The texts out among the messages. */
  readonly outbox: OutboxStore;
  readonly earlyReports: EarlyReports;
  /** In memory only: for the seconds in which a route may still have the list as it was. Null where nobody told. */
  toldDoNotText: boolean | null = null;
  /** In memory only: when the directory's change was told, which a call or a text that is on its way does not know. */
  toldMatchAt = 0;
  /** Where there was a conversation whose time is over. What begins here afterwards is another one. */
  readonly tombstone: Tombstone | undefined;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #state: ConversationState | undefined;
  /** Read once: a new caller costs enough as it is. */
  #answered: readonly AnsweredCall[] | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.outbox = new OutboxStore(storage.sql);
    this.earlyReports = new EarlyReports(storage.kv);
    const stored = storage.kv.get<ConversationState | Tombstone>('state');
    if (isTombstone(stored)) this.tombstone = stored;
    else this.#state = completeState(stored);
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
    const { history } = this;
    this.#keepAnswered([]);
    this.#state = {
      schema,
      line,
      repliedAfterHoursOf: null,
      toldEmergencyOf: null,
      lineType: null,
      history,
      undoable: null,
      outboxFrom: 1,
      summary: begunAfter(this.tombstone, summary),
    };
    return this.#state;
  }

  /** Stored with what `become` writes. */
  keepAfterHours(told: Pick<ConversationState, 'repliedAfterHoursOf' | 'toldEmergencyOf'>): void {
    if (this.#state) this.#state = { ...this.#state, ...told };
  }

  /** Stored with what `become` writes. */
  keepUndoable(undoable: Undoable | null): void {
    if (this.#state) this.#state = { ...this.#state, undoable };
  }

  get lineType(): LineType | null {
    return this.#state?.lineType ?? null;
  }

  /** The first answer stays. Stored with what `become` writes. */
  keepLineType(lineType: LineType): void {
    if (this.#state?.lineType === null) this.#state = { ...this.#state, lineType };
  }

  /** Also of a caller with whom no conversation has begun. */
  get history(): CallHistory {
    if (this.#state) return this.#state.history;
    this.#answered ??= this.#storage.kv.get<AnsweredCall[]>(ANSWERED) ?? [];
    return { ...NO_HISTORY, answered: this.#answered };
  }

  /** Stored with what `become` writes. */
  keepHistory(history: CallHistory): void {
    if (this.#state) this.#state = { ...this.#state, history };
  }

  /** Where there is nothing else to be written, or not even a conversation: that must not begin by it. */
  putHistory(history: CallHistory): void {
    if (this.#state) this.#put({ ...this.#state, history });
    else this.#keepAnswered([...history.answered]);
  }

  #keepAnswered(answered: AnsweredCall[]): void {
    const { kv } = this.#storage;
    if (answered.length > 0) kv.put(ANSWERED, answered);
    else if (this.history.answered.length > 0) kv.delete(ANSWERED);
    this.#answered = answered;
  }

  /** Of a caller with whom no conversation began. Answers when there is more to forget. */
  forgetOldAnswers(now: number): number | null {
    if (this.#state) return null;
    const last = this.history.answered.at(-1);
    if (last === undefined) return null;
    const endsAt = last.at + ANSWER_COUNTS_MS;
    if (endsAt > now) return endsAt;
    this.#keepAnswered([]);
    return null;
  }

  /** A line's carrier and pace may have changed since; stored with what `become` writes. */
  keepLine(line: Line): void {
    if (this.#state) this.#state = { ...this.#state, line };
  }

  /** Stored with what `become` writes. */
  keepMatch(match: CallerMatch): void {
    if (this.#state) this.#state = { ...this.#state, summary: matched(this.#state.summary, match) };
  }

  /** `pendingSeq`: an older text that is to leave once more. */
  become(summary: ConversationSummary, pendingSeq = summary.lastSeq): void {
    if (!this.#state) throw new Error('a conversation begins before it becomes anything');
    const from = Math.min(this.#state.outboxFrom, pendingSeq);
    const outboxFrom = this.outbox.pending(from)[0]?.seq ?? summary.lastSeq + 1;
    this.#put({ ...this.#state, summary, outboxFrom });
  }

  /** See `OutboxStore.pending`. Where none has anything to do, that is remembered, in memory, until one has. */
  pending(): PendingRow[] {
    const state = this.#state;
    if (state === undefined || !hasPending(state)) return [];
    const rows = this.outbox.pending(state.outboxFrom);
    if (rows.length === 0) this.#state = { ...state, outboxFrom: state.summary.lastSeq + 1 };
    return rows;
  }

  #put(state: ConversationState): void {
    this.#storage.kv.put('state', state);
    this.#state = state;
  }

  /** All or nothing, memory included. */
  transaction<T>(record: () => T): T {
    const [state, answered] = [this.#state, this.#answered];
    try {
      return this.#storage.transactionSync(record);
    } catch (error) {
      [this.#state, this.#answered] = [state, answered];
      throw error;
    }
  }

  /** A text out waits, or is claimed. */
  add(message: Message, { expiresAt, hasPlace, ...unshown }: Leaving & Unshown): void {
    const { call, delivery } = message;
    this.#sql.exec(
      `INSERT INTO messages (seq, id, kind, body, at, detail, status, status_at, attempt, tries, due_at, expires_at, has_place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.seq,
      message.id,
      message.kind,
      message.body,
      message.at,
      detailOf(message, unshown),
      delivery?.status ?? null,
      delivery?.statusAt ?? null,
      delivery?.attempt ?? null,
      delivery?.attempt ?? null,
      delivery && (call?.heldUntil ?? message.at + CLAIM_LEASE_MS),
      expiresAt,
      hasPlace ? 1 : null,
    );
  }

  /** A text that waits becomes the event that tells why it never left. False where it has left. */
  cancel(seq: number, reason: CancelReason): boolean {
    const decision: Decision = { check: 'hold', isPassed: false, words: CANCEL_WORDS[reason] };
    const cursor = this.#sql.exec(
      `UPDATE messages SET kind = 'event', status = NULL, due_at = NULL, expires_at = NULL,
         detail = json_set(detail, '$.call', NULL, '$.event', json(?),
           '$.activity.outcome', 'cancelled', '$.activity.decisions[#]', json(?))
       WHERE seq = ? AND status = 'queued' AND attempt = 0 RETURNING seq`,
      JSON.stringify({ name: 'text-cancelled', detail: reason } satisfies Message['event']),
      JSON.stringify(decision),
      seq,
    );
    return [...cursor].length > 0;
  }

  /** What led to these messages, as far as a trigger did. */
  activitiesOf(seqs: readonly number[]): Activity[] {
    return seqs.flatMap((seq) => {
      const row = this.#sql
        .exec(`SELECT detail ->> '$.activity' AS it FROM messages WHERE seq = ?`, seq)
        .next();
      return row.done || row.value.it === null ? [] : [JSON.parse(row.value.it as string) as Activity];
    });
  }

  messageWithId(id: string): Message | null {
    const row = this.#sql.exec(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id = ?`, id).next();
    return row.done ? null : toMessage(row.value as unknown as MessageRow);
  }

  mediaSource(messageId: string, index: number): MediaSource | null {
    const row = this.#sql.exec('SELECT detail FROM messages WHERE id = ?', messageId).next();
    const detail: Detail | null = row.done ? null : JSON.parse((row.value.detail as string | null) ?? 'null');
    return detail?.media?.[index] ?? null;
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

  /** Events, and texts that a call led to, the newest first. */
  happenings(limit: number): Message[] {
    return this.#messages(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE kind = 'event' OR (kind = 'automatic' AND detail ->> '$.call' IS NOT NULL)
       ORDER BY seq DESC LIMIT ?`,
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
}
