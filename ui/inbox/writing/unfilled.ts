import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { type FoundPhrase, fillPhrases, phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { composerField, putText, selectRange } from './field.ts';
import { valuesFor } from './known.ts';

/** Tab goes from one smart phrase that is left to the next; past the last one it is the browser's own again. */
export function goToNextPhrase(event: KeyboardEvent): boolean {
  const field = composerField();
  if (event.key !== 'Tab' || event.metaKey || event.ctrlKey || event.altKey || field === null) return false;
  const left = phrasesIn(field.value);
  const next = event.shiftKey
    ? left.findLast(({ end }) => end <= field.selectionStart)
    : left.find(({ start }) => start >= field.selectionEnd);
  if (next === undefined) return false;
  selectRange(field, next.start, next.end);
  return true;
}

export function selectPhrase({ key }: Pick<FoundPhrase, 'key'>): void {
  const field = composerField();
  const found = field === null ? undefined : phrasesIn(field.value).find((one) => one.key === key);
  if (field !== null && found !== undefined) selectRange(field, found.start, found.end);
}

/** A smart phrase whose closing brace was just typed is filled in at once, where its value is known. */
export function fillTyped(field: HTMLTextAreaElement, conversation: ConversationSummary): void {
  const typed = phrasesIn(field.value).find(({ end }) => end === field.selectionStart);
  if (typed === undefined) return;
  const filled = fillPhrases(typed.written, valuesFor(conversation));
  if (filled !== typed.written) putText(field, typed.start, typed.end, filled);
}
