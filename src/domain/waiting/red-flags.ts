/** Finds the words by which callers say that it cannot wait. Only ever lifts a conversation, so it rather finds too much. */

export const MAX_PHRASES = 200;
export const MAX_PHRASE_LENGTH = 60;
/** Longer than any text that carriers hand over; what comes after it is not looked at. */
const MAX_LOOKED_AT = 4000;

/** A word as it is compared, and where it stands in the text, in UTF-16 units. */
interface Word {
  folded: string;
  from: number;
  to: number;
}

export interface Found {
  phrase: string;
  from: number;
  to: number;
}

/** Marks that change no word: accents, what is piled upon letters, vowel points, variants of emoji. */
const MARKS =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]/gu;
/** In "can’t", however it is typed; and what is there without being seen. */
const UNHEARD = /^(?:['’‘‛ʼ′`´＇]|\p{Cf})$/u;
const OF_A_WORD = /^[\p{L}\p{N}\p{M}]+$/u;
/** Written without spaces: each character is a word of its own. */
const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Two words for one: "can not" is "can’t" wherever either is written. */
const CONTRACTED: ReadonlyMap<string, string> = new Map([
  ['can not', 'cant'],
  ['could not', 'couldnt'],
  ['do not', 'dont'],
  ['does not', 'doesnt'],
  ['is not', 'isnt'],
  ['will not', 'wont'],
  ['i am', 'im'],
  ['he is', 'hes'],
  ['she is', 'shes'],
]);

/** The first of the phrases that the text says; null for none. Its time grows with the text, not with the phrases. */
export function redFlagIn(text: string, phrases: readonly string[]): string | null {
  return redFlagFinder(phrases)(text)[0]?.phrase ?? null;
}

/** For many texts: the phrases are read once. What is found comes in the order of the text and does not overlap. */
export function redFlagFinder(phrases: readonly string[]): (text: string) => Found[] {
  const byFirstWord = new Map<string, { phrase: string; words: string[] }[]>();
  for (const phrase of phrases) {
    const words = wordsOf(phrase).map(({ folded }) => folded);
    const [first] = words;
    if (first === undefined) continue;
    const known = byFirstWord.get(first);
    if (known === undefined) byFirstWord.set(first, [{ phrase, words }]);
    else known.push({ phrase, words });
  }
  // The most telling first: "chest pain" before "chest".
  for (const known of byFirstWord.values()) known.sort((a, b) => b.words.length - a.words.length);
  return (text) => foundIn(wordsOf(text), byFirstWord);
}

function foundIn(
  words: readonly Word[],
  byFirstWord: ReadonlyMap<string, { phrase: string; words: string[] }[]>,
): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const begin = words[at];
    const said = byFirstWord
      .get(begin?.folded ?? '')
      ?.find((known) => known.words.every((word, index) => words[at + index]?.folded === word));
    if (begin === undefined || said === undefined) continue;
    const end = words[at + said.words.length - 1] ?? begin;
    found.push({ phrase: said.phrase, from: begin.from, to: end.to });
    at += said.words.length - 1;
  }
  return found;
}

/** Two phrases are the same where their words are. Empty where there is no word in it. */
export function foldedPhrase(phrase: string): string {
  return wordsOf(phrase)
    .map(({ folded }) => folded)
    .join(' ');
}

/** Whether one text says what another does, however it is written. */
export function says(text: string, what: string): boolean {
  return redFlagIn(text, [what]) !== null;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let folded = '';
  let from = 0;
  let at = 0;
  const end = () => {
    if (folded !== '') words.push({ folded, from, to: at });
    folded = '';
  };
  for (const character of text.slice(0, MAX_LOOKED_AT)) {
    const plain = UNHEARD.test(character) ? '' : foldedCharacter(character);
    if (plain !== '' && SPACELESS.test(plain)) {
      end();
      words.push({ folded: plain, from: at, to: at + character.length });
    } else if (plain === '' || OF_A_WORD.test(plain)) {
      if (folded === '' && plain !== '') from = at;
      folded += plain;
    } else {
      end();
    }
    at += character.length;
  }
  end();
  return contracted(words);
}

function foldedCharacter(character: string): string {
  if (character.charCodeAt(0) < 128) return character.toLowerCase();
  return character.toLowerCase().normalize('NFKD').replace(MARKS, '').toLowerCase();
}

function contracted(words: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (const word of words) {
    const before = result.at(-1);
    const together = before && CONTRACTED.get(`${before.folded} ${word.folded}`);
    if (before && together !== undefined) {
      result[result.length - 1] = { folded: together, from: before.from, to: word.to };
    } else {
      result.push(word.folded === 'cannot' ? { ...word, folded: 'cant' } : word);
    }
  }
  return result;
}
