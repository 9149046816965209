import type { ManagedTrigger } from '../../src/domain/triggers/managed-trigger.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';
import { languageName } from './format.ts';

export const USE_CASE_WORDS: Record<UseCase, string> = {
  'call-to-text': 'Call to text',
  'abandoned-call': 'Abandoned call',
};

export const USE_CASE_HELP: Record<UseCase, string> = {
  'call-to-text': 'The caller presses a key on hold and is texted instead of waiting.',
  'abandoned-call': 'The caller hung up, or was cut off, before anybody answered.',
};

export function triggerTitle({ useCase, language }: Pick<ManagedTrigger, 'useCase' | 'language'>): string {
  return `${USE_CASE_WORDS[useCase]}, ${languageName(language)}`;
}
