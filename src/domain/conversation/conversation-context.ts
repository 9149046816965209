import type { ActivityEntry } from '../activity/activity-entry.ts';
import type { CallBack } from '../calls/call-back.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { Message } from './message.ts';

/** What else the practice has to do with a caller, besides the conversation that somebody looks at. */
export interface InboxContext {
  /** With the same number on other lines of the practice, the latest first. */
  elsewhere: ConversationSummary[];
  /** That concern this one, the newest first. */
  calls: ActivityEntry[];
  /** Open ones, on all lines. */
  callBacks: CallBack[];
}

/** A patient with the caller's number: of this practice, or of another one where the enterprise lets that be seen. */
export interface PatientOfNumber {
  id: string;
  name: string;
  /** BCP 47. */
  language: string | null;
  practice: { id: string; name: string };
}

/** Whom one is writing with: all that is shown beside a conversation. */
export interface ConversationContext extends InboxContext {
  conversation: ConversationSummary;
  patients: PatientOfNumber[];
  /** Who said by hand which patient this is. */
  link: { by: string; at: number } | null;
  /** Events, and texts that a call led to, the newest first. */
  events: Message[];
  /** The latest few who opened it; null for who may not know that. */
  openedBy: { name: string; at: number }[] | null;
}

/** The same call is told once, as the one who still has its fate tells it. */
export function mergedCalls(
  fromInbox: readonly ActivityEntry[],
  kept: readonly ActivityEntry[],
): ActivityEntry[] {
  const known = new Set(fromInbox.map(({ id }) => id));
  const all = [...fromInbox, ...kept.filter(({ id }) => !known.has(id))];
  return all.sort((a, b) => (a.id < b.id ? 1 : -1));
}
