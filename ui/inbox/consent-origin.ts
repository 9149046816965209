/** How we know whether a caller may be texted, as staff read it. Pure, like format.ts. */
import type { Consent, ConsentSource } from '../../src/domain/conversation/consent.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { formatDay, formatTime } from '../design/format.ts';
import { quoted } from './consent-labels.ts';

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
