import { type AfterHours, textIn } from '../hours/after-hours.ts';
import { says } from '../waiting/red-flags.ts';
import { looksAutomatic } from './automatic-wording.ts';
import { consentText } from './consent.ts';
import type { TextInMeaning } from './text-in-meaning.ts';

export interface Answered extends ToldWhileClosed {
  body: string;
  meaning: TextInMeaning;
  language: string;
  practiceName: string;
  doNotText: boolean;
  carrierAnswersKeywords: boolean;
  afterHours: AfterHours | null;
  emergency: AfterHours | null;
}

/** The closed periods in which this caller has had the one and the other; null for never. */
interface ToldWhileClosed {
  repliedAfterHoursOf: number | null;
  toldEmergencyOf: number | null;
}

export interface AutomaticAnswer {
  text: string;
  /** Of what goes out while it is closed: what this caller has had then. Null of the answer to a keyword. */
  afterHours: ToldWhileClosed | null;
}

/**
 * What we answer to a text from a caller without a person: to a keyword, unless the carrier does, or else the
 * after-hours reply, and with or without it what to do in an emergency. Null for nothing.
 */
export function automaticAnswerTo(answered: Answered): AutomaticAnswer | null {
  const { body, meaning, language } = answered;
  if (answered.doNotText) return null;
  if (meaning.answer !== null) {
    if (answered.carrierAnswersKeywords) return null;
    return { text: consentText(meaning.answer, language, answered.practiceName), afterHours: null };
  }
  // Two machines that answer each other would never end.
  if (meaning.consent.state === 'opted-out' || looksAutomatic(body)) return null;
  return whileClosed(answered);
}

/** Each of the two once in a closed period is enough, in one text where both are due. */
function whileClosed(answered: Answered): AutomaticAnswer | null {
  const { language, afterHours, emergency, repliedAfterHoursOf, toldEmergencyOf } = answered;
  const due = (what: AfterHours | null, toldOf: number | null) =>
    what === null || what.closedSince === toldOf ? null : textIn(what.text, language);
  const reply = due(afterHours, repliedAfterHoursOf);
  const words = due(emergency, toldEmergencyOf);
  const parts = [reply, words !== null && reply !== null && tells(reply, words) ? null : words];
  const text = parts.filter((part) => part !== null).join('\n\n');
  if (text === '') return null;
  const told = {
    repliedAfterHoursOf: reply === null ? repliedAfterHoursOf : (afterHours?.closedSince ?? null),
    toldEmergencyOf: words === null ? toldEmergencyOf : (emergency?.closedSince ?? null),
  };
  return { text, afterHours: told };
}

/** Whether the reply says it already: in these words, or with all the numbers to call. */
export function tells(reply: string, emergency: string): boolean {
  const numbers = emergency.match(/\d{3,}/g) ?? [];
  if (numbers.length > 0 && numbers.every((number) => says(reply, number))) return true;
  return says(reply, emergency);
}
