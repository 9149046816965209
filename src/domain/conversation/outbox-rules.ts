/** When a text that could not leave is tried again, and when trying ends. All durations in milliseconds. */

/** Together more than the half hour that a carrier may be in trouble for; then a person decides. */
const BACKOFF_SECONDS = [1, 2, 5, 15, 60, 300, 900, 900, 900] as const;

/** A first text that comes late confuses more than it helps. */
export const AUTOMATIC_TEXT_LIFETIME_MS = 15 * 60_000;

/** An opt-out may be confirmed within five minutes, and not later: 47 CFR 64.1200(a)(12). */
export const KEYWORD_ANSWER_LIFETIME_MS = 5 * 60_000;

/** A wait shorter than this is none: an alarm for it would cost more than it orders. */
export const SHORTEST_WAIT_MS = 250;

/** A phone that was off may be on again by then; it is tried once more and not again. */
export const UNREACHABLE_RETRY_MS = 60_000;

/** How long a claimed text may be under way before we must assume that the object died over it. */
export const CLAIM_LEASE_MS = 15_000;

/** A carrier that has not answered by then counts as silent; well inside the lease. */
export const CARRIER_TIMEOUT_MS = 10_000;

/**
 * The alarm that finishes what an interrupted turn began. Sooner than an idle object leaves memory (10 s): one that
 * is still there knows that nothing is left, and need not be read, and publish, once more.
 */
export const BACKSTOP_MS = 5_000;

/**
 * Delay before the next attempt, ±20 % so that a recovering carrier is not hit in step;
 * null when there have been enough. `randomUnit` is in [0, 1).
 */
export function backoffMs(attemptsMade: number, randomUnit: number): number | null {
  const seconds = BACKOFF_SECONDS[attemptsMade - 1];
  return seconds === undefined ? null : Math.round(seconds * 1000 * (0.8 + 0.4 * randomUnit));
}
