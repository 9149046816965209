import type { CallBackOutcome, CallBackReason, CallBackTry } from './call-back.ts';

/** Why a person has to call, to whoever does. */
export const REASON_WORDS: Record<CallBackReason, string> = {
  landline: 'A landline, which cannot get texts.',
  'invalid-number': 'The carrier says that this number cannot get texts.',
  'opted-out': 'Wants no texts.',
  refused: 'The carrier refused the text.',
  foreign: 'A number of another country, which this line does not text.',
};

export const TRY_WORDS: Record<CallBackTry, string> = {
  'no-answer': 'No answer',
  voicemail: 'Left a voicemail',
};

export const CLOSED_WORDS: Record<CallBackOutcome, { label: string; help: string }> = {
  reached: { label: 'Reached', help: 'You spoke with them.' },
  'not-needed': { label: 'Not needed', help: 'They were helped some other way, or called again.' },
  'wrong-number': { label: 'Wrong number', help: 'Somebody else answers there.' },
};
