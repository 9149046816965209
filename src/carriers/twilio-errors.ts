/** What Twilio's error codes mean for staff. Its API and its delivery reports use the same numbers. */
import type { FailureReason } from '../domain/conversation/failure-reason.ts';

/** Of https://www.twilio.com/docs/api/errors, those that a text between two phone numbers can meet. */
const REASONS: ReadonlyMap<number, FailureReason> = new Map([
  // The number of the caller.
  [21211, 'invalid-number'], // not a number
  [21612, 'invalid-number'], // not reachable from this line
  [21614, 'invalid-number'], // not a mobile number
  [21635, 'landline'], // found to be one before sending
  [30003, 'unreachable'],
  [30004, 'invalid-number'], // blocked from getting texts, by the phone or its carrier
  [30005, 'invalid-number'], // unknown, may no longer exist
  [30006, 'landline'],
  [30008, 'unreachable'], // for a reason that Twilio was not told
  [21610, 'blocked'], // answered STOP to this line
  // The text.
  [30007, 'spam-filtered'],
  // The account and its line: every text fails until somebody puts it right.
  [10001, 'account'], // account not active
  [20003, 'account'], // wrong credentials
  [20005, 'account'], // account not active
  [20404, 'account'], // no such account
  [21212, 'account'], // the line is not a number
  [21408, 'account'], // region not enabled
  [21606, 'account'], // the line cannot text
  [21608, 'account'], // a trial account texts verified numbers only
  [21609, 'account'], // Twilio cannot call PUBLIC_ORIGIN
  [21659, 'account'], // the line is not a number of Twilio's
  [21660, 'account'], // the line is another account's
  [30002, 'account'], // suspended
  [30022, 'account'], // more than the campaign may send
  [30023, 'account'], // daily cap of the brand
  [30032, 'account'], // toll-free number not verified
  [30034, 'account'], // number not registered with a campaign
  [90010, 'account'], // account not active
]);

/** Nothing was taken, and the same text will be once there is room again. */
const SLOW_DOWN: ReadonlySet<number> = new Set([
  20429, // too many requests
  21611, // too many texts of this line are waiting
]);

/** Null where the code says nothing about what to do. */
export function reasonOf(code: number | null): FailureReason | null {
  return (code === null ? undefined : REASONS.get(code)) ?? null;
}

export function asksToSlowDown(code: number | null): boolean {
  return code !== null && SLOW_DOWN.has(code);
}
