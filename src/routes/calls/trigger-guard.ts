import { networkOf } from '../../domain/people/sign-in-limits.ts';
import { TokenBuckets } from '../../domain/triggers/token-bucket.ts';

/**
 * Keeps floods away from what real calls need. In memory, isolate by isolate: a counter that all share would cost
 * every call a hop and a row, and a flood is stopped where it arrives. Far above what a practice's phones do: a
 * thousand callers may hang up in the same moment.
 */
const OF_TRIGGER = { burst: 1_000, perSecond: 100 };
const OF_ADDRESS = { burst: 2_000, perSecond: 200 };
/** One phone cannot call, wait and hang up more often; vendors repeat a report five times at most. */
const OF_CALLER = { burst: 120, perSecond: 1 };
/** Of addresses that are no trigger's: somebody is guessing, or a phone system was set up wrong. */
const OF_STRANGER = { burst: 60, perSecond: 1 };

/** More than this many under way at once would all be answered too late; better some are told to come back. */
const MAX_UNDER_WAY = 192;
const BUSY_RETRY_MS = 2_000;

const triggers = new TokenBuckets(OF_TRIGGER);
const addresses = new TokenBuckets(OF_ADDRESS);
const callers = new TokenBuckets(OF_CALLER);
const strangers = new TokenBuckets(OF_STRANGER);
let underWay = 0;

/** `wait`: milliseconds until it is worth asking again. */
export type Guarded =
  | { pass: true }
  | { pass: false; code: 'too-many-requests' | 'unavailable'; wait: number };

const PASS = { pass: true } as const;

/** Before anything is read. `address` is the network address that the platform reports, if it does. */
export function guardTrigger(triggerId: string, address: string | undefined, now: number): Guarded {
  if (underWay > MAX_UNDER_WAY) return { pass: false, code: 'unavailable', wait: BUSY_RETRY_MS };
  const wait = triggers.take(triggerId, now) ?? ofAddress(addresses, address, now);
  return wait === null ? PASS : { pass: false, code: 'too-many-requests', wait };
}

/** Once the caller is known; E.164. */
export function guardCaller(lineId: string, caller: string, now: number): Guarded {
  const wait = callers.take(`${lineId} ${caller}`, now);
  return wait === null ? PASS : { pass: false, code: 'too-many-requests', wait };
}

export function guardStranger(address: string | undefined, now: number): Guarded {
  const wait = ofAddress(strangers, address, now);
  return wait === null ? PASS : { pass: false, code: 'too-many-requests', wait };
}

export async function countedAsUnderWay<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
  }
}

function ofAddress(buckets: TokenBuckets, address: string | undefined, now: number): number | null {
  return address === undefined ? null : buckets.take(networkOf(address), now);
}
