import type { CarrierName } from '../calls/firing.ts';
import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import { needsAttention } from '../conversation/delivery-status.ts';
import type { FailureReason } from '../conversation/failure-reason.ts';
import type { Message } from '../conversation/message.ts';

/** Why texts of a line fail until somebody puts its account right; the graver one first. */
export const ACCOUNT_TROUBLES = ['account', 'spam-filtered'] as const satisfies readonly FailureReason[];
export type AccountTrouble = (typeof ACCOUNT_TROUBLES)[number];

/** Something about a line that its practice's managers should hear of. `count`: how often it has happened. */
export type Trouble = { line: { id: string; name: string }; carrier: CarrierName; count: number } & (
  | { kind: 'account'; detail: AccountTrouble }
  /** Who sent the request is not known: it may be the carrier with another key, or anybody else. */
  | { kind: 'signature'; detail: null }
  /** Texts that were lost on their way to us, and are in the inbox now. */
  | { kind: 'recovered'; detail: null }
);

export type AlarmKind = Trouble['kind'];

/** One of each kind for each line, until a manager dismisses it. */
export type PracticeAlarm = Trouble & {
  /** Of this one: what happens after a dismissal is a new alarm. */
  id: string;
  firstAt: number;
  lastAt: number;
};

/** What an inbox has just learnt about a conversation. */
export interface Learnt {
  summary: ConversationSummary;
  /** Those that are new or have changed. */
  messages: readonly Message[];
  carrier: CarrierName;
  /** False for what it knew already. */
  isNewer: boolean;
  /** The problem is the one that the summary before had. */
  hadProblem: boolean;
}

/**
 * Null where no text has just failed because of the account. Derived from the state, so that it needs no push
 * of its own: a conversation that is read or assigned keeps its problem, and only another failure counts again.
 */
export function accountTroubleIn(learnt: Learnt): Trouble | null {
  const { summary, messages, carrier, isNewer, hadProblem } = learnt;
  const detail = ACCOUNT_TROUBLES.find((trouble) => trouble === summary.problem);
  if (detail === undefined || !isNewer) return null;
  const hasJustFailed = messages.some(
    ({ delivery }) => delivery?.reason === detail && needsAttention(delivery.status),
  );
  if (hadProblem && !hasJustFailed) return null;
  const { id, name } = summary.line;
  return { kind: 'account', detail, line: { id, name }, carrier, count: 1 };
}

/** A text that the carrier took after the last refusal has arrived, so the account works again. */
export function isOver(alarm: PracticeAlarm, { summary, messages }: Learnt): boolean {
  if (alarm.kind !== 'account' || alarm.detail !== 'account') return false;
  if (alarm.line.id !== summary.line.id) return false;
  return messages.some(
    ({ delivery }) => delivery?.status === 'delivered' && (delivery.sentAt ?? 0) > alarm.lastAt,
  );
}
