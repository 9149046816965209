import { maskedCaller } from './activity-masking.ts';

/** How a caller is found in the activity: by any part of the number, in any form. */

/** The part of a number that people type: no country code of ours, no signs. What is no number stays words. */
export function callerKey(caller: string | null): string {
  if (caller === null) return '';
  const digits = caller.replace(/[^\d•]/g, '');
  return digits === '' || /\p{L}/u.test(caller) ? caller.toLowerCase() : withoutCountry(digits);
}

/** What staff may find a caller by that they see masked: what they see of it. */
export function maskedCallerKey(caller: string | null): string {
  return caller === null ? '' : callerKey(maskedCaller(caller));
}

/** What to look for in a key; null where nothing was typed that could be in one. */
export function callerPart(typed: string): string | null {
  const text = typed.trim();
  if (/\p{L}/u.test(text)) return text.toLowerCase();
  const digits = text.replace(/^\+1(?=.)/, '').replace(/\D/g, '');
  return digits === '' ? null : withoutCountry(digits);
}

function withoutCountry(digits: string): string {
  return digits.replace(/^(?:00|011)?1(?=.{10}$)/, '');
}
