import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import type { MessageKind } from '../conversation/message.ts';

/** A text in which something was found. */
export interface SearchHit {
  /** Of the message; null where the index has it from a time at which this was not kept in it. */
  place: { seq: number; at: number; kind: MessageKind; by: string | null } | null;
  /** One line around what was found, to be marked by `marksIn`. */
  snippet: string;
}

export interface SearchHits {
  /** It is in the caller's name or number. */
  isCaller: boolean;
  /** The newest few. */
  messages: SearchHit[];
  /** There are older ones. */
  isMore: boolean;
}

export type FoundConversation = ConversationSummary & { hits?: SearchHits };

/** Of one conversation. */
export const HITS_SHOWN = 3;
