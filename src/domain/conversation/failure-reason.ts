/** Why a text did not reach the caller. Carriers' codes are turned into these at the carrier's own door. */
export const FAILURE_REASONS = [
  'landline',
  'unreachable',
  'blocked',
  'do-not-text',
  'invalid-number',
  'refused',
  'spam-filtered',
  'account',
  'expired',
  'carrier-silent',
  'outcome-unknown',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What staff read: what happened, then what to do. */
export const FAILURE_WORDS: Record<FailureReason, string> = {
  landline: 'This is a landline. It cannot get texts: call back.',
  unreachable: 'The phone could not be reached. It may be off or out of range: try again later or call.',
  blocked: 'This caller has opted out of texts from this line: call back.',
  'do-not-text': 'This number is on the do-not-text list of the enterprise. Nothing was sent: call back.',
  'invalid-number': 'The carrier says that this number cannot get texts: call back.',
  refused: 'The carrier refused this text. Nothing was sent.',
  'spam-filtered':
    'The carrier took this for unwanted advertising and did not deliver it. Say it differently, or call.',
  account: 'The carrier does not let this line send at the moment. A manager has to look at the account.',
  expired: 'It could not be sent in time, so it was dropped. The caller got no text: call back.',
  'carrier-silent': 'The carrier could not be reached. Nothing was sent: send it again when you are ready.',
  'outcome-unknown': 'The carrier did not say whether this was sent. Ask the caller, or send it again.',
};
