import { DurableObject } from 'cloudflare:workers';
import type { DeliveryReport } from '../src/carriers/carrier.ts';
import type { Activity } from '../src/domain/activity/activity.ts';
import type { Firing, GotThrough, MediaSource, TextIn } from '../src/domain/calls/firing.ts';
import type { Change } from '../src/domain/conversation/conversation-change.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { needsAttention } from '../src/domain/conversation/delivery-status.ts';
import type { Message, StaffRef } from '../src/domain/conversation/message.ts';
import { textRefusal } from '../src/domain/conversation/text-refusal.ts';
import type { CallerMatch, LinkedPatient } from '../src/domain/patients/caller-match.ts';
import type { Access } from '../src/domain/people/access.ts';
import type { Env } from '../src/env.ts';
import { linkByStaff, recordMatch } from './caller-link.ts';
import type {
  ChangeResult,
  ClaimResult,
  DeleteResult,
  HandOverResult,
  ReadResult,
  RetryResult,
  ReturnResult,
  StaffChangeResult,
  WriteResult,
} from './conversation-results.ts';
import { ConversationStore } from './conversation-store.ts';
import { recordDoNotText } from './do-not-text.ts';
import { Drain } from './drain.ts';
import { type FireResult, fire } from './fire.ts';
import { gotThrough } from './got-through.ts';
import { type Happenings, happeningsIn } from './happenings.ts';
import { messagePage, type Part } from './message-page.ts';
import { Outbox } from './outbox.ts';
import { Publisher } from './publisher.ts';
import { receive } from './receive.ts';
import { type RecordDeliveryResult, recordDelivery } from './record-delivery.ts';
import { Recorder } from './recorder.ts';
import { changeByStaff, undoByStaff } from './staff-change.ts';
import { dismissOptOutSuggestion, recordConsent, type SaidConsent } from './staff-consent.ts';
import { entomb } from './tombstone.ts';
import { handOver, type NoteWritten, type ReplyWritten, writeNote, writeReply } from './write.ts';

/**
 * All that was ever said between one line and one caller, and the only truth about it. Every call records
 * what happened in one transaction, answers, and then drains: texts to the carrier, state to the inbox.
 */
export class Conversation extends DurableObject<Env> {
  #store: ConversationStore;
  #recorder: Recorder;
  #drain: Drain;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ({ store: this.#store, recorder: this.#recorder, drain: this.#drain } = assembled(ctx, env));
  }

  // --- what happens to a conversation ------------------------------------------------------------

  fire(firing: Firing): FireResult {
    return fire(this.ctx.id.toString(), this.#store, this.#recorder, firing);
  }

  gotThrough(call: GotThrough): { outcome: 'answered'; activity: Activity } {
    return gotThrough(this.ctx.id.toString(), this.#store, this.#recorder, call);
  }

  receive(text: TextIn): { outcome: 'received' | 'duplicate' } {
    return receive(this.#store, this.#recorder, text);
  }

  reply(access: Access, written: ReplyWritten): WriteResult {
    const summary = this.#visible(access);
    return summary ? writeReply(this.#parts, summary, access.staff, written) : { outcome: 'not-found' };
  }

  note(access: Access, written: NoteWritten): WriteResult {
    const summary = this.#visible(access);
    return summary ? writeNote(this.#parts, summary, access.staff, written) : { outcome: 'not-found' };
  }

  /** To a colleague, with a note that tells them why. */
  handOver(access: Access, written: NoteWritten & { assignee: StaffRef }): HandOverResult {
    const summary = this.#visible(access);
    return summary ? handOver(this.#parts, summary, access.staff, written) : { outcome: 'not-found' };
  }

  recordConsent(access: Access, said: SaidConsent): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    return recordConsent(this.#store, this.#recorder, summary, said, access.staff);
  }

  dismissOptOutSuggestion(access: Access): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    return dismissOptOutSuggestion(this.#store, this.#recorder, summary);
  }

  /** The enterprise put the caller on its do-not-text list, or took them off it. */
  recordDoNotText(isListed: boolean, by: StaffRef): { outcome: 'recorded' | 'nothing-to-record' } {
    return recordDoNotText(this.#store, this.#recorder, isListed, by);
  }

  /** The directory changed: whose number this is. Begins no conversation, and records nothing twice. */
  recordMatch(
    match: CallerMatch,
    linked?: LinkedPatient | null,
  ): { outcome: 'recorded' | 'nothing-to-record' } {
    return recordMatch(this.#store, this.#recorder, match, linked);
  }

  /** Staff say which patient the caller is; with null, that it is not known. `match` is what the number says. */
  link(access: Access, linked: LinkedPatient | null, match: CallerMatch): ChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    return linkByStaff(this.#store, this.#recorder, summary, { linked, match, by: access.staff });
  }

  /** What happened here besides texts, for who wants to know whom they are writing with. */
  happenings(access: Access): Happenings | null {
    const summary = this.#visible(access);
    return summary && { conversation: summary, ...happeningsIn(this.#store) };
  }

  /** A text that failed, or may have, leaves once more because a person says so. */
  retry(access: Access, messageId: string): RetryResult {
    const summary = this.#visible(access);
    const message = summary && this.#recorder.messageWithId(messageId);
    if (!summary || !message) return { outcome: 'not-found' };
    if (!message.delivery || !needsAttention(message.delivery.status)) return { outcome: 'cannot-retry' };
    const refusal = textRefusal(summary);
    if (refusal) return { outcome: refusal };
    this.#recorder.record(() => {
      const now = Date.now();
      this.#store.outbox.requeue(message.seq, now, now, true);
      this.#store.become(rules.afterRetry(summary), message.seq);
    });
    return { outcome: 'queued', message: this.#recorder.messageWithId(messageId) ?? message };
  }

  /** See `changeByStaff`. */
  change(access: Access, change: Change, seenVersion?: number): StaffChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    const seen = { by: access.staff, seenVersion };
    return changeByStaff(this.#store, this.#recorder, summary, change, seen);
  }

  /** Done with a reply that was just written; not where it has failed by then, since somebody has to see that. */
  doneAfter(access: Access, messageId: string): StaffChangeResult | { outcome: 'not-sent' } {
    const message = this.messageFor(access, messageId);
    const isSent = message?.delivery && !needsAttention(message.delivery.status);
    if (!isSent && this.#visible(access)) return { outcome: 'not-sent' };
    return this.change(access, { state: 'done' });
  }

  /** Takes back what `change` did, where nothing came between. */
  undo(access: Access, version: number): StaffChangeResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    return undoByStaff(this.#store, this.#recorder, summary, version, access.staff);
  }

  /** Only if it is still nobody's: of two who take it at the same moment one does. */
  claim(access: Access): ClaimResult {
    const to = this.#visible(access)?.assignee;
    if (to && to.id !== access.staff.id) return { outcome: 'already-assigned', to };
    return this.change(access, { assignee: access.staff });
  }

  /** Whose it is went offline: where somebody still waits for an answer, anybody may take it. */
  returnToQueue(staffId: string): ReturnResult {
    const summary = this.#store.state?.summary;
    if (summary?.assignee?.id !== staffId || summary.state !== 'open' || summary.waitingSince === null)
      return { outcome: 'nothing-to-return' };
    this.#recorder.record(() => {
      const event = { name: 'returned', detail: summary.assignee?.name ?? null } as const;
      this.#store.become(
        rules.afterReturning(summary, this.#recorder.addEvent(summary.lastSeq, event, null)),
      );
    });
    return { outcome: 'returned' };
  }

  /** Without opening it; null where it is not to be seen. */
  summaryFor(access: Access): ConversationSummary | null {
    return this.#visible(access);
  }

  /** Whose staff it can be assigned to; null where it is not to be seen. */
  practiceFor(access: Access): string | null {
    return this.#visible(access)?.practiceId ?? null;
  }

  /** How one text fares, without opening the conversation. */
  messageFor(access: Access, messageId: string): Message | null {
    return this.#visible(access) && this.#recorder.messageWithId(messageId);
  }

  /** `before` is the `nextCursor` of a newer page; null opens the conversation, which marks it as read. */
  read(access: Access, before: number | null): ReadResult {
    const summary = this.#visible(access);
    if (!summary) return { outcome: 'not-found' };
    if (before === null && summary.unread > 0)
      this.#recorder.record(() => this.#store.become(rules.afterReading(summary)));
    return this.#page(before === null ? { is: 'newest' } : { is: 'before', seq: before }, summary);
  }

  /** From a place in the middle, or on from there; the newest messages are not seen by that, and stay unread. */
  readAt(access: Access, part: Part): ReadResult {
    const summary = this.#visible(access);
    return summary ? this.#page(part, summary) : { outcome: 'not-found' };
  }

  #page(part: Part, before: ConversationSummary): ReadResult {
    const conversation = this.#store.state?.summary ?? before;
    return { outcome: 'read', conversation, ...messagePage(this.#store, part) };
  }

  /** Where the carrier keeps what a text carried: for the route that fetches it, and for nobody else. */
  mediaSource(access: Access, messageId: string, index: number): MediaSource | null {
    return this.#visible(access) ? this.#store.mediaSource(messageId, index) : null;
  }

  recordDelivery(report: DeliveryReport): RecordDeliveryResult {
    return recordDelivery(this.#store, this.#recorder, report);
  }

  /** For an inbox that is being rebuilt: the state and the messages from `fromSeq` on. */
  published(fromSeq: number): { summary: ConversationSummary; messages: Message[] } | null {
    const state = this.#store.state;
    return state ? { summary: state.summary, messages: this.#store.pageFrom(fromSeq, 200) } : null;
  }

  /**
   * Its time is over where nothing was said since `before`, and nothing is left to be done: then all of it goes, but
   * for a tombstone. `gone`: it went before. `version` is for the inbox, which forgets it up to there.
   */
  deletePast(before: number): DeleteResult {
    const summary = this.#store.state?.summary;
    if (!summary) return { outcome: 'gone', version: this.#store.tombstone?.version ?? 0 };
    const isAwaited = (summary.snoozedUntil ?? 0) > Date.now();
    if (summary.last.at >= before || isAwaited || this.#store.pending().length > 0)
      return { outcome: 'kept' };
    const { version } = entomb(this.ctx.storage, summary, Date.now());
    // What is in memory goes as well.
    const { store, recorder, drain } = assembled(this.ctx, this.env);
    [this.#store, this.#recorder, this.#drain] = [store, recorder, drain];
    return { outcome: 'deleted', version };
  }

  get #parts(): { store: ConversationStore; recorder: Recorder } {
    return { store: this.#store, recorder: this.#recorder };
  }

  #visible(access: Access): ConversationSummary | null {
    const summary = this.#store.state?.summary;
    return summary && access.practiceIds.includes(summary.practiceId) ? summary : null;
  }

  // --- acting ------------------------------------------------------------------------------------

  override async alarm(): Promise<void> {
    this.#drain.alarmRang();
    const forgetAt = this.#store.forgetOldAnswers(Date.now());
    if (forgetAt !== null) this.#drain.wakeBy(forgetAt);
    const summary = this.#store.state?.summary;
    const isAwake = !summary || summary.snoozedUntil === null || summary.snoozedUntil > Date.now();
    if (!isAwake) {
      this.#recorder.record(() => {
        const message = this.#recorder.addEvent(summary.lastSeq, { name: 'woken', detail: null }, null);
        this.#store.become(rules.afterWaking(summary, message));
      });
    }
    await this.#drain.run();
    this.#drain.sleep();
  }
}

/** The parts of a conversation as they come out of what is stored. */
function assembled(
  ctx: DurableObjectState,
  env: Env,
): { store: ConversationStore; recorder: Recorder; drain: Drain } {
  const store = new ConversationStore(ctx.storage);
  const publisher = new Publisher(env, store);
  const outbox = new Outbox(env, store, {
    changed: (seq) => recorder.changed(seq),
    failed: (seq, reason) => recorder.failure(seq, reason),
  });
  const drain = new Drain(ctx, store, outbox, publisher);
  const recorder = new Recorder(ctx.id.toString(), store, publisher, drain);
  return { store, recorder, drain };
}
