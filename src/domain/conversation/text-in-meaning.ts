import { type Consent, type ConsentText, withConsentFrom } from './consent.ts';
import { isAmbiguousOptOut, keywordIn, mayWishToOptOut } from './consent-words.ts';
import type { EventName } from './message.ts';

/** What a text from a caller means for being texted, decided before anything is recorded. */
export interface TextInMeaning {
  /** The caller's consent from now on. */
  consent: Consent;
  event: { name: Extract<EventName, 'opted-out' | 'opted-in'>; detail: string | null } | null;
  /** What we answer by ourselves, unless the carrier does. */
  answer: ConsentText | null;
  /** A keyword is not a question; anything else is, and so is one that may have meant an appointment. */
  needsReply: boolean;
  suggestsOptOut: boolean;
}

/** `at`: when it was written, which can be before what is known already where it was lost on its way to us. */
export function meaningOf(body: string, before: Consent, at: number): TextInMeaning {
  const isOptedOut = before.state === 'opted-out';
  const keyword = keywordIn(body);
  const ordinary: TextInMeaning = {
    consent: withConsentFrom(before, 'texted-in', at),
    event: null,
    answer: null,
    needsReply: true,
    suggestsOptOut: false,
  };
  if (keyword === 'opt-out') {
    const needsReply = isAmbiguousOptOut(body);
    // One confirmation at most: who is already out gets no other.
    if (isOptedOut) return { ...ordinary, needsReply };
    return {
      consent: { state: 'opted-out', source: 'texted-in', at },
      event: { name: 'opted-out', detail: needsReply ? 'CANCEL' : null },
      answer: 'opted-out',
      needsReply,
      suggestsOptOut: false,
    };
  }
  // An opt-out is never too late, but a START from before it does not take it back.
  const isAfterOptOut = isOptedOut && at >= before.at;
  if (isAfterOptOut && (keyword === 'opt-in' || keyword === 'confirm')) {
    return {
      consent: { state: 'given', source: 'texted-in', at },
      event: { name: 'opted-in', detail: null },
      answer: 'opted-in',
      needsReply: false,
      suggestsOptOut: false,
    };
  }
  if (keyword === 'help') return { ...ordinary, answer: isOptedOut ? null : 'help' };
  return { ...ordinary, suggestsOptOut: !isOptedOut && mayWishToOptOut(body) };
}
