import type { UseCase } from '../triggers/use-case.ts';
import { SKIP_REASONS } from './skip-reason.ts';

/** What became of a trigger that fired: a text, one that waits, one that was called off, none, or a refusal. */
export const REFUSALS = [
  'unknown-trigger',
  'missing-caller',
  'unreadable-caller',
  'malformed-request',
  'too-large',
  'wrong-media-type',
  'wrong-method',
  'too-many-requests',
  'unavailable',
  'internal',
] as const;
export const ACTIVITY_OUTCOMES = ['texting', 'held', 'cancelled', ...SKIP_REASONS, ...REFUSALS] as const;
export type ActivityOutcome = (typeof ACTIVITY_OUTCOMES)[number];

/** What was looked at on the way to the outcome, in the order in which it was. */
export const CHECKS = [
  'address',
  'pace-of-requests',
  'request',
  'caller',
  'own-number',
  'do-not-text',
  'switched-on',
  'time-of-call',
  'hours',
  'same-call',
  'same-journey',
  'got-through',
  'consent',
  'line-type',
  'live-conversation',
  'cooldown',
  'dry-run',
  'hold',
  'text',
] as const;
export type Check = (typeof CHECKS)[number];

/** `words` say what was found, to people; the last one that is not passed is why there was no text. */
export interface Decision {
  check: Check;
  isPassed: boolean;
  words: string;
}

/** The request as it came, cut to what is worth keeping. The token in its path is masked. */
export interface ReceivedRequest {
  method: string;
  path: string;
  /** Without the question mark. */
  query: string;
  contentType: string | null;
  body: string;
  /** Query or body were longer than what is kept, or the body was not read at all. */
  isCut: boolean;
}

/** One firing of a trigger of the practice, and why it did or did not lead to a text. */
export interface Activity {
  /** Sorts by time: `activityId`. */
  id: string;
  /** When the request arrived. */
  at: number;
  outcome: ActivityOutcome;
  trigger: { id: string; useCase: UseCase; language: string };
  /** Through an address that was replaced and works for a day more. */
  isOldAddress: boolean;
  line: { id: string; name: string };
  /** The phone system that was named or recognised: an id of src/phone-systems. */
  phoneSystem: string;
  /** E.164 where it could be read, else what came instead; null where nothing did. */
  caller: string | null;
  /** The name under which the caller came, as it was written. */
  callerFrom: string | null;
  waitedSeconds: number | null;
  /** From the arrival of the request to the decision. */
  decidedInMs: number;
  /** When a text that waits leaves. */
  heldUntil: number | null;
  conversationId: string | null;
  /** Of the text that it led to. */
  messageId: string | null;
  /** Like requests that were refused in a flood are kept as one. */
  count: number;
  isDryRun: boolean;
  request: ReceivedRequest;
  decisions: Decision[];
}

/** Everything but what the conversation decides. */
export type ActivityStart = Omit<Activity, 'outcome' | 'heldUntil' | 'conversationId' | 'messageId'>;

/** What was decided further on, after what is there. */
export function withDecisions(start: ActivityStart, ...decisions: Decision[]): ActivityStart {
  return { ...start, decisions: [...start.decisions, ...decisions] };
}

/** 40 bits of chance: two firings in one millisecond are told apart. */
export function activityId(at: number, random: Uint8Array): string {
  const tail = Array.from(random.slice(0, 5), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return firstActivityId(at) + tail;
}

/** No activity of this instant, or of a later one, sorts before it. */
export function firstActivityId(at: number): string {
  return `${at.toString(36).padStart(9, '0')}-`;
}

export const MAX_KEPT_QUERY = 1_000;
export const MAX_KEPT_BODY = 2_000;

/** Activity is kept for so long, and never more entries than that. */
export const ACTIVITY_DAYS = 30;
export const MAX_ACTIVITIES = 20_000;
