import { type AfterHours, textIn } from './after-hours.ts';
import { looksAutomatic } from './automatic-wording.ts';
import { consentText } from './consent.ts';
import type { TextInMeaning } from './text-in-meaning.ts';

export interface Answered {
  body: string;
  meaning: TextInMeaning;
  language: string;
  practiceName: string;
  doNotText: boolean;
  carrierAnswersKeywords: boolean;
  afterHours: AfterHours | null;
  /** The closed period in which this caller has had the after-hours reply. */
  repliedAfterHoursOf: number | null;
}

export interface AutomaticAnswer {
  text: string;
  isAfterHours: boolean;
}

/**
 * What we answer to a text from a caller without a person: to a keyword, unless the carrier does, or else the
 * after-hours reply. Null for nothing.
 */
export function automaticAnswerTo(answered: Answered): AutomaticAnswer | null {
  const { body, meaning, language, afterHours } = answered;
  if (answered.doNotText) return null;
  if (meaning.answer !== null) {
    if (answered.carrierAnswersKeywords) return null;
    return { text: consentText(meaning.answer, language, answered.practiceName), isAfterHours: false };
  }
  if (afterHours === null || meaning.consent.state === 'opted-out') return null;
  // Once is enough; and two machines that answer each other would never end.
  if (answered.repliedAfterHoursOf === afterHours.closedSince || looksAutomatic(body)) return null;
  const text = textIn(afterHours.text, language);
  return text === null ? null : { text, isAfterHours: true };
}
