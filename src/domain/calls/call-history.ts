import type { UseCase } from '../triggers/use-case.ts';

/** What a conversation remembers of a caller's calls. All instants are epoch ms, all lists oldest first. */
export interface CallHistory {
  calls: readonly RecentCall[];
  answered: readonly AnsweredCall[];
  /** When the caller or staff last texted; automatic texts do not count. */
  lastTextAt: number | null;
}

/** A report of a call that was understood, and that another one may have to be held against. */
export interface RecentCall {
  /** The same for all reports of one call; null where the phone system named none. */
  callKey: string | null;
  useCase: UseCase;
  at: number;
  /** Of the text that it led to; null where it was spared one. */
  textSeq: number | null;
  /** Until when that text waits. */
  heldUntil: number | null;
  /** The second report of a call, for the other use case. */
  isSecond: boolean;
}

/** The caller got through to a person. */
export interface AnsweredCall {
  callKey: string | null;
  at: number;
}

export const NO_HISTORY: CallHistory = { calls: [], answered: [], lastTextAt: null };

/** More than a caller can do within any window that matters. */
const KEPT = 20;

/** Without an id of the call, reports this close together may be about one call. */
const JOURNEY_WINDOW_MS = 15 * 60_000;

/** How long an answer explains a hang-up: few calls last longer. */
export const ANSWER_COUNTS_MS = 4 * 60 * 60_000;

export function isSameCall(one: AnsweredCall, other: AnsweredCall): boolean {
  if (one.callKey !== null && other.callKey !== null) return one.callKey === other.callKey;
  return Math.abs(other.at - one.at) < JOURNEY_WINDOW_MS;
}

export function withCall(history: CallHistory, call: RecentCall): CallHistory {
  return { ...history, calls: [...history.calls, call].slice(-KEPT) };
}

export function withAnswered(history: CallHistory, answered: AnsweredCall): CallHistory {
  return { ...history, answered: [...history.answered, answered].slice(-KEPT) };
}

/** A hang-up without an id uses up the answer that explains it: the next one is another call. */
export function withAnswerUsed(history: CallHistory, call: AnsweredCall): CallHistory {
  const used = history.answered.findLast((one) => isSameCall(one, call));
  const isNamed = used?.callKey !== null && call.callKey !== null;
  return isNamed ? history : { ...history, answered: history.answered.filter((one) => one !== used) };
}

/** `seq` of the texts that still wait at `at`; of one call where `ofCall` is given. */
export function waitingTexts({ calls }: CallHistory, at: number, ofCall?: AnsweredCall): number[] {
  return calls
    .filter((one) => one.heldUntil !== null && one.heldUntil > at)
    .filter((one) => ofCall === undefined || isSameCall(one, ofCall))
    .flatMap(({ textSeq }) => (textSeq === null ? [] : [textSeq]));
}

/** Those texts wait no more. */
export function withoutWaiting(history: CallHistory, seqs: readonly number[]): CallHistory {
  const calls = history.calls.map((one) =>
    one.textSeq !== null && seqs.includes(one.textSeq) ? { ...one, textSeq: null, heldUntil: null } : one,
  );
  return { ...history, calls };
}
