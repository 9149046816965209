import {
  type CallerKind,
  FILTER_NAMES,
  type FILTERED_USE_CASES,
  type InboxFilter,
} from '../../../src/domain/inbox/inbox-filter.ts';
import { languageName } from '../../design/format.ts';
import { lineNames } from './lines.ts';

type Name = keyof InboxFilter;

export const FILTER_LABELS: Record<Name, string> = {
  line: 'Line',
  language: 'Language',
  useCase: 'How it began',
  callerKind: 'Caller',
};

export const USE_CASE_WORDS: Record<(typeof FILTERED_USE_CASES)[number], string> = {
  'call-to-text': 'Chose to text',
  'abandoned-call': 'Hung up',
  none: 'Texted without calling',
};

export const CALLER_WORDS: Record<CallerKind, string> = {
  unverified: 'Unverified',
  elsewhere: 'Verified in another practice',
  here: 'Verified here',
  several: 'Several possible',
};

/** What is set, each with the words of its value. */
export function filtersSet(filter: InboxFilter): { name: Name; words: string }[] {
  return FILTER_NAMES.flatMap((name) => {
    const words = wordsOf(filter, name);
    return words === null ? [] : [{ name, words }];
  });
}

function wordsOf({ line, language, useCase, callerKind }: InboxFilter, name: Name): string | null {
  switch (name) {
    case 'line':
      return line && (lineNames.value.get(line) ?? line);
    case 'language':
      return language && languageName(language);
    case 'useCase':
      return useCase && USE_CASE_WORDS[useCase];
    case 'callerKind':
      return callerKind && CALLER_WORDS[callerKind];
  }
}
