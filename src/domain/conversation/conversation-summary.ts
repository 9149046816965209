import type { Caller } from '../patients/caller-match.ts';
import type { UseCase } from '../triggers/use-case.ts';
import type { Consent } from './consent.ts';
import type { FailureReason } from './failure-reason.ts';
import type { MessageKind, StaffRef } from './message.ts';

export const CONVERSATION_STATES = ['open', 'snoozed', 'done'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

/** Characters of the last message that a row of the list shows. */
export const SNIPPET_LENGTH = 140;

/** What the inbox list knows of a conversation, and the head of an opened one. Pushed whole, never in parts. */
export interface ConversationSummary {
  /** The object's own 64-hex id, so that no address carries a phone number. */
  id: string;
  /** Grows by one with every change; an inbox applies only what is newer. */
  version: number;
  practiceId: string;
  line: { id: string; name: string; number: string };
  caller: Caller;
  /** BCP 47, from the trigger that began the conversation. */
  language: string;
  useCase: UseCase | null;
  state: ConversationState;
  assignee: StaffRef | null;
  snoozedUntil: number | null;
  /** Since when somebody has been owed an answer; null when nobody is. */
  waitingSince: number | null;
  /** The caller wrote that it cannot wait, in these words and since then; until somebody answers or says that it can. */
  urgent: { phrase: string; at: number } | null;
  /** Texts from the caller that nobody has opened yet. */
  unread: number;
  last: { at: number; kind: MessageKind; snippet: string };
  /** Why the newest text out did not arrive, until the next one does or the caller writes. */
  problem: FailureReason | null;
  consent: Consent;
  /** The caller wrote what sounds like a wish to get no more texts; staff record it, or say that it is none. */
  isOptOutSuggested: boolean;
  /** Learnt from the carrier, and forgotten as soon as a text comes from there. */
  cannotText: 'landline' | 'invalid-number' | null;
  /** On the enterprise's do-not-text list: nothing leaves, whatever the caller or staff say. */
  doNotText: boolean;
  createdAt: number;
  /** The newest message's `seq`: how far an index of the messages has to reach. */
  lastSeq: number;
}
