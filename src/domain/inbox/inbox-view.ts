import type { ConversationSummary } from '../conversation/conversation-summary.ts';

/** In the order in which staff are offered them; the first one is where an inbox opens. */
export const INBOX_VIEWS = [
  'needs-reply',
  'mine',
  'unassigned',
  'awaiting-caller',
  'open',
  'snoozed',
  'done',
] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];
export const FIRST_VIEW: InboxView = 'needs-reply';

/** Conversations of one page of a view. */
export const PAGE_SIZE = 50;

export type InboxCounts = Record<InboxView, number>;

/**
 * Where a conversation stands in the inbox. One number, so that one index serves every view:
 * open is 1 and 2, in that order, which puts those who wait before those we wait for.
 */
export const BUCKET = { needsReply: 1, awaitingCaller: 2, snoozed: 3, done: 4 } as const;
export type Bucket = (typeof BUCKET)[keyof typeof BUCKET];

export interface Place {
  bucket: Bucket;
  /** Ascending within the bucket: urgent and then longest waiting, then most recent, then soonest awake. */
  rank: number;
  /** Empty string: nobody's. */
  assigneeId: string;
}

type Placed = Pick<
  ConversationSummary,
  'state' | 'waitingSince' | 'urgent' | 'snoozedUntil' | 'assignee' | 'last'
>;

/** Earlier than anybody can be waiting since, so that whoever is in danger stands before all others. */
const URGENT_BEFORE_MS = 10_000_000_000_000;

export function placeOf(conversation: Placed): Place {
  const assigneeId = conversation.assignee?.id ?? '';
  switch (conversation.state) {
    case 'open':
      return conversation.waitingSince === null
        ? { bucket: BUCKET.awaitingCaller, rank: -conversation.last.at, assigneeId }
        : {
            bucket: BUCKET.needsReply,
            rank: rankOfWaiting(conversation.waitingSince, conversation),
            assigneeId,
          };
    case 'snoozed':
      return { bucket: BUCKET.snoozed, rank: conversation.snoozedUntil ?? 0, assigneeId };
    case 'done':
      return { bucket: BUCKET.done, rank: -conversation.last.at, assigneeId };
  }
}

/** An inbox may still hold summaries from before anything could be urgent. */
function rankOfWaiting(since: number, { urgent }: Placed): number {
  return urgent ? urgent.at - URGENT_BEFORE_MS : since;
}

/** The order of every view: by bucket, then rank, then id, so that no two are ever equal. */
export function comparePlaces(a: ConversationSummary, b: ConversationSummary): number {
  return compareCursors(pointOf(a), pointOf(b));
}

function compareCursors(a: PageCursor, b: PageCursor): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

export function pointOf(conversation: ConversationSummary): PageCursor {
  const { bucket, rank } = placeOf(conversation);
  return [bucket, rank, conversation.id];
}

/** Whether it is among what the pages up to `cursor` are about. */
export function isUpTo(cursor: PageCursor, conversation: ConversationSummary): boolean {
  return compareCursors(pointOf(conversation), cursor) <= 0;
}

/** From the first bucket of a view to its last one. */
export const BUCKETS_OF: Record<InboxView, readonly [Bucket, Bucket]> = {
  'needs-reply': [BUCKET.needsReply, BUCKET.needsReply],
  mine: [BUCKET.needsReply, BUCKET.awaitingCaller],
  unassigned: [BUCKET.needsReply, BUCKET.awaitingCaller],
  'awaiting-caller': [BUCKET.awaitingCaller, BUCKET.awaitingCaller],
  open: [BUCKET.needsReply, BUCKET.awaitingCaller],
  snoozed: [BUCKET.snoozed, BUCKET.snoozed],
  done: [BUCKET.done, BUCKET.done],
};

export function isInView(view: InboxView, conversation: Placed, staffId: string): boolean {
  const { bucket, assigneeId } = placeOf(conversation);
  const [first, last] = BUCKETS_OF[view];
  if (bucket < first || bucket > last) return false;
  switch (view) {
    case 'mine':
      return assigneeId === staffId;
    case 'unassigned':
      return assigneeId === '';
    case 'needs-reply':
    case 'awaiting-caller':
    case 'open':
    case 'snoozed':
    case 'done':
      return true;
  }
}

/** The last conversation that was looked at for a page: what comes after it is the next one. */
export type PageCursor = readonly [bucket: number, rank: number, id: string];

export function cursorAfter(conversation: ConversationSummary): string {
  return pointOf(conversation).join('.');
}

/** Null where it is not one that `cursorAfter` made. */
export function readCursor(cursor: string): PageCursor | null {
  const parts = /^([1-4])\.(-?\d{1,16})\.([0-9a-f]{64})$/.exec(cursor);
  return parts?.[3] ? [Number(parts[1]), Number(parts[2]), parts[3]] : null;
}
