import {
  type Activity,
  type ActivityOutcome,
  type ActivityStart,
  activityId,
  type ReceivedRequest,
} from '../../domain/activity/activity.ts';
import type { TriggerDecision } from '../../domain/triggers/trigger-decision.ts';
import type { TriggerRequest } from '../../phone-systems/reading.ts';
import type { Trigger } from '../../practices/triggers.ts';

/** A request that reached a trigger of ours, and when. */
export interface Arrival {
  trigger: Trigger;
  received: ReceivedRequest;
  /** Epoch ms. */
  at: number;
}

export function activityStart(
  arrival: Arrival,
  request: TriggerRequest,
  decided: TriggerDecision,
): ActivityStart {
  return {
    ...unread(arrival),
    phoneSystem: request.system,
    caller: decided.caller ?? request.caller?.trim().slice(0, 60) ?? null,
    callerFrom: request.callerFrom,
    waitedSeconds: request.waitedSeconds,
    decidedInMs: Date.now() - arrival.at,
    isDryRun: request.isDryRun,
    decisions: decided.decisions,
  };
}

/** Of a request that could not even be read. */
export function unread({ trigger, received, at }: Arrival): ActivityStart {
  const { id, useCase, language, isOldAddress, line } = trigger;
  return {
    id: activityId(at, crypto.getRandomValues(new Uint8Array(5))),
    at,
    trigger: { id, useCase, language },
    isOldAddress,
    line: { id: line.id, name: line.name },
    phoneSystem: trigger.phoneSystem ?? 'any-other',
    caller: null,
    callerFrom: null,
    waitedSeconds: null,
    decidedInMs: Date.now() - at,
    count: 1,
    isDryRun: false,
    request: received,
    decisions: [],
  };
}

/** Where it ended before any conversation was asked. */
export function ended(start: ActivityStart, outcome: ActivityOutcome): Activity {
  return { ...start, outcome, heldUntil: null, conversationId: null, messageId: null };
}
