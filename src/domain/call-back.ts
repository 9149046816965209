/** Work for a human where a text cannot reach the caller. */

export const CALL_BACK_REASONS = ['landline', 'invalid-number', 'opted-out', 'refused'] as const;
export type CallBackReason = (typeof CALL_BACK_REASONS)[number];

/** `no-answer` and `voicemail` count a try; the others close the task. */
export const CALL_BACK_OUTCOMES = ['reached', 'not-needed', 'wrong-number'] as const;
export type CallBackOutcome = (typeof CALL_BACK_OUTCOMES)[number];
export const CALL_BACK_TRIES = ['no-answer', 'voicemail'] as const;
export type CallBackTry = (typeof CALL_BACK_TRIES)[number];

/** At most one that is open for each line and caller: calling again adds to it. */
export interface CallBack {
  id: string;
  line: { id: string; name: string };
  /** E.164. */
  caller: string;
  conversationId: string | null;
  reason: CallBackReason;
  /** When the caller first called without being reachable by text. */
  since: number;
  lastCallAt: number;
  /** How often the caller called meanwhile. */
  calls: number;
  tries: { at: number; by: string; what: CallBackTry }[];
  claimedBy: { id: string; name: string } | null;
  closed: { at: number; by: string; outcome: CallBackOutcome; note: string | null } | null;
}
