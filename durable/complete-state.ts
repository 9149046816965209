import { NO_HISTORY } from '../src/domain/call-history.ts';
import { callerWith, UNVERIFIED } from '../src/domain/caller-match.ts';
import type { ConversationState } from './conversation-store.ts';

/** What was stored before a field came to be lacks it. */
export function completeState(state: ConversationState | undefined): ConversationState | undefined {
  if (!state) return state;
  const { lineType = null, history = NO_HISTORY, summary } = state;
  const caller = { ...callerWith(summary.caller.number, UNVERIFIED), ...summary.caller };
  const doNotText = summary.doNotText ?? false;
  return { ...state, lineType, history, summary: { ...summary, caller, doNotText } };
}
