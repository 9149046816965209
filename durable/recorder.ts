import type { Activity } from '../src/domain/activity/activity.ts';
import { ANSWER_COUNTS_MS, waitingTexts, withoutWaiting } from '../src/domain/calls/call-history.ts';
import type { Firing, TextIn } from '../src/domain/calls/firing.ts';
import type { AutomaticAnswer } from '../src/domain/conversation/automatic-answer.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import {
  type CancelReason,
  type Message,
  newMessage,
  type StaffRef,
  type Written,
} from '../src/domain/conversation/message.ts';
import {
  AUTOMATIC_TEXT_LIFETIME_MS,
  BACKSTOP_MS,
  KEYWORD_ANSWER_LIFETIME_MS,
} from '../src/domain/conversation/outbox-rules.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationStore, Leaving } from './conversation-store.ts';
import type { Drain } from './drain.ts';
import type { Publisher } from './publisher.ts';
import { applyEarlyReport } from './record-delivery.ts';

/** A route that looked before the directory changed has called long before that. */
const ROUTES_CATCH_UP_MS = 5_000;

/**
 * How a conversation writes down what happened: everything in one transaction, with the alarm that finishes it,
 * and only then acted upon. Nothing else writes to its store but the outbox, which is how texts leave.
 */
export class Recorder {
  readonly #id: string;
  readonly #store: ConversationStore;
  readonly #publisher: Publisher;
  readonly #drain: Drain;
  /** Texts out that the transaction under way added. */
  #newTexts: Message[] = [];

  constructor(id: string, store: ConversationStore, publisher: Publisher, drain: Drain) {
    this.#id = id;
    this.#store = store;
    this.#publisher = publisher;
    this.#drain = drain;
  }

  /**
   * One transaction with the alarm in it, so that whatever was recorded is also finished; then drain.
   * `patienceMs`: see `Drain.start`.
   */
  record<T>(write: () => T, patienceMs = 0): T {
    const result = this.#store.transaction(() => {
      this.#drain.wakeBy(Date.now() + BACKSTOP_MS);
      this.#newTexts = [];
      const written = write();
      for (const text of this.#newTexts) applyEarlyReport(this.#store, this, text);
      return written;
    });
    for (const { delivery, seq } of this.#newTexts)
      if (delivery?.status === 'sending') this.#store.outbox.fresh.add(seq);
    this.#drain.start(patienceMs);
    return result;
  }

  /** Within `record`: the state, of a conversation that may begin just now. */
  stateOrBegun(from: Firing | TextIn, language: string): ConversationState {
    const { practiceId, line, caller } = from;
    const beginning = { id: this.#id, practiceId, line, caller, language, at: Date.now() };
    this.#store.keepLine(line);
    const state = this.#store.state ?? this.#store.begin(line, rules.begun(beginning));
    if (!from.match || Date.now() - this.#store.toldMatchAt < ROUTES_CATCH_UP_MS) return state;
    this.#store.keepMatch(from.match);
    return this.#store.state ?? state;
  }

  messageWithId(id: string): Message | null {
    return this.#store.state ? this.#store.messageWithId(id) : null;
  }

  /** `activity`: the firing of a trigger that it came of, which the inbox is told with it. */
  add(
    afterSeq: number,
    written: Written,
    {
      expiresAt = null,
      hasPlace = false,
      activity = null,
    }: Partial<Leaving> & { activity?: Activity | null } = {},
  ): Message {
    const message = newMessage(written, afterSeq + 1, Date.now());
    this.#store.add(message, { expiresAt, hasPlace, activity, media: written.media ?? [] });
    this.#publisher.messageChanged(message.seq);
    if (message.delivery) this.#newTexts.push(message);
    if (activity !== null) this.#publisher.activityChanged(message.seq);
    return message;
  }

  addEvent(
    afterSeq: number,
    event: NonNullable<Message['event']>,
    author: StaffRef | null,
    activity: Activity | null = null,
  ): Message {
    const written = { id: crypto.randomUUID(), kind: 'event', body: '', event, author } as const;
    return this.add(afterSeq, written, { activity });
  }

  /** Answers to keywords go ahead of a burst of hang-ups, which could make them too late. */
  addAnswer(afterSeq: number, { text, afterHours }: AutomaticAnswer, now: number): Message {
    const isAfterHours = afterHours !== null;
    const written = { id: crypto.randomUUID(), kind: 'automatic', body: text } as const;
    const lifetimeMs = isAfterHours ? AUTOMATIC_TEXT_LIFETIME_MS : KEYWORD_ANSWER_LIFETIME_MS;
    return this.add(afterSeq, written, { expiresAt: now + lifetimeMs, hasPlace: !isAfterHours });
  }

  /** Who is not to be texted gets nothing more, not even what was written before and has not left yet. */
  withdraw(now: number, reason: 'blocked' | 'do-not-text' = 'blocked'): void {
    const { state } = this.#store;
    if (!state) return;
    const withdrawn = this.#store.outbox.withdraw(state.outboxFrom, now, reason);
    for (const seq of withdrawn) this.#publisher.messageChanged(seq);
  }

  /** Within `record`: those of these texts that have not left never will. */
  cancelWaiting(seqs: readonly number[], reason: CancelReason): void {
    const cancelled = seqs.filter((seq) => this.#store.cancel(seq, reason));
    if (cancelled.length > 0) this.#store.keepHistory(withoutWaiting(this.#store.history, cancelled));
    for (const seq of cancelled) {
      this.#publisher.messageChanged(seq);
      this.#publisher.activityChanged(seq);
    }
  }

  /** Within `record`: whoever waits for an automatic text has a person now. */
  staffWrote(at: number): void {
    this.cancelWaiting(waitingTexts(this.#store.history, at), 'staff-wrote');
    this.#store.keepHistory({ ...this.#store.history, lastTextAt: at });
  }

  /** What is written about a caller with whom there is no conversation goes again once it explains nothing more. */
  rememberForNow(write: () => void): void {
    this.#store.transaction(() => {
      this.#drain.wakeBy(Date.now() + ANSWER_COUNTS_MS);
      write();
    });
  }

  /** In a transaction of its own, or within `record`. */
  failure(seq: number, reason: FailureReason): void {
    const summary = this.#store.state?.summary;
    if (!summary) return;
    const now = Date.now();
    const isNewOptOut = reason === 'blocked' && summary.consent.state !== 'opted-out';
    const event = { name: 'opted-out', detail: 'carrier' } as const;
    const lastSeq = isNewOptOut ? this.addEvent(summary.lastSeq, event, null).seq : summary.lastSeq;
    if (isNewOptOut) this.withdraw(now);
    this.#store.become({ ...rules.afterFailure(summary, reason, now), lastSeq }, seq);
    this.changed(seq);
  }

  /** A message is not what it was: to be published. */
  changed(seq: number): void {
    this.#publisher.messageChanged(seq);
    this.#drain.start();
  }
}
