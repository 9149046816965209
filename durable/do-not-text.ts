/**
 * What a conversation does about the enterprise's do-not-text list. A change of the list is told to every conversation
 * that there is with the number; one that begins later learns it from the text that begins it.
 */
import { afterDoNotText } from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../src/domain/conversation/message.ts';
import { type TextRefusal, textRefusal } from '../src/domain/conversation/text-refusal.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** Why nothing may be texted here, also where nothing has begun yet. */
export function refusalHere(store: ConversationStore): TextRefusal | null {
  const summary = store.state?.summary;
  if (summary) return textRefusal(summary);
  if (store.tombstone?.consent.state === 'opted-out') return 'opted-out';
  return store.toldDoNotText ? 'do-not-text' : null;
}

/** Begins no conversation, and records nothing twice. */
export function recordDoNotText(
  store: ConversationStore,
  recorder: Recorder,
  isListed: boolean,
  by: StaffRef,
): { outcome: 'recorded' | 'nothing-to-record' } {
  store.toldDoNotText = isListed;
  const summary = store.state?.summary;
  if (!summary || summary.doNotText === isListed) return { outcome: 'nothing-to-record' };
  recorder.record(() => store.become(changed(recorder, summary, isListed, by)));
  return { outcome: 'recorded' };
}

/**
 * Within `record`: a text came in, with what its route knows of the list. A route may be some seconds behind, so what
 * was told counts for more, and only an admin takes a number off.
 */
export function heardOfList(
  store: ConversationStore,
  recorder: Recorder,
  summary: ConversationSummary,
  isListed: boolean,
): ConversationSummary {
  const isNews = (store.toldDoNotText ?? isListed) && !summary.doNotText;
  return isNews ? changed(recorder, summary, true, null) : summary;
}

function changed(
  recorder: Recorder,
  summary: ConversationSummary,
  isListed: boolean,
  by: StaffRef | null,
): ConversationSummary {
  const name = isListed ? 'do-not-text' : 'may-text-again';
  const message = recorder.addEvent(summary.lastSeq, { name, detail: null }, by);
  if (isListed) recorder.withdraw(message.at, 'do-not-text');
  return afterDoNotText(summary, isListed, message);
}
