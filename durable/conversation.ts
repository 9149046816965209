import { DurableObject } from 'cloudflare:workers';
import { carrierOf, type DeliveryReport } from '../src/carriers/carrier.ts';
import type { Access } from '../src/domain/access.ts';
import { automaticAnswerTo } from '../src/domain/automatic-answer.ts';
import * as rules from '../src/domain/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation-summary.ts';
import { laterStatus, needsAttention } from '../src/domain/delivery-status.ts';
import type { FailureReason } from '../src/domain/failure-reason.ts';
import type { Firing, TextIn } from '../src/domain/firing.ts';
import { type Message, newMessage, type StaffRef, type Written } from '../src/domain/message.ts';
import { AUTOMATIC_TEXT_LIFETIME_MS, BACKSTOP_MS } from '../src/domain/outbox-rules.ts';
import { meaningOf } from '../src/domain/text-in-meaning.ts';
import type { Env } from '../src/env.ts';
import type { ChangeResult, ReadResult, RetryResult, WriteResult } from './conversation-results.ts';
import { type ConversationState, ConversationStore } from './conversation-store.ts';
import { Drain } from './drain.ts';
import { Outbox } from './outbox.ts';
import { Publisher } from './publisher.ts';

const MESSAGES_PER_PAGE = 50;

/** Of a conversation that a caller began by texting, until a trigger or a person says otherwise. */
const DEFAULT_LANGUAGE = 'en';

/**
 * All that was ever said between one line and one caller, and the only truth about it. Every call records
 * what happened in one transaction, answers, and then drains: texts to the carrier, state to the inbox.
 */
export class Conversation extends DurableObject<Env> {
  readonly #store: ConversationStore;
  readonly #publisher: Publisher;
  readonly #drain: Drain;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new ConversationStore(ctx.storage);
    this.#publisher = new Publisher(env, this.#store);
    const outbox = new Outbox(env, this.#store, {
      changed: (seq) => {
        this.#publisher.messageChanged(seq);
        this.#drain.start();
      },
      failed: (seq, reason) => this.#recordFailure(seq, reason),
    });
    this.#drain = new Drain(ctx, this.#store, outbox, this.#publisher);
  }

  // --- what happens to a conversation ------------------------------------------------------------

  fire(firing: Firing): { outcome: 'texting' | 'duplicate' | 'opted-out' | 'landline' | 'not-textable' } {
    if (this.#messageWithId(firing.messageId)) return { outcome: 'duplicate' };
    const { consent, cannotText } = this.#store.state?.summary ?? { consent: null, cannotText: null };
    if (consent?.state === 'opted-out') return { outcome: 'opted-out' };
    if (cannotText !== null) return { outcome: cannotText === 'landline' ? 'landline' : 'not-textable' };
    this.#record(() => {
      const { messageId: id, text: body, firedAt, useCase, waitedSeconds } = firing;
      const { summary } = this.#stateOrBegun(firing, firing.language);
      const expiresAt = firedAt + AUTOMATIC_TEXT_LIFETIME_MS;
      const call = { useCase, firedAt, waitedSeconds };
      const message = this.#add(summary.lastSeq, { id, kind: 'automatic', body, call }, expiresAt);
      this.#store.become(rules.afterAutomaticText(summary, message, useCase));
    });
    return { outcome: 'texting' };
  }

  receive(text: TextIn): { outcome: 'received' | 'duplicate' } {
    if (this.#messageWithId(text.messageId)) return { outcome: 'duplicate' };
    this.#record(() => {
      const { messageId: id, body } = text;
      const { summary, repliedAfterHoursOf } = this.#stateOrBegun(text, DEFAULT_LANGUAGE);
      const now = Date.now();
      const meaning = meaningOf(body, summary.consent, now);
      let { lastSeq } = summary;
      if (summary.state !== 'open')
        lastSeq = this.#addEvent(lastSeq, { name: 'reopened', detail: null }, null).seq;
      const message = this.#add(lastSeq, { id, kind: 'text-in', body });
      lastSeq = message.seq;
      if (meaning.event) lastSeq = this.#addEvent(lastSeq, meaning.event, null).seq;
      if (meaning.event?.name === 'opted-out') this.#withdraw(now);
      const answer = automaticAnswerTo({
        ...text,
        meaning,
        language: summary.language,
        carrierAnswersKeywords: carrierOf(text.line.carrier).answersKeywords,
        repliedAfterHoursOf,
      });
      if (answer) lastSeq = this.#addAutomatic(lastSeq, answer.text, now).seq;
      if (answer?.isAfterHours && text.afterHours) this.#store.keepAfterHours(text.afterHours.closedSince);
      this.#store.become({ ...rules.afterTextIn(summary, message, meaning), lastSeq });
    });
    return { outcome: 'received' };
  }

  reply(access: Access, written: { id: string; body: string }): WriteResult {
    return this.#write(access, { ...written, kind: 'reply' }, rules.afterReply);
  }

  note(access: Access, written: { id: string; body: string }): WriteResult {
    return this.#write(access, { ...written, kind: 'note' }, rules.afterNote);
  }

  /** What the caller told staff about being texted; an opt-in needs a reason. */
  recordConsent(access: Access, said: { state: 'given' | 'opted-out'; reason: string | null }): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    if (said.state !== summary.consent.state) {
      this.#record(() => {
        const name = said.state === 'given' ? 'opted-in' : 'opted-out';
        const message = this.#addEvent(summary.lastSeq, { name, detail: said.reason }, access.staff);
        if (said.state === 'opted-out') this.#withdraw(message.at);
        this.#store.become(rules.afterStaffConsent(summary, said.state, message));
      });
    }
    return { outcome: 'changed', conversation: this.#store.state?.summary ?? summary };
  }

  dismissOptOutSuggestion(access: Access): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    if (summary.isOptOutSuggested)
      this.#record(() => this.#store.become(rules.afterDismissingSuggestion(summary)));
    return { outcome: 'changed', conversation: this.#store.state?.summary ?? summary };
  }

  /** A text that failed, or may have, leaves once more because a person says so. */
  retry(access: Access, messageId: string): RetryResult {
    const summary = this.#visible(access);
    const message = summary && this.#messageWithId(messageId);
    if (!summary || !message) return { outcome: 'not-found' };
    if (!message.delivery || !needsAttention(message.delivery.status)) return { outcome: 'cannot-retry' };
    if (summary.consent.state === 'opted-out') return { outcome: 'opted-out' };
    this.#record(() => {
      const now = Date.now();
      this.#store.outbox.requeue(message.seq, now, now, true);
      this.#store.become(rules.afterRetry(summary), message.seq);
    });
    return { outcome: 'queued', message: this.#messageWithId(messageId) ?? message };
  }

  change(access: Access, change: rules.Change): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    const events = rules.eventsOf(summary, change);
    if (events.length > 0) {
      this.#record(() => {
        let last: Message | null = null;
        for (const event of events) last = this.#addEvent(last?.seq ?? summary.lastSeq, event, access.staff);
        if (last) this.#store.become(rules.afterChange(summary, change, last));
      });
    }
    return { outcome: 'changed', conversation: this.#store.state?.summary ?? summary };
  }

  /** Whose staff it can be assigned to; null where it is not to be seen. */
  practiceFor(access: Access): string | null {
    return this.#visible(access)?.practiceId ?? null;
  }

  /** `before` is the `nextCursor` of a newer page; null opens the conversation, which marks it as read. */
  read(access: Access, before: number | null): ReadResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    if (before === null && summary.unread > 0)
      this.#record(() => this.#store.become(rules.afterReading(summary)));
    const found = this.#store.pageBefore(before ?? Number.MAX_SAFE_INTEGER, MESSAGES_PER_PAGE + 1);
    const messages = found.slice(-MESSAGES_PER_PAGE);
    const oldest = messages[0];
    return {
      outcome: 'read',
      conversation: this.#store.state?.summary ?? summary,
      messages,
      nextCursor: found.length > messages.length && oldest ? oldest.seq : null,
    };
  }

  /** Reports come late, repeated and out of order, also about attempts that were given up. */
  recordDelivery(report: DeliveryReport): { outcome: 'recorded' | 'not-found' } {
    const message = this.#store.state && this.#messageWithId(report.messageId);
    if (!message?.delivery) return { outcome: 'not-found' };
    const { status: before, attempt } = message.delivery;
    // What is in the queue again has given up its attempt.
    const isOlderAttempt = report.attempt < (before === 'queued' ? attempt + 1 : attempt);
    const status = laterStatus(before, report.status);
    if (status === before || (isOlderAttempt && status !== 'delivered')) return { outcome: 'recorded' };
    this.#record(() => {
      const [now, { reason }, consent] = [Date.now(), report, this.#store.state?.summary.consent];
      const isTriedAgain = reason === 'unreachable' && consent?.state !== 'opted-out';
      const dueAt = isTriedAgain ? this.#store.outbox.secondTryAt(message.seq, now) : null;
      this.#store.outbox.recordStatus(message.seq, { status, now, sentAt: now, reason, dueAt });
      if (needsAttention(status)) this.#recordFailure(message.seq, reason ?? 'refused');
      else this.#publisher.messageChanged(message.seq);
    });
    return { outcome: 'recorded' };
  }

  /** For an inbox that is being rebuilt: the state and the messages from `fromSeq` on. */
  published(fromSeq: number): { summary: ConversationSummary; messages: Message[] } | null {
    const state = this.#store.state;
    return state ? { summary: state.summary, messages: this.#store.pageFrom(fromSeq, 200) } : null;
  }

  // --- recording ---------------------------------------------------------------------------------

  /** One transaction with the alarm in it, so that whatever was recorded is also finished; then drain. */
  #record<T>(write: () => T): T {
    const result = this.#store.transaction(() => {
      this.#drain.wakeBy(Date.now() + BACKSTOP_MS);
      return write();
    });
    this.#drain.start();
    return result;
  }

  #stateOrBegun(from: Firing | TextIn, language: string): ConversationState {
    const { practiceId, line, caller } = from;
    const beginning = { id: this.ctx.id.toString(), practiceId, line, caller, language, at: Date.now() };
    this.#store.keepLine(line);
    return this.#store.state ?? this.#store.begin(line, rules.begun(beginning));
  }

  #messageWithId(id: string): Message | null {
    return this.#store.state ? this.#store.messageWithId(id) : null;
  }

  #visible(access: Access): ConversationSummary | null {
    const summary = this.#store.state?.summary;
    return summary && access.practiceIds.includes(summary.practiceId) ? summary : null;
  }

  #write(
    access: Access,
    written: { id: string; body: string; kind: 'reply' | 'note' },
    after: (before: ConversationSummary, message: Message) => ConversationSummary,
  ): WriteResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    const already = this.#messageWithId(written.id);
    if (already) return { outcome: 'already-written', message: already };
    const isOptedOut = summary.consent.state === 'opted-out';
    if (isOptedOut && written.kind === 'reply') return { outcome: 'opted-out' };
    const message = this.#record(() => {
      const added = this.#add(summary.lastSeq, { ...written, author: access.staff });
      this.#store.become(after(summary, added));
      return added;
    });
    return { outcome: 'written', message };
  }

  #addEvent(afterSeq: number, event: NonNullable<Message['event']>, author: StaffRef | null): Message {
    return this.#add(afterSeq, { id: crypto.randomUUID(), kind: 'event', body: '', event, author });
  }

  #add(afterSeq: number, written: Written, expiresAt: number | null = null): Message {
    const message = newMessage(written, afterSeq + 1, Date.now());
    this.#store.add(message, expiresAt);
    this.#publisher.messageChanged(message.seq);
    return message;
  }

  #addAutomatic(afterSeq: number, body: string, now: number): Message {
    const written = { id: crypto.randomUUID(), kind: 'automatic', body } as const;
    return this.#add(afterSeq, written, now + AUTOMATIC_TEXT_LIFETIME_MS);
  }

  /** Who opts out gets nothing more, not even what was written before and has not left yet. */
  #withdraw(now: number): void {
    const { state } = this.#store;
    if (!state) return;
    for (const seq of this.#store.outbox.withdraw(state.outboxFrom, now)) this.#publisher.messageChanged(seq);
  }

  #recordFailure(seq: number, reason: FailureReason): void {
    const summary = this.#store.state?.summary;
    if (!summary) return;
    const now = Date.now();
    const isNewOptOut = reason === 'blocked' && summary.consent.state !== 'opted-out';
    const event = { name: 'opted-out', detail: 'carrier' } as const;
    const lastSeq = isNewOptOut ? this.#addEvent(summary.lastSeq, event, null).seq : summary.lastSeq;
    if (isNewOptOut) this.#withdraw(now);
    this.#store.become({ ...rules.afterFailure(summary, reason, now), lastSeq }, seq);
    this.#publisher.messageChanged(seq);
    this.#drain.start();
  }

  // --- acting ------------------------------------------------------------------------------------

  override async alarm(): Promise<void> {
    this.#drain.alarmRang();
    const summary = this.#store.state?.summary;
    const isAwake = !summary || summary.snoozedUntil === null || summary.snoozedUntil > Date.now();
    if (!isAwake) {
      this.#record(() => {
        const message = this.#addEvent(summary.lastSeq, { name: 'woken', detail: null }, null);
        this.#store.become(rules.afterWaking(summary, message));
      });
    }
    await this.#drain.run();
  }
}
