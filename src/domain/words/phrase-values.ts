import { builtInValues, type OpeningAhead, type ReplySituation } from './built-in-phrases.ts';
import type { SmartPhrase } from './phrase-edits.ts';
import { type PhraseValues, phraseKey } from './smart-phrase.ts';

/** All that fills in what a staff member writes, as the server tells it. */
export interface SmartPhrases {
  /** Of the practice. */
  general: SmartPhrase[];
  /** Of whoever asks. */
  own: SmartPhrase[];
  /** Null where nobody set hours. */
  opening: OpeningAhead | null;
}

/** Own ones go before those of the practice, and what has no value yet is left out. */
export function phraseValues(
  phrases: SmartPhrases,
  situation: Omit<ReplySituation, 'opening'>,
): PhraseValues {
  const made = [...phrases.general, ...phrases.own].flatMap(({ name, text }) =>
    text === null ? [] : [[phraseKey(name), text] as const],
  );
  const builtIn = builtInValues({ ...situation, opening: phrases.opening });
  return new Map([...made, ...[...builtIn].map(([name, value]) => [phraseKey(name), value] as const)]);
}
