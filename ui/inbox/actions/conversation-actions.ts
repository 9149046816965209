import { effect } from '@preact/signals';
import { api, type ConversationChange } from '../api.ts';
import { CONVERSATION_TITLE, focusedRowId, focusNow, focusSoon, LIST_TITLE, rowSelector } from '../focus.ts';
import * as changes from '../state/conversation-changes.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import {
  change,
  conversationId,
  conversations,
  listed,
  practiceId,
  query,
  rowId,
  state,
  view,
} from '../store.ts';
import { againLater } from './again.ts';
import { goTo } from './navigation.ts';
import { loadAround, sought } from './reading.ts';
import { notify } from './session-actions.ts';

/** Opens what a person chose, and puts the keyboard there. */
export function openConversation(id: string): void {
  rowId.value = id;
  goTo({ conversationId: id });
  focusSoon(CONVERSATION_TITLE);
}

/** What an address or a click leads to: the newest messages, or the place that was sought. */
export async function loadOpened(id: string): Promise<void> {
  const place = sought.peek();
  if (place?.conversationId !== id) {
    sought.value = null;
    return loadConversation(id);
  }
  change(changes.conversationAsked, id);
  await loadAround(id, place.seq);
}

/** Asks for the newest messages, which also marks them as read. */
export async function loadConversation(id: string): Promise<void> {
  change(changes.conversationAsked, id);
  const answer = await api.conversation(id);
  if (id === conversationId.peek()) askAgain(answer.ok ? 'answered' : answer.status);
  if (!answer.ok) {
    change(changes.conversationFailed, id, answer.message);
    return;
  }
  const { conversation, messages, nextCursor } = answer.value;
  if (conversation.practiceId !== practiceId.peek()) {
    // An address that names the wrong practice; unless somebody has moved on since.
    if (id === conversationId.peek()) goTo({ practiceId: conversation.practiceId }, { isReplacing: true });
    return;
  }
  change(summariesMerged, [conversation]);
  change(changes.conversationLoaded, id, messages, nextCursor);
}

const askAgain = againLater(() => void refreshOpened());

let isRefreshing = false;
let isAskedAgain = false;

/** `if needed`: only when somebody is looking at texts marked unread, or a message is missing. */
export async function refreshOpened(when: 'always' | 'if needed' = 'always'): Promise<void> {
  const id = conversationId.peek();
  if (id === null || document.visibilityState === 'hidden') return;
  // Who reads far from the end gets there by themselves.
  if (state.peek().opened.get(id)?.newerCursor) return;
  if (when === 'if needed' && !needsRefresh(id)) return;
  isAskedAgain = isRefreshing;
  if (isRefreshing) return;
  isRefreshing = true;
  await loadConversation(id);
  isRefreshing = false;
  if (isAskedAgain) await refreshOpened('if needed');
}

function needsRefresh(id: string): boolean {
  const summary = conversations.peek().get(id);
  const opened = state.peek().opened.get(id);
  if (summary === undefined || opened?.load.is !== 'ready') return false;
  return summary.unread > 0 || summary.lastSeq > (opened.messages.at(-1)?.seq ?? 0);
}

export async function changeConversation(id: string, changesAsked: ConversationChange): Promise<boolean> {
  const answer = await api.change(id, changesAsked);
  if (answer.ok) change(summariesMerged, [answer.value.conversation]);
  else notify(answer.message);
  return answer.ok;
}

/**
 * Done can be taken back, so it asks nothing first. Then comes the next one of the list: the keyboard goes to its row
 * if it was on the row of this one, and it is opened if this one was on screen.
 */
export async function markDone(id: string): Promise<void> {
  const next = nextTo(id);
  const wasOnRow = focusedRowId() === id;
  if (!(await changeConversation(id, { state: 'done' }))) return;
  const isOnScreen = !wasOnRow && id === conversationId.peek();
  notify('Marked done', () => void reopen(id, isOnScreen));
  if (listed.peek().some((one) => one.id === id)) keepKeyboard();
  else if (wasOnRow) toRow(next);
  else if (isOnScreen) moveOn(next);
}

/** What is done later, as after a reply that can still be taken back, leaves the screen as it is by then. */
export async function markDoneLater(id: string): Promise<void> {
  if (await changeConversation(id, { state: 'done' })) notify('Marked done', () => void reopen(id));
}

/** To the next one of the list at once, for whoever is through with this one; not where it stays listed. */
export function moveOnFrom(id: string): void {
  const staysListed = view.peek() === 'done' || query.peek() !== '';
  if (id === conversationId.peek() && !staysListed) moveOn(nextTo(id));
}

/** The one after it, or before it where it is the last. One that has left the list already left its place to the next. */
function nextTo(id: string): string | null {
  const ids = listed.peek().map((one) => one.id);
  const at = ids.indexOf(id);
  return (at === -1 ? (ids[placeInList] ?? ids.at(-1)) : (ids[at + 1] ?? ids[at - 1])) ?? null;
}

/** Where the conversation on screen stands in the list, or stood last: a reply may take it out of a view. */
let placeInList = 0;
effect(() => {
  const at = listed.value.findIndex(({ id }) => id === conversationId.value);
  if (at !== -1) placeInList = at;
});

/** The one so many places on in the list from the conversation on screen; null beyond its ends. */
export function conversationBeside(by: 1 | -1): string | null {
  const ids = listed.peek().map((one) => one.id);
  const at = ids.indexOf(conversationId.peek() ?? '');
  // Where it stood is the next one now.
  const from = at === -1 ? placeInList - (by === 1 ? 1 : 0) : at;
  return ids[from + by] ?? null;
}

function toRow(id: string | null): void {
  if (id === null) {
    focusSoon(LIST_TITLE);
    return;
  }
  rowId.value = id;
  focusSoon(rowSelector(id));
}

/** In place of the one that is done, so that the way back leads to the list and not to it. */
function moveOn(next: string | null): void {
  if (next === null) {
    keepKeyboard();
    return;
  }
  rowId.value = next;
  goTo({ conversationId: next }, { isReplacing: true });
  focusSoon(CONVERSATION_TITLE);
}

/** `isShown`: it is opened again, since it was left for being done. */
export async function reopen(id: string, isShown = false): Promise<void> {
  if (!(await changeConversation(id, { state: 'open' }))) return;
  if (isShown && id !== conversationId.peek()) openConversation(id);
  else keepKeyboard();
}

/** The button that was pressed goes with the state that it changed; the keyboard stays in the conversation. */
function keepKeyboard(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusNow(CONVERSATION_TITLE);
  });
}

export async function retry(id: string, messageId: string): Promise<void> {
  const answer = await api.retry(id, messageId);
  if (answer.ok) change(changes.messagesMerged, id, [answer.value.message]);
  else notify(answer.message);
}
