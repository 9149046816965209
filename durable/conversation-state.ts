import { type CallHistory, NO_HISTORY } from '../src/domain/calls/call-history.ts';
import type { Line, LineType } from '../src/domain/calls/firing.ts';
import type { Undoable } from '../src/domain/conversation/conversation-change.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { callerWith, UNVERIFIED } from '../src/domain/patients/caller-match.ts';

/** The one value beside the messages, written whole. */
export interface ConversationState {
  schema: number;
  /** As the last call or text brought it; what staff write leaves by it too. */
  line: Line;
  /** The closed period in which this caller has had the after-hours reply: one is enough. */
  repliedAfterHoursOf: number | null;
  /** The one in which they were told what to do in an emergency. */
  toldEmergencyOf: number | null;
  /**
   * What the carrier said about the caller's number; `unknown` also once a text came from there, which answers the
   * question. Null where nobody has asked.
   */
  lineType: LineType | null;
  /** Of the caller's calls, and of who texted last. */
  history: CallHistory;
  /** What staff changed last, until it is taken back. */
  undoable: Undoable | null;
  /** No text with a smaller `seq` has anything left to do. */
  outboxFrom: number;
  summary: ConversationSummary;
}

/** Whether the outbox is worth a look: asking the table costs more than the rest of a turn that sends nothing. */
export function hasPending({ outboxFrom, summary }: ConversationState): boolean {
  return outboxFrom <= summary.lastSeq;
}

/** What was stored before a field came to be lacks it. */
export function completeState(state: ConversationState | undefined): ConversationState | undefined {
  if (!state) return state;
  const { lineType = null, history = NO_HISTORY, toldEmergencyOf = null, undoable = null, summary } = state;
  const caller = { ...callerWith(summary.caller.number, UNVERIFIED), ...summary.caller };
  const { doNotText = false, urgent = null } = summary;
  const whole = { ...summary, caller, doNotText, urgent };
  return { ...state, lineType, history, toldEmergencyOf, undoable, summary: whole };
}
