/** What Telnyx's error codes mean for staff. Its API and its delivery reports use the same codes. */
import * as z from 'zod';
import type { FailureReason } from '../domain/conversation/failure-reason.ts';

/** As Telnyx lists what went wrong, in answers and in reports. */
export const errorList = z.array(z.object({ code: z.coerce.string() })).nullish();

/** Of https://developers.telnyx.com/docs/messaging/messages/error-codes, what a text between two numbers can meet. */
const REASONS: ReadonlyMap<string, FailureReason> = new Map([
  // The number of the caller.
  ['40001', 'landline'], // not routable: a landline, or a mobile number that is none
  ['40012', 'invalid-number'], // refused by the caller's carrier
  ['40301', 'invalid-number'], // cannot get this kind of text
  ['40310', 'invalid-number'],
  ['40319', 'invalid-number'], // cannot get this kind of text
  ['40004', 'unreachable'], // refused over there, for a reason that Telnyx was not told
  ['40005', 'unreachable'], // expired on the way
  ['40006', 'unreachable'], // the caller's carrier does not answer
  ['40008', 'unreachable'], // not taken by the caller's carrier
  ['40300', 'blocked'], // answered STOP to this line, or to another one of its messaging profile
  // The text.
  ['40002', 'spam-filtered'], // for now
  ['40003', 'spam-filtered'], // and the line with it, for good
  ['40015', 'spam-filtered'], // by Telnyx itself
  ['40017', 'spam-filtered'], // by AT&T
  ['40322', 'spam-filtered'],
  // The account and its line: every text fails until somebody puts it right.
  ['10009', 'account'], // wrong key
  ['10010', 'account'], // key may not send
  ['20002', 'account'], // key revoked
  ['20006', 'account'], // key expired
  ['20012', 'account'], // account inactive
  ['20013', 'account'], // account blocked
  ['20014', 'account'], // account not verified
  ['20015', 'account'], // feature not enabled
  ['20016', 'account'], // account not verified far enough
  ['20017', 'account'],
  ['20100', 'account'], // no money left
  ['40010', 'account'], // number not registered with a campaign
  ['40011', 'account'], // more than the networks take from this line
  ['40013', 'account'], // line refused by the caller's carrier
  ['40016', 'account'], // daily cap at T-Mobile
  ['40018', 'account'], // cap at AT&T
  ['40100', 'account'], // line not enabled for texts
  ['40150', 'account'], // toll-free number not in the registry
  ['40151', 'account'], // line still enabled for texts with somebody else
  ['40305', 'account'], // line not of this account, or not in a messaging profile
  ['40309', 'account'], // region not enabled
  ['40312', 'account'], // messaging profile disabled
  ['40314', 'account'], // texts disabled
  ['40315', 'account'], // line taken for a sender of unwanted texts
  ['40320', 'account'], // line not bought yet
  ['40321', 'account'], // no line in the messaging profile
  ['40329', 'account'], // toll-free number not verified
  ['40333', 'account'], // daily spending limit of the messaging profile
]);

/** Nothing was taken, and the same text will be once there is room again. */
const SLOW_DOWN: ReadonlySet<string> = new Set([
  '10011', // too many requests
  '40318', // too many texts of this line are waiting
]);

/** Null where no code says anything about what to do. */
export function reasonOf(errors: z.infer<typeof errorList>): FailureReason | null {
  for (const { code } of errors ?? []) {
    const reason = REASONS.get(code);
    if (reason !== undefined) return reason;
  }
  return null;
}

export function asksToSlowDown(errors: z.infer<typeof errorList>): boolean {
  return (errors ?? []).some(({ code }) => SLOW_DOWN.has(code));
}
