/** What staff type into the search, and where it stands in a text. Shared with the page, which marks it there. */

import { withoutAccents } from '../text/without-accents.ts';

/** More would be a sentence, and costs a look into the index each. */
const MAX_WORDS = 8;

/** Characters of a text that are shown around the first place where it has what was sought. */
const SNIPPET_LENGTH = 110;
/** Of these, what stands before it. */
const BEFORE = 36;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ONLY_NUMBER = /^[\d\s().+/\-\u2010-\u2015]+$/;

export interface Sought {
  /** Part of a phone number, without the country; null where words were typed. */
  number: string | null;
  /** As they were typed; of a number its groups, as people write them. */
  words: string[];
}

/** Null where there is no letter and no digit. */
export function readSought(query: string): Sought | null {
  const words = (query.match(WORD) ?? []).slice(0, MAX_WORDS);
  if (words.length === 0) return null;
  const digits = query.replace(/\D/g, '');
  const isNumber = digits.length >= 3 && ONLY_NUMBER.test(query);
  if (!isNumber) return { number: null, words };
  const number = withoutCountry(digits, query.trim());
  return { number, words: groupsOf(number, words) };
}

function groupsOf(number: string, typed: string[]): string[] {
  if (number.length === 10) return [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
  return typed.join('') === number ? typed : [number];
}

/** "+1 206", "1 206 202 0123" and "001 206 202 0123" all begin with what nobody keeps. */
function withoutCountry(digits: string, typed: string): string {
  return /^\+1./.test(typed) ? digits.slice(1) : digits.replace(/^(?:00|011)?1(?=\d{10}$)/, '');
}

/** Start and end of what is marked. */
export type Mark = readonly [start: number, end: number];

/** Where a text has words that begin with one of those that were sought; the index finds the same ones. */
export function marksIn(text: string, sought: Sought): Mark[] {
  return [...marks(text, wordsToMark(sought))];
}

function wordsToMark({ number, words }: Sought): string[] {
  const groups = number === null ? words : [number, ...words.filter((group) => group.length > 2)];
  return groups.map(folded);
}

function* marks(text: string, words: readonly string[]): Generator<Mark> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const length = Math.max(...words.map((sought) => beginning(word, sought)));
    if (length > 0) yield [index, index + length];
  }
}

/** How much of the word is what was sought, with the accents that belong to it; 0 where it begins otherwise. */
function beginning(word: string, sought: string): number {
  let read = '';
  let length = 0;
  for (const character of word) {
    const one = folded(character);
    if (read.length >= sought.length && one !== '') break;
    read += one;
    length += character.length;
    if (!sought.startsWith(read.slice(0, sought.length))) return 0;
  }
  return read.length >= sought.length ? length : 0;
}

/** Case and accents do not count. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, which has no accents.
  return /^[\x00-\x7f]*$/.test(lower) ? lower : withoutAccents(lower);
}

/** One line of a text, around the first place where it has what was sought. */
export function snippetAround(text: string, sought: Sought): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SNIPPET_LENGTH) return line;
  const [first] = marks(line, wordsToMark(sought));
  const isNearStart = first === undefined || first[1] <= SNIPPET_LENGTH - BEFORE;
  const start = isNearStart ? 0 : wordStart(line, first[0] - BEFORE);
  const end = start + SNIPPET_LENGTH;
  const cut = whole(line.slice(start, end));
  return `${start > 0 ? '…' : ''}${cut}${end < line.length ? '…' : ''}`;
}

/** Of the word behind `at`, unless that is a long one. */
function wordStart(line: string, at: number): number {
  const space = line.indexOf(' ', at);
  return space === -1 || space > at + BEFORE - 2 ? at : space + 1;
}

/** Characters that were cut through go. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}
