import type { StaffRef } from '../conversation/message.ts';

/** Work for a human where a text cannot reach the caller. */

export const CALL_BACK_REASONS = ['landline', 'invalid-number', 'opted-out', 'refused', 'foreign'] as const;
export type CallBackReason = (typeof CALL_BACK_REASONS)[number];

/** `no-answer` and `voicemail` count a try; the others close the task. */
export const CALL_BACK_OUTCOMES = ['reached', 'not-needed', 'wrong-number'] as const;
export type CallBackOutcome = (typeof CALL_BACK_OUTCOMES)[number];
export const CALL_BACK_TRIES = ['no-answer', 'voicemail'] as const;
export type CallBackTry = (typeof CALL_BACK_TRIES)[number];

export interface Tried {
  at: number;
  by: string;
  what: CallBackTry;
}

export interface Closed {
  at: number;
  by: string;
  outcome: CallBackOutcome;
  note: string | null;
}

/** At most one that is open for each line and caller: calling again adds to it. */
export interface CallBack {
  /** Sorts by `since`. */
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
  /** When the caller last wrote by text since; staff see it, and decide whether a call is still needed. */
  textedAt: number | null;
  tries: Tried[];
  claimedBy: StaffRef | null;
  closed: Closed | null;
}

export const CALL_BACK_STATES = ['open', 'closed'] as const;
export type CallBackState = (typeof CALL_BACK_STATES)[number];

/** Call-backs of one page. */
export const CALL_BACKS_PER_PAGE = 50;
export const MAX_CALL_BACK_NOTE = 500;

/** Closed ones are kept for so long. */
export const CALL_BACK_DAYS = 365;

/** The last of a page; `closedAt` is 0 among open ones. */
export type CallBackCursor = readonly [closedAt: number, id: string];

export function callBackCursor({ closed, id }: CallBack): string {
  return `${closed?.at ?? 0}.${id}`;
}

/** Null where it is not one that `callBackCursor` made. */
export function readCallBackCursor(cursor: string): CallBackCursor | null {
  const [, closedAt, id] = /^(\d{1,16})\.([0-9a-z]{9}-[0-9a-f]{10})$/.exec(cursor) ?? [];
  return closedAt !== undefined && id !== undefined ? [Number(closedAt), id] : null;
}
