import type { Activity } from '../src/domain/activity/activity.ts';
import type { MediaSource } from '../src/domain/calls/firing.ts';
import type { DeliveryStatus } from '../src/domain/conversation/delivery-status.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import type { Message, MessageKind } from '../src/domain/conversation/message.ts';

/** A message as its row holds it. What only some messages have is one JSON value, so that it costs no other row. */
export interface MessageRow {
  seq: number;
  id: string;
  kind: MessageKind;
  body: string;
  at: number;
  detail: string | null;
  status: DeliveryStatus | null;
  status_at: number | null;
  sent_at: number | null;
  attempt: number | null;
  reason: FailureReason | null;
}

export const MESSAGE_COLUMNS = 'seq, id, kind, body, at, detail, status, status_at, sent_at, attempt, reason';

/** What belongs to a message and goes nowhere that staff look. */
export interface Unshown {
  /** The firing of a trigger that led to it: for the inbox. */
  activity?: Activity | null;
  /** Where the carrier keeps its media. */
  media?: readonly MediaSource[];
}

export type Detail = Pick<Message, 'author' | 'call' | 'event' | 'mentions'> & Unshown;

export function detailOf(
  { author, call, event, mentions }: Message,
  { activity, media }: Unshown,
): string | null {
  const hasMedia = media !== undefined && media.length > 0;
  if (!author && !call && !event && !activity && !hasMedia) return null;
  const detail: Detail = {
    author,
    call,
    event,
    ...(mentions && { mentions }),
    ...(activity && { activity }),
    ...(hasMedia && { media }),
  };
  return JSON.stringify(detail);
}

export function toMessage(row: MessageRow): Message {
  const nothing: Detail = { author: null, call: null, event: null };
  const { author, call, event, mentions, media = [] }: Detail = row.detail ? JSON.parse(row.detail) : nothing;
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    body: row.body,
    at: row.at,
    author,
    call,
    event,
    ...(mentions && { mentions }),
    // Without the references: a message goes wherever staff look.
    media: media.map(({ contentType }) => ({ contentType })),
    delivery: row.status && {
      status: row.status,
      statusAt: row.status_at ?? row.at,
      sentAt: row.sent_at,
      attempt: row.attempt ?? 0,
      reason: row.reason,
    },
  };
}
