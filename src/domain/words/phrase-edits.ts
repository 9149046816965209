import { isPrintable, tidyText } from '../text/printable.ts';
import { isSameJson } from '../text/same-json.ts';
import { BUILT_IN_PHRASES } from './built-in-phrases.ts';
import { refusedPhraseIn } from './phrase-places.ts';
import { phraseKey } from './smart-phrase.ts';

/** One that people made: of a practice, or of a staff member. */
export interface SmartPhrase {
  name: string;
  /** Null: whoever replies is asked each time. */
  text: string | null;
}

export const MAX_PRACTICE_PHRASES = 100;
export const MAX_OWN_PHRASES = 50;
export const MAX_PHRASE_NAME_LENGTH = 40;
export const MAX_PHRASE_LENGTH = 500;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’.-]*$/u;
const BUILT_IN = new Set(BUILT_IN_PHRASES.map(({ name }) => phraseKey(name)));

export function tidyPhrase({ name, text }: SmartPhrase): SmartPhrase {
  const plain = name.replace(/^\s*\{|\}\s*$/g, '').normalize('NFC');
  return { name: plain.replace(/\s+/g, ' ').trim(), text: text === null ? null : tidyText(text) };
}

export interface PhraseFault {
  field: 'name' | 'text';
  /** What is wrong and what to do, as the end of a sentence. */
  message: string;
}

/** Of a tidy one; null where it can be saved. */
export function phraseFault({ name, text }: SmartPhrase): PhraseFault | null {
  const nameMessage = nameFault(name);
  if (nameMessage !== null) return { field: 'name', message: nameMessage };
  if (text === null) return null;
  const message = textFault(text);
  return message === null ? null : { field: 'text', message };
}

function nameFault(name: string): string | null {
  if (name === '') return 'give it a name';
  if (name.length > MAX_PHRASE_NAME_LENGTH) return `use at most ${MAX_PHRASE_NAME_LENGTH} characters`;
  if (!NAME.test(name)) return 'use letters, digits, spaces, dots, dashes and apostrophes only';
  if (BUILT_IN.has(phraseKey(name))) return 'choose another name: this one is built in';
  return null;
}

function textFault(text: string): string | null {
  if (text === '') return 'write what it stands for';
  if (text.length > MAX_PHRASE_LENGTH) return `use at most ${MAX_PHRASE_LENGTH} characters`;
  if (refusedPhraseIn('smart-phrase', text) !== null) {
    return 'take out the braces: a smart phrase cannot hold another one';
  }
  if (!isPrintable(text)) return 'take out the characters that cannot be seen: phones cannot show them';
  return null;
}

/** The first that has the name of one before it. */
export function repeatedPhrase(phrases: readonly SmartPhrase[]): SmartPhrase | null {
  const seen = new Set<string>();
  return phrases.find(({ name }) => seen.size === seen.add(phraseKey(name)).size) ?? null;
}

export type PhrasesEdit =
  | { is: 'same' }
  | { is: 'changed'; phrases: SmartPhrase[] }
  /** Somebody else changed these since they were looked at. */
  | { is: 'conflict'; names: string[] };

/**
 * What becomes of smart phrases when `wanted` is asked for by somebody who had `seen` before them. Who changed one
 * loses nothing to who changed another.
 */
export function editPhrases(
  current: readonly SmartPhrase[],
  wanted: readonly SmartPhrase[],
  seen: readonly SmartPhrase[],
): PhrasesEdit {
  const [now, next, before] = [byKey(current), byKey(wanted), byKey(seen)];
  const keys = [...new Set([...now.keys(), ...next.keys(), ...before.keys()])];
  const asked = keys.filter(
    (key) => !isSameJson(next.get(key), before.get(key)) && !isSameJson(next.get(key), now.get(key)),
  );
  const inTheWay = asked.filter((key) => !isSameJson(now.get(key), before.get(key)));
  if (inTheWay.length > 0) return { is: 'conflict', names: inTheWay };
  if (asked.length === 0) return { is: 'same' };
  const changed = new Set(asked);
  const phrases = keys.flatMap((key) => (changed.has(key) ? next.get(key) : now.get(key)) ?? []);
  return { is: 'changed', phrases: phrases.sort((a, b) => compareNames(a.name, b.name)) };
}

function byKey(phrases: readonly SmartPhrase[]): Map<string, SmartPhrase> {
  return new Map(phrases.map((phrase) => [phraseKey(phrase.name), phrase]));
}

/** The same on every machine. */
function compareNames(a: string, b: string): number {
  const [left, right] = [phraseKey(a), phraseKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What a file brings beside what is there: one of the same name says the new text. */
export function mergedPhrases(
  there: readonly SmartPhrase[],
  file: readonly SmartPhrase[],
): { is: 'merged'; phrases: SmartPhrase[]; changed: string[] } | { is: 'faulty'; message: string } {
  const phrases = [...there];
  const changed: string[] = [];
  for (const phrase of file.map(tidyPhrase)) {
    const fault = phraseFault(phrase);
    if (fault !== null) return { is: 'faulty', message: `“${phrase.name.slice(0, 40)}”: ${fault.message}.` };
    const at = phrases.findIndex(({ name }) => phraseKey(name) === phraseKey(phrase.name));
    if (isSameJson(phrases[at], phrase)) continue;
    changed.push(phrase.name);
    if (at === -1) phrases.push(phrase);
    else phrases[at] = phrase;
  }
  if (phrases.length > MAX_PRACTICE_PHRASES)
    return { is: 'faulty', message: `a practice has room for ${MAX_PRACTICE_PHRASES}.` };
  return { is: 'merged', phrases, changed };
}
