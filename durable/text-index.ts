import type { Caller } from '../src/domain/caller-match.ts';
import type { Message } from '../src/domain/message.ts';

/** What goes into the full-text index, and how what staff type is asked of it. */

const MAX_WORDS = 8;

/**
 * A caller is found by any part of the number. The index matches from the start of a word, so every ending of the
 * number of three digits or more is a word of its own.
 */
export function callerText({ number }: Pick<Caller, 'number'>): string {
  const digits = digitsOf(number);
  return Array.from({ length: Math.max(0, digits.length - 2) }, (_, start) => digits.slice(start)).join(' ');
}

/** And by the names of the patients with that number. */
export function namesText({ names }: Caller): string {
  return (names ?? []).join('\n');
}

/** Whatever has one of these numbers in it, whole. */
export function numberExpression(numbers: readonly string[]): string {
  return numbers.map((number) => `"${digitsOf(number)}"`).join(' OR ');
}

function digitsOf(number: string): string {
  return number.replace(/^\+1?/, '');
}

/** Null for what is not worth finding: the automatic text is the same in every conversation, and a picture has no words. */
export function messageText({ kind, body }: Message): string | null {
  return kind === 'automatic' || kind === 'event' || body === '' ? null : body;
}

/** An FTS5 expression in which every word has to occur, each at the start of one; null where there is no word. */
export function matchExpression(query: string): string | null {
  const digits = query.replace(/\D/g, '');
  const isNumber = digits.length >= 3 && /^[\d\s().+/-]+$/.test(query);
  const words = isNumber ? [withoutCountry(digits)] : (query.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
  if (words.length === 0) return null;
  // Letters, marks and digits only: nothing in quotes can end the quotes.
  return words
    .slice(0, MAX_WORDS)
    .map((word) => `"${word}"*`)
    .join(' ');
}

function withoutCountry(digits: string): string {
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
