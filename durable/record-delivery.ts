import type { DeliveryReport } from '../src/carriers/carrier.ts';
import { afterArrival } from '../src/domain/conversation/conversation-rules.ts';
import { laterStatus, needsAttention } from '../src/domain/conversation/delivery-status.ts';
import type { Delivery, Message } from '../src/domain/conversation/message.ts';
import { textRefusal } from '../src/domain/conversation/text-refusal.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

export type RecordDeliveryResult = { outcome: 'recorded' | 'kept' | 'not-found' };

/** Reports come late, repeated and out of order, also about attempts that were given up, and too early. */
export function recordDelivery(
  store: ConversationStore,
  recorder: Recorder,
  report: DeliveryReport,
): RecordDeliveryResult {
  const message = recorder.messageWithId(report.messageId);
  // Of a text that was deleted with its conversation.
  if (message === null && store.tombstone !== undefined && store.state === undefined)
    return { outcome: 'kept' };
  if (message === null) {
    store.earlyReports.keep(report, Date.now());
    return { outcome: 'kept' };
  }
  if (message.delivery === null) return { outcome: 'not-found' };
  if (tellsMore(message.delivery, report)) recorder.record(() => apply(store, recorder, message, report));
  return { outcome: 'recorded' };
}

/** Within `record`, after a text out was added: what was told about it before is true of it now. */
export function applyEarlyReport(store: ConversationStore, recorder: Recorder, message: Message): void {
  const report = store.earlyReports.take(message.id, Date.now());
  if (report === null) return;
  // It left, that often, before we forgot it: what leaves from now on is another attempt.
  store.outbox.learnAttempt(message.seq, report.attempt);
  apply(store, recorder, message, report);
}

function tellsMore({ status: before, attempt }: Delivery, report: DeliveryReport): boolean {
  // What is in the queue again has given up its attempt.
  const isOlderAttempt = report.attempt < (before === 'queued' ? attempt + 1 : attempt);
  const status = laterStatus(before, report.status);
  return status !== before && (!isOlderAttempt || status === 'delivered');
}

function apply(store: ConversationStore, recorder: Recorder, message: Message, report: DeliveryReport): void {
  const { seq } = message;
  const { status, reason } = report;
  const now = Date.now();
  const summary = store.state?.summary;
  const isTriedAgain = reason === 'unreachable' && summary && textRefusal(summary) === null;
  const dueAt = isTriedAgain ? store.outbox.secondTryAt(seq, now) : null;
  store.outbox.recordStatus(seq, { status, now, sentAt: now, reason, dueAt });
  if (needsAttention(status)) recorder.failure(seq, reason ?? 'refused');
  else recorder.changed(seq);
  const isNewest = summary?.last.at === message.at && summary.last.kind === message.kind;
  if (status === 'delivered' && isNewest && summary.problem !== null)
    store.become(afterArrival(summary, message.at), seq);
}
