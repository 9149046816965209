import type { MediaSource } from '../calls/firing.ts';
import type { UseCase } from '../triggers/use-case.ts';
import type { DeliveryStatus } from './delivery-status.ts';
import type { FailureReason } from './failure-reason.ts';
import type { Media } from './media.ts';

/** `automatic` and `reply` leave as texts; `text-in` came as one; `note` and `event` never leave the inbox. */
export const MESSAGE_KINDS = ['text-in', 'automatic', 'reply', 'note', 'event'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const EVENT_NAMES = [
  'done',
  'reopened',
  'assigned',
  'unassigned',
  'returned',
  'snoozed',
  'woken',
  'no-reply-needed',
  'needs-reply',
  'undone',
  'opted-out',
  'opted-in',
  'do-not-text',
  'may-text-again',
  'called-again',
  'text-cancelled',
  'not-urgent',
  'language',
  'linked',
  'unlinked',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Longest reply or note, in UTF-16 units: ten joined GSM-7 segments, what carriers accept at most. */
export const MAX_BODY_LENGTH = 1530;

export interface StaffRef {
  id: string;
  name: string;
}

/** How far a text got on its way out. `attempt` starts at 1 and grows when a text is sent again. */
export interface Delivery {
  status: DeliveryStatus;
  /** When this status was reached. */
  statusAt: number;
  /** When the carrier took the text; null until then. */
  sentAt: number | null;
  attempt: number;
  reason: FailureReason | null;
}

/** The call that led to an automatic text. */
export interface Call {
  useCase: UseCase;
  /** When the phone system told us. */
  firedAt: number;
  waitedSeconds: number | null;
  /** Its text waits until then, or waited; null where it left at once. */
  heldUntil: number | null;
}

/** Why a text that waited was called off. */
export const CANCEL_REASONS = ['got-through', 'pressed-key', 'texted-first', 'staff-wrote'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

export const CANCEL_WORDS: Record<CancelReason, string> = {
  'got-through': 'The text was called off: the caller got through to a person.',
  'pressed-key': 'The text was called off: the caller pressed the key, and that text goes instead.',
  'texted-first': 'The text was called off: the caller texted first.',
  'staff-wrote': 'The text was called off: staff wrote first.',
};

/** One entry of a conversation, the same shape in the object, over the socket and in the API. */
export interface Message {
  /** Unique in its conversation: made by the composer, the carrier or the call it belongs to. */
  id: string;
  /** 1, 2, 3 … in the order the conversation recorded them. */
  seq: number;
  kind: MessageKind;
  /** The text; empty for events, and where pictures came without words. */
  body: string;
  at: number;
  /** What a text in carried besides words, in its order. */
  media: Media[];
  /** The staff member who wrote it or did it; null for callers and for automatic entries. */
  author: StaffRef | null;
  /** Only on `automatic` and `reply`. */
  delivery: Delivery | null;
  /** Only on `automatic`, of the text that a call led to. */
  call: Call | null;
  /**
   * Only on `event`. `detail`: the assignee's name; of one that returned to the queue the name of who went offline;
   * the instant a snooze ends; of an opt-out or opt-in by staff
   * the reason, `carrier` where the carrier told us, `CANCEL` where the caller may have meant an appointment; which
   * call of the last day it is; the `CancelReason` of a text that waited; the words that were not urgent;
   * the language that was chosen; the patient's name.
   */
  event: { name: EventName; detail: string | null } | null;
  /** Only on notes, and only where somebody is named in it. */
  mentions?: StaffRef[];
}

/** What a new message says for itself, `at` where it is older than its place; the rest follows from its kind. */
export type Written = Pick<Message, 'id' | 'kind' | 'body'> &
  Partial<Pick<Message, 'author' | 'call' | 'event' | 'at' | 'mentions'>> & {
    media?: readonly MediaSource[];
  };

export function newMessage({ media = [], ...written }: Written, seq: number, at: number): Message {
  return {
    seq,
    at,
    author: null,
    call: null,
    event: null,
    delivery: leavesAsText(written.kind) ? firstDelivery(written.call?.heldUntil ?? null, at) : null,
    media: media.map(({ contentType }) => ({ contentType })),
    ...written,
  };
}

/** What leaves at once is claimed by the row that records it: a claim of its own would be one more to write. */
function firstDelivery(heldUntil: number | null, at: number): Delivery {
  const claim =
    heldUntil === null
      ? ({ status: 'sending', attempt: 1 } as const)
      : ({ status: 'queued', attempt: 0 } as const);
  return { ...claim, statusAt: at, sentAt: null, reason: null };
}

function leavesAsText(kind: MessageKind): boolean {
  return kind === 'automatic' || kind === 'reply';
}
