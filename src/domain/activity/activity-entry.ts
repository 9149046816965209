import type { FailureReason } from '../conversation/failure-reason.ts';
import type { Role } from '../people/signed-in.ts';
import { ACTIVITY_OUTCOMES, type Activity, type ActivityOutcome } from './activity.ts';
import type { DeliveryStep } from './activity-delivery.ts';
import { maskedCaller, maskedWords } from './activity-masking.ts';

/** What the list of activity shows of a firing. */
export type ActivityEntry = Pick<
  Activity,
  | 'id'
  | 'at'
  | 'outcome'
  | 'trigger'
  | 'line'
  | 'phoneSystem'
  | 'caller'
  | 'waitedSeconds'
  | 'decidedInMs'
  | 'heldUntil'
  | 'conversationId'
  | 'count'
  | 'isDryRun'
  | 'isOldAddress'
> & {
  /** The decision that the outcome follows from; null where every check was passed. */
  why: string | null;
  /** Why the text that it led to did not reach the caller; null where it did, or may still. */
  failure: FailureReason | null;
};

/** Managers see numbers whole; staff only where there is a conversation, which shows them anyway. */
export type Sight = 'whole' | 'masked';

export function sightOfRole(role: Role): Sight {
  return role === 'staff' ? 'masked' : 'whole';
}

export function sightOf(activity: Pick<Activity, 'conversationId'>, sight: Sight): Sight {
  return activity.conversationId === null ? sight : 'whole';
}

export function entryOf(activity: Activity, failure: FailureReason | null, sight: Sight): ActivityEntry {
  const { id, at, outcome, trigger, line, phoneSystem, caller, waitedSeconds } = activity;
  const { decidedInMs, heldUntil, conversationId, count, isDryRun, isOldAddress } = activity;
  const why = activity.decisions.findLast((decision) => !decision.isPassed)?.words ?? null;
  const isMasked = sightOf(activity, sight) === 'masked';
  return {
    id,
    at,
    outcome,
    trigger,
    line,
    phoneSystem,
    caller: isMasked && caller !== null ? maskedCaller(caller) : caller,
    waitedSeconds,
    decidedInMs,
    heldUntil,
    conversationId,
    count,
    isDryRun,
    isOldAddress,
    why: isMasked && why !== null ? maskedWords(why) : why,
    failure,
  };
}

/** Activities of one page. */
export const ACTIVITIES_PER_PAGE = 50;

/** `no-text`: everything that led to none, and was no dry run. `not-delivered`: a text that did not arrive. */
export const ACTIVITY_FILTERS = ['no-text', 'not-delivered', ...ACTIVITY_OUTCOMES] as const;
export type ActivityFilter = (typeof ACTIVITY_FILTERS)[number];

/** Outcomes that are not `no-text`. */
export const NOT_WITHOUT_TEXT: readonly ActivityOutcome[] = ['texting', 'held', 'dry-run'];

/** Callers whom no text can reach: counted, since nobody else would notice how many there are. */
export const BEYOND_TEXT = ['withheld', 'not-textable', 'landline', 'opted-out'] as const;
export type BeyondText = Record<(typeof BEYOND_TEXT)[number], { today: number; week: number }>;

export interface ActivityPage {
  activity: ActivityEntry[];
  nextCursor: string | null;
}

/** Null where it is not an `activityId`, which is also what a cursor is. */
export function readActivityId(id: string): string | null {
  return /^[0-9a-z]{9}-[0-9a-f]{10}$/.test(id) ? id : null;
}

/** A firing, opened. */
export interface ActivityDetail {
  activity: Activity;
  failure: FailureReason | null;
  /** Numbers are hidden from who asks. */
  isMasked: boolean;
  /** What the caller was texted, or was going to be. */
  text: string | null;
  steps: DeliveryStep[];
}

/** What would become of the same request now. */
export type Replayed = Pick<Activity, 'outcome' | 'decisions'>;
