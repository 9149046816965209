import { formatNumber } from '../numbers/format-number.ts';
import type { Activity, Decision, ReceivedRequest } from './activity.ts';

/** What staff see of callers whom they have no conversation with: enough to recognise one, not enough to call. */

const HIDDEN = '•';

/** `(206) 202-••23`, `+44 … ••58`, and of anything that is no number all digits. */
export function maskedCaller(caller: string): string {
  return /^\+\d{7,15}$/.test(caller) ? hideTwo(formatNumber(caller)) : hideDigits(caller);
}

/** The two digits before the last two. */
function hideTwo(number: string): string {
  return number.replace(/\d{2}(?=\d{2}$)/, HIDDEN.repeat(2));
}

/** Digits of every script, so that no way of writing a number gets past. */
function hideDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, HIDDEN);
}

const NUMBER_IN_WORDS = /\+?\(?\p{Nd}(?:[\s().\-/\u2010-\u2015]*\p{Nd}){5,}/gu;

/** Our own sentences: times and counts in them stay, what is long enough for a number goes. */
export function maskedWords(words: string): string {
  return words
    .replace(NUMBER_IN_WORDS, hideDigits)
    .replace(/\S+/g, (word) => ((word.match(/\p{Nd}/gu)?.length ?? 0) < 5 ? word : hideDigits(word)));
}

/**
 * A number can be percent-encoded, escaped in JSON, spaced, or split: whatever it looks like, it is digits in
 * the end, so none is shown.
 */
export function maskedRequest(request: ReceivedRequest): ReceivedRequest {
  return { ...request, query: hideDigits(request.query), body: hideDigits(request.body) };
}

export function maskedActivity(activity: Activity): Activity {
  return {
    ...activity,
    caller: activity.caller === null ? null : maskedCaller(activity.caller),
    request: maskedRequest(activity.request),
    decisions: maskedDecisions(activity.decisions),
  };
}

export function maskedDecisions(decisions: readonly Decision[]): Decision[] {
  return decisions.map((decision) => ({ ...decision, words: maskedWords(decision.words) }));
}
