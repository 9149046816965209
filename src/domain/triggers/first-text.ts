import { isPrintable, tidyText } from '../text/printable.ts';
import { refusedPhraseIn } from '../words/phrase-places.ts';
import { MAX_FIRST_TEXT_LENGTH } from './use-case.ts';

/** As D1 counts it: an emoji of one code point is one character, whatever it takes up in a text. */
export function firstTextLength(text: string): number {
  return [...text].length;
}

/** What is stored. */
export const tidyFirstText = tidyText;

/** Why a tidy text cannot be an automatic first text, and what to do; null where it can. */
export function firstTextFault(text: string): string | null {
  if (text === '') return 'Write a text: callers get nothing otherwise.';
  const length = firstTextLength(text);
  if (length > MAX_FIRST_TEXT_LENGTH) {
    const over = length - MAX_FIRST_TEXT_LENGTH;
    return `This is ${over} ${over === 1 ? 'character' : 'characters'} too long: an automatic text holds at most ${MAX_FIRST_TEXT_LENGTH}.`;
  }
  const phrase = refusedPhraseIn('first-text', text);
  if (phrase !== null) {
    // Offered to people as it stands, and so not longer than they need to find it.
    const shown = phrase.length > 40 ? `${phrase.slice(0, 39)}…` : phrase;
    return `Take out ${shown}: nothing is known yet about a caller, so automatic texts have no smart phrases.`;
  }
  if (!isPrintable(text)) {
    return 'Take out the characters that cannot be seen: phones cannot show them.';
  }
  return null;
}
