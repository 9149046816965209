import { computed, effect } from '@preact/signals';
import { type Present, TYPING_MS } from '../../../src/domain/inbox/presence.ts';
import { announce } from '../announcer.ts';
import { nobodyTypes } from '../state/presence-changes.ts';
import { change, conversationId, present, staffId } from '../store.ts';

const NOBODY: Present[] = [];

/** Colleagues by the conversation that they have on screen. */
const byConversation = computed(() => {
  const others = present.value.filter(
    ({ id, conversation }) => id !== staffId.value && conversation !== null,
  );
  return Map.groupBy(others, ({ conversation }) => conversation ?? '');
});

export function colleaguesIn(id: string): Present[] {
  return byConversation.value.get(id) ?? NOBODY;
}

const list = new Intl.ListFormat('en');

/** "Maria is writing a reply…", "Kim and Lee are reading"; null where nobody else is there. */
export function presenceWords(people: readonly Present[]): string | null {
  const typing = people.filter(({ isTyping }) => isTyping);
  const said = typing.length > 0 ? typing : people;
  if (said.length === 0) return null;
  const names = list.format(said.map(({ name }) => name));
  return `${names} ${said.length === 1 ? 'is' : 'are'} ${typing.length > 0 ? 'writing a reply…' : 'reading'}`;
}

/** Whoever writes says so again and again: when nothing is heard any more, they have stopped. */
export function followTypingOfOthers(): void {
  effect(() => {
    if (!present.value.some(({ isTyping }) => isTyping)) return;
    const timer = setTimeout(() => change(nobodyTypes), TYPING_MS);
    return () => clearTimeout(timer);
  });
}

/** What was said about a conversation is not said again so soon, however often somebody pauses. */
const SAID_AGAIN_MS = 30_000;

/** A screen reader hears who comes into the conversation on screen, and who begins to write there. */
export function announceOthers(): void {
  let saidOf: string | null = null;
  const saidAt = new Map<string, number>();
  effect(() => {
    const id = conversationId.value;
    if (id !== saidOf) saidAt.clear();
    saidOf = id;
    const words = id === null ? null : presenceWords(colleaguesIn(id));
    if (words === null || Date.now() - (saidAt.get(words) ?? 0) < SAID_AGAIN_MS) return;
    saidAt.set(words, Date.now());
    announce(words);
  });
}
