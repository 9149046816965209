import { languageName } from './format.ts';

/** What callers here most often speak; any other one can be written. */
const OFTEN = ['en', 'es', 'zh', 'vi', 'tl', 'ar', 'fr', 'ko', 'ru', 'ht', 'pt-BR', 'so', 'fa', 'uk'];

export interface LanguageChoice {
  tag: string;
  name: string;
}

/** Without those that are there already. */
export function languageChoices(there: readonly string[]): LanguageChoice[] {
  return OFTEN.filter((tag) => !there.includes(tag)).map((tag) => ({ tag, name: languageName(tag) }));
}
