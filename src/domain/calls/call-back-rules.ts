import type { Activity, ActivityOutcome } from '../activity/activity.ts';
import type { FailureReason } from '../conversation/failure-reason.ts';
import type { StaffRef } from '../conversation/message.ts';
import { readCaller } from '../numbers/phone-number.ts';
import type { CallBack, CallBackOutcome, CallBackReason, CallBackTry } from './call-back.ts';

/** When somebody has to be called back, and what becomes of that task. */

export interface Unreached {
  reason: CallBackReason;
  /** E.164. */
  caller: string;
}

/**
 * What cannot be called back opens nothing: a withheld number is not known, and toll-free, premium and
 * fictional ones reach nobody who was on the phone. A foreign one does.
 */
export function unreachedIn(activity: Activity): Unreached | null {
  const { outcome, caller, conversationId, isDryRun } = activity;
  if (isDryRun || caller === null) return null;
  if (outcome === 'landline' || outcome === 'opted-out') return { reason: outcome, caller };
  if (outcome !== 'not-textable') return null;
  if (conversationId !== null) return { reason: 'invalid-number', caller };
  const foreign = foreignNumber(caller);
  return foreign === null ? null : { reason: 'foreign', caller: foreign };
}

function foreignNumber(caller: string): string | null {
  const read = readCaller(caller);
  if (read.kind !== 'not-textable' || read.why !== 'foreign') return null;
  return `+${caller.replace(/\D/g, '').replace(/^(?:011|00)/, '')}`;
}

/** Null where trying again, or another wording, may still reach the caller by text. */
export function reasonOfFailure(problem: FailureReason | null): CallBackReason | null {
  switch (problem) {
    case 'landline':
    case 'invalid-number':
    case 'refused':
      return problem;
    case 'blocked':
    case 'do-not-text':
      return 'opted-out';
    case 'unreachable':
    case 'spam-filtered':
    case 'account':
    case 'expired':
    case 'carrier-silent':
    case 'outcome-unknown':
    case null:
      return null;
  }
}

/** A call of its own, and not another report of one that is known, a refusal, or one that got through. */
const CALLED_AGAIN: ReadonlySet<ActivityOutcome> = new Set([
  'texting',
  'held',
  'landline',
  'opted-out',
  'not-textable',
  'cooldown',
  'live-conversation',
  'closed',
  'trigger-off',
]);

export function isAnotherCall({ outcome, isDryRun }: Activity): boolean {
  return !isDryRun && CALLED_AGAIN.has(outcome);
}

export function openedCallBack(
  first: Pick<CallBack, 'id' | 'line' | 'caller' | 'conversationId' | 'reason' | 'since'>,
): CallBack {
  return {
    ...first,
    lastCallAt: first.since,
    calls: 1,
    textedAt: null,
    tries: [],
    claimedBy: null,
    closed: null,
  };
}

export function calledAgain(before: CallBack, at: number, reason: CallBackReason | null): CallBack {
  return {
    ...before,
    reason: reason ?? before.reason,
    calls: before.calls + 1,
    lastCallAt: Math.max(before.lastCallAt, at),
  };
}

export function textedMeanwhile(before: CallBack, at: number): CallBack {
  return { ...before, textedAt: Math.max(before.textedAt ?? 0, at) };
}

export type CallBackChange =
  | { claim: boolean }
  | { tried: CallBackTry }
  | { outcome: CallBackOutcome; note: string | null }
  | { reopen: true };

export type ChangedCallBack =
  | { outcome: 'changed'; callBack: CallBack }
  | { outcome: 'unchanged'; callBack: CallBack }
  /** Somebody else was first; `by` is who. */
  | { outcome: 'claimed' | 'closed'; by: string };

/** The same try, told twice by an impatient finger or a repeated request. */
const SAME_TRY_MS = 10_000;
const MAX_TRIES_KEPT = 50;

export function changedCallBack(
  before: CallBack,
  change: CallBackChange,
  staff: StaffRef,
  now: number,
): ChangedCallBack {
  if ('reopen' in change) return reopened(before);
  if (before.closed !== null) return alreadyClosed(before, before.closed, change, staff);
  if ('claim' in change) return change.claim ? claimed(before, staff) : released(before);
  if ('tried' in change) return tried(before, change.tried, staff, now);
  const closed = { at: now, by: staff.name, outcome: change.outcome, note: change.note };
  return { outcome: 'changed', callBack: { ...before, claimedBy: null, closed } };
}

function reopened(before: CallBack): ChangedCallBack {
  if (before.closed === null) return { outcome: 'unchanged', callBack: before };
  return { outcome: 'changed', callBack: { ...before, closed: null } };
}

/** Saying the same once more is no contradiction. */
function alreadyClosed(
  before: CallBack,
  closed: NonNullable<CallBack['closed']>,
  change: CallBackChange,
  staff: StaffRef,
): ChangedCallBack {
  const isSame = 'outcome' in change && change.outcome === closed.outcome && closed.by === staff.name;
  return isSame ? { outcome: 'unchanged', callBack: before } : { outcome: 'closed', by: closed.by };
}

function claimed(before: CallBack, staff: StaffRef): ChangedCallBack {
  if (before.claimedBy?.id === staff.id) return { outcome: 'unchanged', callBack: before };
  if (before.claimedBy !== null) return { outcome: 'claimed', by: before.claimedBy.name };
  return { outcome: 'changed', callBack: { ...before, claimedBy: staff } };
}

/** By anybody: whoever claimed it may have gone home. */
function released(before: CallBack): ChangedCallBack {
  if (before.claimedBy === null) return { outcome: 'unchanged', callBack: before };
  return { outcome: 'changed', callBack: { ...before, claimedBy: null } };
}

function tried(before: CallBack, what: CallBackTry, staff: StaffRef, now: number): ChangedCallBack {
  const last = before.tries.at(-1);
  const isSame = last?.by === staff.name && last.what === what && now - last.at < SAME_TRY_MS;
  if (isSame) return { outcome: 'unchanged', callBack: before };
  const tries = [...before.tries, { at: now, by: staff.name, what }].slice(-MAX_TRIES_KEPT);
  return { outcome: 'changed', callBack: { ...before, tries } };
}
