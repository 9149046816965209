/** Whether a caller may be texted, and how we know, as staff read it. Pure, like format.ts. */
import type { Consent, ConsentSource } from '../../src/domain/consent.ts';
import type { ConversationSummary } from '../../src/domain/conversation-summary.ts';
import type { Message } from '../../src/domain/message.ts';
import { formatDay, formatTime } from '../design/format.ts';

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

const GIVEN_HOW: Record<ConsentSource, string> = {
  'pressed-key': 'They pressed the key for a text while on hold.',
  'hung-up': 'They hung up while waiting, and we texted them. They have not asked for texts themselves.',
  'texted-in': 'They texted this line themselves.',
  staff: 'They told a member of staff.',
  carrier: 'The carrier told us.',
};

const OPTED_OUT_HOW: Record<ConsentSource, string> = {
  ...GIVEN_HOW,
  'texted-in': 'They texted a word that ends texts, such as STOP.',
  carrier: 'The carrier refused a text because of it.',
};

/** How we know, in a sentence; `messages` are those on screen, and may hold the event that says who and why. */
export function consentOrigin(consent: Consent, messages: readonly Message[]): string {
  if (consent.state === 'unknown') return 'They have neither called nor texted this line yet.';
  if (consent.source === 'staff') {
    const name = consent.state === 'given' ? 'opted-in' : 'opted-out';
    const said = messages.findLast((one) => one.event?.name === name && one.at === consent.at);
    if (said?.author) return `${said.author.name} recorded it${quoted(said.event?.detail ?? null)}.`;
  }
  return (consent.state === 'given' ? GIVEN_HOW : OPTED_OUT_HOW)[consent.source];
}

/** “Since Monday, November 23, 10:42 AM”; null where nothing has happened yet. */
export function consentSince(consent: Consent, now: number, timeZone: string): string | null {
  if (consent.state === 'unknown') return null;
  const day = formatDay(consent.at, now, timeZone);
  const near = day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day;
  return `Since ${near}, ${formatTime(consent.at, timeZone)}`;
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

function quoted(reason: string | null): string {
  return reason === null ? '' : `: “${reason}”`;
}

export const CANNOT_TEXT_WORDS: Record<NonNullable<ConversationSummary['cannotText']>, string> = {
  landline: 'This is a landline. Texts do not arrive: call back.',
  'invalid-number': 'This number cannot get texts: call back.',
};
