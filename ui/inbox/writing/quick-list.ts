import { computed, signal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { announce } from '../announcer.ts';
import { conversationId, conversations, draft } from '../store.ts';
import { composerField, putText, selectRange } from './field.ts';
import { knownOf, refresh, valuesFor } from './known.ts';
import { type Option, optionsFor } from './options.ts';
import { insertion, type Slash, slashBefore } from './slash.ts';

/** The list that a slash opens. */
const opened = signal<(Slash & { conversationId: string }) | null>(null);
export const activeIndex = signal(0);
/** The slash that Escape was pressed on: it stays what it is. */
let dismissedAt: number | null = null;

/** Null while it is closed; empty where nothing fits. */
export const options = computed<Option[] | null>(() => {
  const slash = opened.value;
  const conversation = conversations.value.get(slash?.conversationId ?? '');
  if (slash === null || conversation === undefined || slash.conversationId !== conversationId.value)
    return null;
  if (draft.value.mode === 'note') return null;
  return optionsFor(knownOf(conversation), conversation, valuesFor(conversation), slash.query);
});

export function optionId(index: number): string {
  return `quick-option-${index}`;
}

/** After every change of the text. */
export function followSlash(field: HTMLTextAreaElement, conversation: ConversationSummary): void {
  const slash =
    field.selectionStart === field.selectionEnd ? slashBefore(field.value, field.selectionStart) : null;
  if (slash === null) {
    dismissedAt = null;
    close();
    return;
  }
  if (slash.at === dismissedAt) return;
  const isNew = opened.peek()?.at !== slash.at || opened.peek()?.conversationId !== conversation.id;
  opened.value = { ...slash, conversationId: conversation.id };
  activeIndex.value = 0;
  if (isNew) void refresh(conversation, { withResponses: true }).then(tellCount);
  // Before they have come the first time, nothing fits yet.
  else if (knownOf(conversation).responses !== null) tellCount();
}

/** Whoever typed on after a word that finds nothing meant a slash. */
function tellCount(): void {
  const found = options.peek();
  const slash = opened.peek();
  if (found === null || slash === null) return;
  if (found.length === 0 && slash.query.includes(' ')) {
    close();
    return;
  }
  announce(
    found.length === 0 ? 'No quick response found' : `${found.length} quick responses. Use the arrow keys.`,
  );
}

export function close(): void {
  opened.value = null;
}

/** True where the key was for the list. */
export function listKey(event: KeyboardEvent): boolean {
  const found = options.peek();
  if (found === null) return false;
  if (event.key === 'Escape') {
    dismissedAt = opened.peek()?.at ?? null;
    close();
    return true;
  }
  if (found.length === 0 || event.metaKey || event.ctrlKey || event.altKey) return false;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by !== undefined) {
    activeIndex.value = (activeIndex.peek() + by + found.length) % found.length;
    document.getElementById(optionId(activeIndex.peek()))?.scrollIntoView({ block: 'nearest' });
    return true;
  }
  if ((event.key !== 'Enter' && event.key !== 'Tab') || event.shiftKey) return false;
  choose(activeIndex.peek());
  return true;
}

export function choose(index: number): void {
  const [option, slash, field] = [options.peek()?.[index], opened.peek(), composerField()];
  if (option === undefined || slash === null || field === null) return;
  const text = insertion(field.value, slash, option.text);
  const end = slash.at + 1 + slash.query.length;
  close();
  putText(field, slash.at, end, text);
  const [left] = phrasesIn(text);
  if (left !== undefined) selectRange(field, slash.at + left.start, slash.at + left.end);
  announce(
    left === undefined ? `${option.title} put in` : `${option.title} put in. Fill in ${left.written}.`,
  );
}

/** For whom a slash is far away. */
export function openByButton(): void {
  const field = composerField();
  if (field === null) return;
  const { value, selectionStart } = field;
  const before = value[selectionStart - 1];
  const isAsking = before === undefined || /[\s.!?…)"'”»]/u.test(before);
  dismissedAt = null;
  field.focus();
  field.setSelectionRange(selectionStart, selectionStart);
  document.execCommand('insertText', false, isAsking ? '/' : ' /');
}
