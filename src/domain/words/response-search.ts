import { fitOf, plainWords } from '../text/fuzzy-words.ts';
import { type TextVariant, textVariant } from '../text/text-variant.ts';
import type { QuickResponse, QuickResponses } from './quick-response.ts';
import { wholeGroups } from './quick-response-changes.ts';
import { withoutPhrases } from './smart-phrase.ts';

export interface FoundResponse {
  response: QuickResponse;
  group: string;
  /** What would be inserted. */
  variant: TextVariant;
}

/**
 * Those that fit all words, best first: what is there in the conversation's language goes before what is not, then
 * titles before texts, and among equals the order of the practice decides.
 */
export function findResponses(all: QuickResponses, query: string, language: string): FoundResponse[] {
  const words = plainWords(query).split(' ').filter(Boolean);
  const found = inOrder(all, language).flatMap((one) => {
    const score = scoreOf(one.response, words);
    return score === null ? [] : [{ one, score: score + (one.variant.isAsked ? ASKED_LANGUAGE : 0) }];
  });
  // Sorting is stable, so that equals stay as the practice has them.
  return found.sort((a, b) => b.score - a.score).map(({ one }) => one);
}

/** More than any words can be worth. */
const ASKED_LANGUAGE = 1e6;

function inOrder({ groups, responses }: QuickResponses, language: string): FoundResponse[] {
  const byId = new Map(responses.map((one) => [one.id, one]));
  return wholeGroups(groups, responses).flatMap(({ name, ids }) =>
    ids.flatMap((id) => {
      const response = byId.get(id);
      const variant = response === undefined ? null : textVariant(response.texts, language);
      return response === undefined || variant === null || response.isArchived
        ? []
        : [{ response, group: name, variant }];
    }),
  );
}

/** Null where a word fits nowhere. */
function scoreOf({ title, texts }: QuickResponse, words: readonly string[]): number | null {
  const name = plainWords(title);
  const said = Object.values(texts).map((text) => plainWords(withoutPhrases(text)));
  let total = 0;
  for (const word of words) {
    const best = Math.max(fitOf(name, word), ...said.map((text) => inText(text, word)));
    if (best === 0) return null;
    total += best;
  }
  return total;
}

function inText(text: string, word: string): number {
  if (text.startsWith(word) || text.includes(` ${word}`)) return 30;
  return text.includes(word) ? 20 : 0;
}
