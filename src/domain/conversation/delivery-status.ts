export const DELIVERY_STATUSES = [
  'queued',
  'sending',
  'unconfirmed',
  'sent',
  'delivered',
  'undelivered',
  'failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  sending: 1,
  unconfirmed: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
};

/**
 * Reports come late, repeated and out of order. A status only ever moves forward, and the first final
 * one stays: what a newer attempt does is another attempt's status, not a step back of this one.
 */
export function laterStatus(current: DeliveryStatus, reported: DeliveryStatus): DeliveryStatus {
  return RANK[reported] > RANK[current] ? reported : current;
}

/** Delivered, or given up: nothing more is done about it unless a person asks. */
export function isFinal(status: DeliveryStatus): boolean {
  return RANK[status] === 4;
}

/** A person has to look: the text did not, or may not have, reached the caller. */
export function needsAttention(status: DeliveryStatus): boolean {
  return status === 'failed' || status === 'undelivered' || status === 'unconfirmed';
}
