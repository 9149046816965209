import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../src/domain/conversation/message.ts';
import type { ChangeResult } from './conversation-results.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** What the caller told staff about being texted; an opt-in needs a reason. */
export interface SaidConsent {
  state: 'given' | 'opted-out';
  reason: string | null;
}

/** The same again changes nothing. */
export function recordConsent(
  store: ConversationStore,
  recorder: Recorder,
  summary: ConversationSummary,
  { state, reason }: SaidConsent,
  by: StaffRef,
): ChangeResult {
  if (state !== summary.consent.state) {
    recorder.record(() => {
      const name = state === 'given' ? 'opted-in' : 'opted-out';
      const message = recorder.addEvent(summary.lastSeq, { name, detail: reason }, by);
      if (state === 'opted-out') recorder.withdraw(message.at);
      store.become(rules.afterStaffConsent(summary, state, message));
    });
  }
  return { outcome: 'changed', conversation: store.state?.summary ?? summary };
}

/** What sounded like a wish to get no more texts was none. */
export function dismissOptOutSuggestion(
  store: ConversationStore,
  recorder: Recorder,
  summary: ConversationSummary,
): ChangeResult {
  if (summary.isOptOutSuggested)
    recorder.record(() => store.become(rules.afterDismissingSuggestion(summary)));
  return { outcome: 'changed', conversation: store.state?.summary ?? summary };
}
