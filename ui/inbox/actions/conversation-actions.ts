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

/** Null where it was not changed. `undo` is what takes it back; `said` is what the notice then says. */
export async function changeConversation(
  id: string,
  changesAsked: ConversationChange,
  said?: string,
): Promise<{ undo: number | null } | null> {
  const answer = await api.change(id, changesAsked);
  if (!answer.ok) {
    notify(answer.message);
    return null;
  }
  const { conversation, undo } = answer.value;
  change(summariesMerged, [conversation]);
  if (said !== undefined) notify(said, undoOf(id, undo));
  return { undo };
}

function undoOf(id: string, undo: number | null, isShown = false): (() => void) | null {
  return undo === null ? null : () => void takeBack(id, undo, isShown);
}

/**
 * All is as it was, unless somebody changed it since or the caller wrote. `isShown`: it is opened again, since it was
 * left for being done.
 */
async function takeBack(id: string, undo: number, isShown: boolean): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null) return;
  const answer = await api.bulk(practice, { undo: [{ id, version: undo }] });
  const [restored] = answer.ok ? answer.value.changed : [];
  if (!answer.ok) notify(answer.message);
  else if (restored === undefined) notify('Not taken back: something happened there since.');
  else change(summariesMerged, [restored.conversation]);
  if (restored !== undefined && isShown && id !== conversationId.peek()) openConversation(id);
  else keepKeyboard();
}

/** Nobody is owed an answer there, although the caller had the last word; or somebody is, all the same. */
export async function setNeedsReply(id: string, needsReply: boolean): Promise<void> {
  await settle(id, { needsReply }, needsReply ? 'Needs a reply' : 'No reply needed');
}

/** Done can be taken back, so it asks nothing first. */
export function markDone(id: string): Promise<void> {
  return settle(id, { state: 'done' }, 'Marked done');
}

/**
 * What may take it out of the list. Then comes the next one: the keyboard goes to its row if it was on the row of this
 * one, and it is opened if this one was on screen.
 */
export async function settle(id: string, asked: ConversationChange, said: string): Promise<void> {
  const next = nextTo(id);
  const wasOnRow = focusedRowId() === id;
  // A reply may have taken it out of the list before it is done.
  const leaves = isListed(id) || asked.state === 'done';
  const settled = await changeConversation(id, asked);
  if (settled === null) return;
  const isOnScreen = !wasOnRow && id === conversationId.peek();
  notify(said, undoOf(id, settled.undo, isOnScreen));
  if (!leaves || isListed(id)) keepKeyboard();
  else if (wasOnRow) toRow(next);
  else if (isOnScreen) moveOn(next);
}

function isListed(id: string): boolean {
  return listed.peek().some((one) => one.id === id);
}

/** What is done later, as after a reply that can still be taken back, leaves the screen as it is by then. */
export async function markDoneLater(id: string, after: string): Promise<void> {
  await changeConversation(id, { state: 'done', after }, 'Marked done');
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

export async function reopen(id: string): Promise<void> {
  if (await changeConversation(id, { state: 'open' })) keepKeyboard();
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
