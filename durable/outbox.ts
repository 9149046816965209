import { carrierOf, type TextOut } from '../src/carriers/carrier.ts';
import { isFinal, laterStatus } from '../src/domain/conversation/delivery-status.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import {
  backoffMs,
  CARRIER_TIMEOUT_MS,
  CLAIM_LEASE_MS,
  SHORTEST_WAIT_MS,
} from '../src/domain/conversation/outbox-rules.ts';
import { segmentsOf } from '../src/domain/conversation/segments.ts';
import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationStore } from './conversation-store.ts';
import { placeOnLine } from './line-pacer.ts';
import { type OutboxRow, WITHDRAWN } from './outbox-store.ts';

/** Older, and a claim would not outlast a carrier that takes its time. */
const FRESH_MS = CLAIM_LEASE_MS - CARRIER_TIMEOUT_MS;

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
      const row = this.#next();
      const { state } = this.#store;
      if (!row || !state) return;
      if (row.status === 'sending' && !this.#isFresh(row)) await this.#settle(state, row);
      else if (isTooLate(row)) this.#expire(row);
      else if (this.#waitsItsTurn(state, row)) continue;
      else if (this.#needsPlace(row)) await this.#takePlace(state, row);
      else await this.#sendOne(state, row);
    }
  }

  /** What a person wrote goes ahead of automatic texts, and what was written first ahead of the rest. */
  #next(): OutboxRow | null {
    const { fresh } = this.#store.outbox;
    const now = Date.now();
    const pending = this.#store.pending();
    const claimed = new Set(pending.filter(({ status }) => status === 'sending').map(({ seq }) => seq));
    // A report was quicker than we, or somebody withdrew it.
    for (const seq of fresh) if (!claimed.has(seq)) fresh.delete(seq);
    const due = pending.filter((row) => this.#isFresh(row) || row.dueAt <= now);
    return due.sort(inTurn)[0] ?? null;
  }

  /** What a person wrote keeps its order: while an earlier reply waits for its carrier, a later one waits behind it. */
  #waitsItsTurn({ outboxFrom }: ConversationState, { kind, seq }: OutboxRow): boolean {
    const now = Date.now();
    const dueAt = kind === 'reply' ? this.#store.outbox.earlierReplyDueAt(outboxFrom, seq) : null;
    if (dueAt === null || dueAt <= now) return false;
    this.#store.outbox.waitBehind(seq, now, dueAt, this.#store.outbox.fresh.delete(seq));
    this.#changed(seq);
    return true;
  }

  #isFresh({ seq }: OutboxRow): boolean {
    return this.#store.outbox.fresh.has(seq);
  }

  /** A second try, or one that a person asked for, has waited long enough. */
  #needsPlace(row: OutboxRow): boolean {
    const isFirst = this.#isFresh(row) || (row.status === 'queued' && row.attempt === 0);
    return row.kind === 'automatic' && isFirst && row.hasPlace === null;
  }

  /** Automatic texts leave at the pace of their line. Where the line is free, nothing is written about it. */
  async #takePlace(state: ConversationState, { seq, body, expiresAt }: OutboxRow): Promise<void> {
    const { id, segmentsPerSecond } = state.line;
    const wanted = { segments: segmentsOf(body).count, segmentsPerSecond, expiresAt };
    const place = await placeOnLine(this.#env.LINE_PACER, id, wanted);
    const row = this.#store.outbox.row(seq);
    const now = Date.now();
    // Meanwhile it may have been withdrawn, or it is too late.
    if ((row.status !== 'queued' && !this.#isFresh(row)) || isTooLate(row)) return;
    if (place <= now + SHORTEST_WAIT_MS) return this.#sendOne(state, row);
    this.#store.outbox.fresh.delete(seq);
    // A text whose place is too late is dropped when it expires, and not when that place would come.
    this.#store.outbox.waitForPlace(seq, now, Math.min(place, row.expiresAt ?? place));
    this.#changed(seq);
  }

  async #sendOne(state: ConversationState, row: OutboxRow): Promise<void> {
    const text = textOut(state, this.#claimed(row));
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

  /** The row as it is once this attempt is claimed in storage. */
  #claimed(row: OutboxRow): OutboxRow {
    const { outbox } = this.#store;
    const now = Date.now();
    if (!outbox.fresh.delete(row.seq)) {
      outbox.claim(row.seq, now, now + CLAIM_LEASE_MS);
      return { ...row, attempt: row.attempt + 1 };
    }
    // Others went first, and the lease has to outlast the carrier.
    if (now - row.statusAt > FRESH_MS) outbox.renewClaim(row.seq, now, now + CLAIM_LEASE_MS);
    return row;
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
    this.#store.outbox.fresh.delete(row.seq);
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

function inTurn(one: OutboxRow, other: OutboxRow): number {
  return Number(one.kind === 'automatic') - Number(other.kind === 'automatic') || one.seq - other.seq;
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
