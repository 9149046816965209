/** Whether a caller may be texted, as staff read it; how we know is in consent-origin.ts. Pure, like format.ts. */
import type { Consent, ConsentSource } from '../../src/domain/conversation/consent.ts';

const GIVEN_BY: Record<ConsentSource, string> = {
  'pressed-key': 'pressed the key',
  'hung-up': 'hung up',
  'texted-in': 'texted us',
  staff: 'told staff',
  carrier: 'says the carrier',
};

const OPTED_OUT_BY: Record<ConsentSource, string> = { ...GIVEN_BY, 'texted-in': 'by text' };

export const DO_NOT_TEXT_LABEL = 'On the do-not-text list';

/** For the head of a conversation: one glance. */
export function consentLabel(consent: Consent): string {
  switch (consent.state) {
    case 'unknown':
      return 'Not known to want texts';
    case 'given':
      return `May be texted: ${GIVEN_BY[consent.source]}`;
    case 'opted-out':
      return `Opted out: ${OPTED_OUT_BY[consent.source]}`;
  }
}

/** The line that an opt-out or opt-in leaves in the conversation. */
export function consentEventWords(
  name: 'opted-out' | 'opted-in',
  author: string | null,
  detail: string | null,
): string {
  if (author !== null)
    return `${author} recorded ${name === 'opted-out' ? 'an opt-out' : 'an opt-in'}${quoted(detail)}`;
  if (name === 'opted-in') {
    return detail === 'carrier'
      ? 'The carrier says that the caller wants texts again'
      : 'The caller opted in by text and gets texts again';
  }
  if (detail === 'CANCEL')
    return 'The caller texted CANCEL and gets no more texts. They may have meant an appointment: call to ask.';
  return detail === 'carrier'
    ? 'The carrier says that the caller opted out: they get no more texts'
    : 'The caller opted out by text and gets no more texts';
}

/** The line that a change of the enterprise's do-not-text list leaves in the conversation. */
export function listEventWords(name: 'do-not-text' | 'may-text-again', author: string | null): string {
  if (name === 'may-text-again')
    return `${author ?? 'An admin'} took this number off the do-not-text list of the enterprise`;
  return author === null
    ? 'This number is on the do-not-text list of the enterprise: it gets no texts from any line'
    : `${author} put this number on the do-not-text list of the enterprise: it gets no more texts from any line`;
}

/** What was given as a reason, if anything was. */
export function quoted(reason: string | null): string {
  return reason === null ? '' : `: “${reason}”`;
}
