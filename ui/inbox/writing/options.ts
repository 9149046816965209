import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { plainWords } from '../../../src/domain/text/fuzzy-words.ts';
import { findResponses } from '../../../src/domain/words/response-search.ts';
import { fillPhrases, type PhraseValues } from '../../../src/domain/words/smart-phrase.ts';
import type { Known } from './known.ts';

export interface Option {
  key: string;
  title: string;
  /** Beside the title: its group, or what kind of thing it is. */
  aside: string;
  /** What is put in. */
  text: string;
  language: string;
  /** Whether it is the language of the conversation. */
  isAsked: boolean;
}

/** More are not looked through by anybody; another letter finds what is missing. */
const MOST = 30;

/** Quick responses, then smart phrases that have a value now. */
export function optionsFor(
  { responses }: Known,
  { language }: ConversationSummary,
  values: PhraseValues,
  query: string,
): Option[] {
  const found = responses === null ? [] : findResponses(responses, query, language);
  const options = found.map(({ response, group, variant }) => ({
    key: response.id,
    title: response.title,
    aside: group,
    text: fillPhrases(variant.text, values),
    language: variant.language,
    isAsked: variant.isAsked,
  }));
  return [...options, ...phraseOptions(language, values, query)].slice(0, MOST);
}

/** Only where something is asked for: else they would stand in the way of nothing, at the end of a long list. */
function phraseOptions(language: string, values: PhraseValues, query: string): Option[] {
  const words = plainWords(query).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return [...values]
    .filter(([name]) => words.every((word) => plainWords(name).includes(word)))
    .map(([name, text]) => ({
      key: `{${name}}`,
      title: `{${name}}`,
      aside: 'Smart phrase',
      text,
      language,
      isAsked: true,
    }));
}
