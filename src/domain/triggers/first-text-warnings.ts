import { segmentsOf } from '../conversation/segments.ts';
import { refusedPhraseIn } from '../words/phrase-places.ts';
import type { UseCase } from './use-case.ts';

/** What an automatic text would rather not be; none of it keeps it from being saved but a smart phrase. */
export type FirstTextWarning =
  | { is: 'smart-phrase'; found: string }
  | { is: 'practice-not-named' }
  /** As it is written. */
  | { is: 'foreign-number'; found: string }
  | { is: 'shortened-link'; found: string }
  | { is: 'no-opt-out' }
  | { is: 'no-emergency' }
  | { is: 'costly-character'; found: string; segments: number; without: number };

export interface TextPlace {
  practiceName: string;
  useCase: UseCase;
  /** E.164: the lines and main numbers of the practice. */
  ownNumbers: readonly string[];
}

export function firstTextWarnings(text: string, place: TextPlace): FirstTextWarning[] {
  const phrase = refusedPhraseIn('first-text', text);
  const costly = costlyCharacter(text);
  const isNamed = plain(text).includes(plain(place.practiceName));
  return [
    ...(phrase === null ? [] : [{ is: 'smart-phrase', found: phrase } as const]),
    ...(isNamed ? [] : [{ is: 'practice-not-named' } as const]),
    ...foreignNumbers(text, place.ownNumbers).map((found) => ({ is: 'foreign-number', found }) as const),
    ...shortenedLinks(text).map((found) => ({ is: 'shortened-link', found }) as const),
    ...(place.useCase === 'abandoned-call' && !namesOptOut(text) ? [{ is: 'no-opt-out' } as const] : []),
    ...(/\b911\b/.test(text) ? [] : [{ is: 'no-emergency' } as const]),
    ...(costly === null ? [] : [costly]),
  ];
}

/** Letters and digits in any case, however they are spaced. */
function plain(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The keyword as carriers want it named: callers who hung up have not asked for a text. */
function namesOptOut(text: string): boolean {
  return /\bSTOP\b/i.test(text);
}

const NUMBER =
  /\+?(?:\d[ ().\-\u2010-\u2015]{0,2}){9,14}\d|\(\d{3}\)[ ().\-\u2010-\u2015]{0,2}(?:\d[ .\-\u2010-\u2015]{0,2}){6}\d/g;

/** A wrong digit in a number that callers are told sends them to a stranger. */
function foreignNumbers(text: string, own: readonly string[]): string[] {
  // Digits of a link are none to call.
  const found = text.replace(LINK, ' ').match(NUMBER) ?? [];
  const known = new Set(own.map(digitsOf));
  return found.map((one) => one.trim()).filter((one) => !known.has(digitsOf(one)));
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
}

const LINK = /\b(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[^\s]*)?/gi;
/** Shared by everybody, spammers too: carriers filter texts that hold one (CTIA, Messaging Principles 5.1.1). */
const SHORTENERS = new Set([
  'bit.ly',
  'tinyurl.com',
  'goo.gl',
  't.co',
  'ow.ly',
  'is.gd',
  'buff.ly',
  'rebrand.ly',
  'cutt.ly',
  'tiny.cc',
  't.ly',
  'rb.gy',
  'shorturl.at',
  'bl.ink',
  'lnkd.in',
]);

function shortenedLinks(text: string): string[] {
  return (text.match(LINK) ?? [])
    .map((link) => link.replace(/[.,;:!?)]+$/, ''))
    .filter((link) => SHORTENERS.has(hostOf(link)));
}

function hostOf(link: string): string {
  const host = link.replace(/^https?:\/\//i, '').split('/', 1)[0] ?? '';
  return host.toLowerCase().replace(/^www\./, '');
}

/** Said only where writing without such characters would cost less. */
function costlyCharacter(text: string): FirstTextWarning | null {
  const { costly, count } = segmentsOf(text);
  if (costly === null) return null;
  const plainText = [...text].map((one) => (segmentsOf(one).costly === null ? one : '?')).join('');
  const without = segmentsOf(plainText).count;
  return without < count ? { is: 'costly-character', found: costly, segments: count, without } : null;
}
