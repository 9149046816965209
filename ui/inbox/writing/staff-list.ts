import { computed, signal } from '@preact/signals';
import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import { fitOf, plainWords } from '../../../src/domain/text/fuzzy-words.ts';
import { announce } from '../announcer.ts';
import { conversationId, draft, present, staff, staffId } from '../store.ts';
import { composerField, putText } from './field.ts';

/** Whom `@` names in a note: what was typed after it, and where it stands. */
interface At {
  at: number;
  query: string;
  conversationId: string;
}

const opened = signal<At | null>(null);
export const activePerson = signal(0);
/** The one that Escape was pressed on. */
let dismissedAt: number | null = null;

const MOST = 8;
/** Decides among those whose names fit alike. */
const HERE = 1;

/** At the beginning or after a space or a bracket; a name has two spaces at most. */
const ASKING = /(?:^|[\s(,])@((?:[^\s@]+ ?){0,3})$/u;

/** Null while it is closed; empty where nobody fits. */
export const people = computed<StaffRef[] | null>(() => {
  const at = opened.value;
  if (at === null || at.conversationId !== conversationId.value || draft.value.mode !== 'note') return null;
  const here = new Set(present.value.map(({ id }) => id));
  return staff.value
    .filter(({ id }) => id !== staffId.value)
    .flatMap((one) => {
      const fit = fitOf(plainWords(one.name), plainWords(at.query));
      return fit === 0 ? [] : [{ one, rank: fit + (here.has(one.id) ? HERE : 0) }];
    })
    .sort((a, b) => b.rank - a.rank || a.one.name.localeCompare(b.one.name))
    .slice(0, MOST)
    .map(({ one }) => one);
});

export function personId(index: number): string {
  return `staff-option-${index}`;
}

/** After every change of a note. */
export function followAt(field: HTMLTextAreaElement, id: string): void {
  const isCaret = field.selectionStart === field.selectionEnd;
  const [, query] = (isCaret && ASKING.exec(field.value.slice(0, field.selectionStart))) || [];
  if (query === undefined) {
    dismissedAt = null;
    closePeople();
    return;
  }
  const at = field.selectionStart - query.length - 1;
  if (at === dismissedAt) return;
  opened.value = { at, query, conversationId: id };
  activePerson.value = 0;
  const found = people.peek() ?? [];
  // Whoever types on after a name that nobody has means something else.
  if (found.length === 0 && query.includes(' ')) closePeople();
  else announce(found.length === 0 ? 'Nobody found' : `${found.length} colleagues. Use the arrow keys.`);
}

export function closePeople(): void {
  opened.value = null;
}

/** True where the key was for the list. */
export function peopleKey(event: KeyboardEvent): boolean {
  const found = people.peek();
  if (found === null) return false;
  if (event.key === 'Escape') {
    dismissedAt = opened.peek()?.at ?? null;
    closePeople();
    return true;
  }
  if (found.length === 0 || event.metaKey || event.ctrlKey || event.altKey) return false;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by !== undefined) {
    activePerson.value = (activePerson.peek() + by + found.length) % found.length;
    return true;
  }
  if ((event.key !== 'Enter' && event.key !== 'Tab') || event.shiftKey) return false;
  choosePerson(activePerson.peek());
  return true;
}

export function choosePerson(index: number): void {
  const [person, at, field] = [people.peek()?.[index], opened.peek(), composerField()];
  if (person === undefined || at === null || field === null) return;
  closePeople();
  putText(field, at.at, at.at + 1 + at.query.length, `@${person.name} `);
  announce(`${person.name} named. They are told when the note is saved.`);
}
