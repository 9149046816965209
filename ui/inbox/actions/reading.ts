/** Reading in a long conversation: on in both directions, and from a place in the middle. */
import { signal } from '@preact/signals';
import { api } from '../api.ts';
import { conversationFailed } from '../state/conversation-changes.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import * as changes from '../state/reading-changes.ts';
import { change, conversationId, practiceId, rowId, state } from '../store.ts';
import { goTo } from './navigation.ts';

/** The message that somebody wants to see; the view goes there when it is drawn, and takes it. */
export const sought = signal<Sought | null>(null);

export interface Sought {
  conversationId: string;
  seq: number;
}

/** Opens a conversation at one of its messages, wherever that stands, and puts the keyboard on it. */
export function openAt(id: string, seq: number): void {
  sought.value = { conversationId: id, seq };
  rowId.value = id;
  const isOpened = id === conversationId.peek();
  goTo({ conversationId: id, page: null });
  // Opening another one asks by itself.
  if (isOpened && !isHere(id, seq)) void loadAround(id, seq);
}

function isHere(id: string, seq: number): boolean {
  return (
    state
      .peek()
      .opened.get(id)
      ?.messages.some((message) => message.seq === seq) ?? false
  );
}

export async function loadAround(id: string, seq: number): Promise<void> {
  const answer = await api.conversation(id, { around: String(seq) });
  if (!answer.ok) {
    sought.value = null;
    change(conversationFailed, id, answer.message);
    return;
  }
  const { conversation, ...part } = answer.value;
  if (conversation.practiceId !== practiceId.peek()) return;
  change(summariesMerged, [conversation]);
  change(changes.partLoaded, id, part);
}

export async function loadOlder(): Promise<void> {
  const id = conversationId.peek();
  const opened = id === null ? undefined : state.peek().opened.get(id);
  if (id === null || !opened || opened.nextCursor === null || opened.isLoadingOlder) return;
  change(changes.olderAsked, id, true);
  const answer = await api.conversation(id, { cursor: opened.nextCursor });
  if (answer.ok) change(changes.olderLoaded, id, answer.value);
  else change(changes.olderAsked, id, false);
}

export async function loadNewer(): Promise<void> {
  const id = conversationId.peek();
  const opened = id === null ? undefined : state.peek().opened.get(id);
  if (id === null || !opened || opened.newerCursor === null || opened.isLoadingNewer) return;
  change(changes.newerAsked, id, true);
  const answer = await api.conversation(id, { after: opened.newerCursor });
  if (answer.ok) change(changes.newerLoaded, id, answer.value);
  else change(changes.newerAsked, id, false);
}
