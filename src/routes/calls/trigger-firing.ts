import {
  type Activity,
  type ActivityStart,
  type Decision,
  withDecisions,
} from '../../domain/activity/activity.ts';
import type { SkipReason } from '../../domain/activity/skip-reason.ts';
import { decideTrigger, type TriggerDecision } from '../../domain/triggers/trigger-decision.ts';
import type { Env } from '../../env.ts';
import type { TriggerRequest } from '../../phone-systems/reading.ts';
import { scheduleOf } from '../../practices/hours.ts';
import { neverTexted } from '../../practices/never-texted.ts';
import { Problem } from '../../problem.ts';
import { conversationOf } from '../conversations/conversation-address.ts';
import { callIdsOf } from './call-key.ts';
import { type Decided, fire } from './fire.ts';
import { type Arrival, activityStart, ended } from './firing-activity.ts';
import { matchCaller } from './match-caller.ts';
import { type Guarded, guardCaller } from './trigger-guard.ts';

export type HookAnswer =
  | { result: 'texting'; conversation: string }
  | { result: 'held'; until: string; conversation: string }
  | { result: 'skipped'; reason: SkipReason; conversation?: string };

/** `activity` is null where the conversation tells the inbox itself. */
export interface Fired {
  answer: HookAnswer | Problem;
  activity: Activity | null;
}

const RETRY_AFTER_SECONDS = 5;

const OTHER_EVENT: Decision = {
  check: 'request',
  isPassed: false,
  words: 'The phone system tells of something else than a caller who gave up or asked for a text.',
};

/** From a request that was read to what is answered and why: the one place in which a trigger is decided. */
export async function fireTrigger(env: Env, arrival: Arrival, request: TriggerRequest): Promise<Fired> {
  const { trigger, at } = arrival;
  const { practiceId, line, rules } = trigger;
  const hours = rules.hoursRule === 'always' ? null : await scheduleOf(env.DB, practiceId, line.id, at);
  const decided = decideTrigger({
    caller: request.caller,
    callerFrom: request.callerFrom,
    happenedAt: request.happenedAt,
    now: at,
    trigger,
    schedule: hours?.schedule ?? null,
    ...(await neverTexted(env.DB, at)),
  });
  const start = activityStart(arrival, request, decided);
  if (request.happened === 'other') return skipped('other-event', { ...start, decisions: [OTHER_EVENT] });
  if (decided.caller !== null && request.happened === 'answered')
    return gotThrough(env, arrival, request, decided.caller, start);
  if (decided.caller !== null && !request.isDryRun) {
    const guarded = guardCaller(trigger.line.id, decided.caller, at);
    if (!guarded.pass) return refusedForPace(guarded, start);
  }
  switch (decided.decision) {
    case 'refuse':
      return { answer: new Problem(decided.problem), activity: ended(start, decided.problem) };
    case 'skip':
      return skipped(decided.reason, start);
    case 'text':
      return record(env, arrival, request, decided, start);
  }
}

async function record(
  env: Env,
  { trigger, at }: Arrival,
  request: TriggerRequest,
  { caller, text, heldUntil }: Extract<TriggerDecision, { decision: 'text' }>,
  activity: ActivityStart,
): Promise<Fired> {
  const { practiceId, line, useCase, language, rules } = trigger;
  const conversation = conversationOf(env, line.id, caller);
  const matching = matchCaller(env, { practiceId, lineId: line.id, caller });
  const ids = await callIdsOf(line.id, caller, request.callId, useCase);
  const match = await matching.inTime;
  const firing = { ...ids, practiceId, line, caller, useCase, language, text, rules, firedAt: at, heldUntil };
  const { isDryRun, waitedSeconds } = request;
  const result = await fire(env, conversation, {
    ...firing,
    waitedSeconds,
    lineType: null,
    isDryRun,
    activity,
    match,
  }).catch((error: unknown) => busyOr(error));
  if (result instanceof Problem) return { answer: result, activity: ended(activity, 'unavailable') };
  matching.seeToLate();
  return { answer: answerTo(result, conversation.id.toString()), activity: result.activity };
}

function answerTo(result: Decided, conversation: string): HookAnswer {
  const { outcome } = result;
  if (outcome === 'texting') return { result: 'texting', conversation };
  if (outcome === 'held')
    return { result: 'held', until: new Date(result.until).toISOString(), conversation };
  return outcome === 'dry-run'
    ? { result: 'skipped', reason: 'dry-run' }
    : { result: 'skipped', reason: outcome, conversation };
}

async function gotThrough(
  env: Env,
  { trigger, at }: Arrival,
  { callId }: TriggerRequest,
  caller: string,
  activity: ActivityStart,
): Promise<Fired> {
  const { callKey } = await callIdsOf(trigger.line.id, caller, callId, trigger.useCase);
  const conversation = conversationOf(env, trigger.line.id, caller);
  const told = await conversation
    .gotThrough({ callKey, at, activity })
    .catch((error: unknown) => busyOr(error));
  if (told instanceof Problem) return { answer: told, activity: ended(activity, 'unavailable') };
  return { answer: { result: 'skipped', reason: told.outcome }, activity: told.activity };
}

function refusedForPace({ code, wait }: Exclude<Guarded, { pass: true }>, activity: ActivityStart): Fired {
  const words = 'This caller was reported more often than anybody can call: a loop, or somebody who plays.';
  const decided = withDecisions(activity, { check: 'pace-of-requests', isPassed: false, words });
  return {
    answer: new Problem(code, { retryAfter: Math.max(1, Math.ceil(wait / 1000)) }),
    activity: ended(decided, code),
  };
}

function skipped(reason: SkipReason, activity: ActivityStart): Fired {
  return { answer: { result: 'skipped', reason }, activity: ended(activity, reason) };
}

/** A problem that the phone system can do something about; anything else is thrown. */
export function busyOr(error: unknown): Problem {
  if (!isBusy(error)) throw error;
  return new Problem('unavailable', { retryAfter: RETRY_AFTER_SECONDS });
}

/** The runtime marks its own errors so: an object that has too much to do, or that was just restarted. */
function isBusy(error: unknown): boolean {
  const { overloaded, retryable } = error as { overloaded?: unknown; retryable?: unknown };
  return overloaded === true || retryable === true;
}
