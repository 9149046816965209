import { baseLanguage, textVariant } from '../../../src/domain/text/text-variant.ts';
import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import type { AllResponses } from './responses-api.ts';

/** Of the practice: those that triggers text in, and those that something is written in. English first. */
export function languagesOf({ languages, responses }: AllResponses): string[] {
  const used = responses.filter(({ isArchived }) => !isArchived).flatMap(({ texts }) => Object.keys(texts));
  const all = [...new Set([...languages, ...used])];
  // A form of a language stands for it: nobody needs both es and es-MX.
  const kept = all.filter((tag) => tag === baseLanguage(tag) || !all.includes(baseLanguage(tag)));
  return kept.sort((a, b) => Number(b === 'en') - Number(a === 'en') || (a < b ? -1 : 1));
}

export function isWithout({ texts }: QuickResponse, language: string): boolean {
  return textVariant(texts, language)?.isAsked !== true;
}
