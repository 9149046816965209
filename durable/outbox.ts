import { carrierOf, type TextOut } from '../src/carriers/carrier.ts';
import { isFinal, laterStatus } from '../src/domain/delivery-status.ts';
import type { FailureReason } from '../src/domain/failure-reason.ts';
import {
  backoffMs,
  CARRIER_TIMEOUT_MS,
  CLAIM_LEASE_MS,
  SHORTEST_WAIT_MS,
} from '../src/domain/outbox-rules.ts';
import { segmentsOf } from '../src/domain/segments.ts';
import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import { type ConversationState, type ConversationStore, hasPending } from './conversation-store.ts';
import { placeOnLine } from './line-pacer.ts';
import { type OutboxRow, WITHDRAWN } from './outbox-store.ts';

/**
 * The only way a text leaves a conversation. A row is claimed in storage before its carrier is called, so a
 * crash leaves a claim and never a silent second text. A claim that outlived its lease is settled by asking
 * the carrier; where the carrier cannot tell, a person decides.
 */
export class Outbox {
  readonly #env: Env;
  readonly #store: ConversationStore;
  readonly #changed: (seq: number) => void;
  readonly #failed: (seq: number, reason: FailureReason) => void;

  constructor(
    env: Env,
    store: ConversationStore,
    on: { changed: (seq: number) => void; failed: (seq: number, reason: FailureReason) => void },
  ) {
    this.#env = env;
    this.#store = store;
    this.#changed = on.changed;
    this.#failed = on.failed;
  }

  /** Sends what is due, one text after the other, until nothing is. */
  async send(): Promise<void> {
    for (;;) {
      const state = this.#store.state;
      if (!state || !hasPending(state)) return;
      const row = this.#store.outbox.nextDue(state.outboxFrom, Date.now());
      if (!row) return;
      if (row.status === 'sending') await this.#settle(state, row);
      else if (isTooLate(row)) this.#expire(row);
      else if (needsPlace(row)) await this.#takePlace(state, row);
      else await this.#sendOne(state, row);
    }
  }

  /** Automatic texts leave at the pace of their line. Where the line is free, nothing is written about it. */
  async #takePlace(state: ConversationState, { seq, body, expiresAt }: OutboxRow): Promise<void> {
    const { id, segmentsPerSecond } = state.line;
    const wanted = { segments: segmentsOf(body).count, segmentsPerSecond, expiresAt };
    const place = await placeOnLine(this.#env.LINE_PACER, id, wanted);
    const row = this.#store.outbox.row(seq);
    // Meanwhile it may have been withdrawn, or it is too late.
    if (row.status !== 'queued' || isTooLate(row)) return;
    if (place > Date.now() + SHORTEST_WAIT_MS)
      // A text whose place is too late is dropped when it expires, and not when that place would come.
      this.#store.outbox.waitForPlace(seq, Math.min(place, row.expiresAt ?? place));
    else await this.#sendOne(state, row);
  }

  async #sendOne(state: ConversationState, row: OutboxRow): Promise<void> {
    const now = Date.now();
    this.#store.outbox.claim(row.seq, now, now + CLAIM_LEASE_MS);
    const text = textOut(state, { ...row, attempt: row.attempt + 1 });
    const result = await answerWithin(
      CARRIER_TIMEOUT_MS,
      carrierOf(state.line.carrier).send(this.#env, text),
      { outcome: 'unknown' },
    );
    const current = this.#current(text, row.seq);
    if (current === null) return;
    switch (result.outcome) {
      case 'accepted':
        return this.#accepted(current, result.carrierId);
      case 'refused':
        return this.#fail(current, result.reason);
      case 'later':
        return this.#tryLater(current, result.delayMs);
      case 'unknown':
        // The claim stays; when its lease ends it is settled. A delivery report may do so before.
        return;
    }
  }

  /** The lease ended without an answer: the object died over it, or the carrier never said. */
  async #settle(state: ConversationState, row: OutboxRow): Promise<void> {
    const text = textOut(state, row);
    const asked = carrierOf(state.line.carrier).lookUp(this.#env, text, row.statusAt);
    const result = await answerWithin(CARRIER_TIMEOUT_MS, asked, { found: 'unknown' });
    const current = this.#current(text, row.seq);
    // A report that came meanwhile has settled it, and knows better.
    if (current?.status !== 'sending') return;
    switch (result.found) {
      case 'yes':
        return this.#accepted(current, result.carrierId);
      case 'no':
        return this.#tryLater(current, null);
      case 'not-yet':
        return this.#store.outbox.extendLease(row.seq, Date.now() + CLAIM_LEASE_MS);
      case 'unknown':
        this.#store.transaction(() => {
          const now = Date.now();
          this.#store.outbox.recordStatus(row.seq, { status: 'unconfirmed', now, reason: 'outcome-unknown' });
          this.#failed(row.seq, 'outcome-unknown');
        });
    }
  }

  /**
   * The row as it is now, or null where the answer is about an older claim. While a carrier is asked, reports
   * arrive and people act; what they recorded is never undone.
   */
  #current(text: TextOut, seq: number): OutboxRow | null {
    const row = this.#store.outbox.row(seq);
    return row.attempt === text.attempt && row.status !== 'queued' ? row : null;
  }

  #accepted(row: OutboxRow, carrierId: string): void {
    const now = Date.now();
    const status = laterStatus(row.status, 'sent');
    // A report that overtook the carrier's answer has already said more than "sent".
    if (status !== 'sent' || row.status === 'sent') return;
    this.#store.outbox.recordStatus(row.seq, { status, now, sentAt: now, carrierId });
    this.#changed(row.seq);
  }

  /** Not before the carrier wants it, nor before our own turn; what would then be too late wakes up to expire. */
  #tryLater(row: OutboxRow, askedMs: number | null): void {
    if (row.status !== 'sending') return;
    const now = Date.now();
    const backoff = backoffMs(row.tries, Math.random());
    if (backoff === null) {
      this.#fail(row, 'carrier-silent');
      return;
    }
    const delay = Math.max(backoff, askedMs ?? 0);
    const dueAt = row.expiresAt === null ? now + delay : Math.min(now + delay, row.expiresAt);
    this.#store.outbox.requeue(row.seq, now, dueAt, false);
    this.#changed(row.seq);
  }

  #expire(row: OutboxRow): void {
    // A second try that comes too late leaves the first one's outcome as it is.
    if (isFinal(row.status)) this.#store.outbox.forgo(row.seq);
    else if (row.expiresAt !== WITHDRAWN) this.#fail(row, 'expired');
    else {
      const reason = this.#store.state?.summary.doNotText ? 'do-not-text' : 'blocked';
      this.#store.outbox.recordStatus(row.seq, { status: 'failed', now: Date.now(), reason });
      this.#changed(row.seq);
    }
  }

  #fail(row: OutboxRow, reason: FailureReason): void {
    if (laterStatus(row.status, 'failed') !== 'failed') return;
    this.#store.transaction(() => {
      this.#store.outbox.recordStatus(row.seq, { status: 'failed', now: Date.now(), reason });
      this.#failed(row.seq, reason);
    });
  }
}

function isTooLate({ expiresAt }: OutboxRow): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

/** A second try, or one that a person asked for, has waited long enough. */
function needsPlace({ kind, status, attempt, hasPlace }: OutboxRow): boolean {
  return kind === 'automatic' && status === 'queued' && attempt === 0 && hasPlace === null;
}

function textOut(state: ConversationState, row: OutboxRow): TextOut {
  return {
    conversationId: state.summary.id,
    messageId: row.id,
    attempt: row.attempt,
    from: state.summary.line.number,
    to: state.summary.caller.number,
    body: row.body,
  };
}
