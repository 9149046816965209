import { signal } from '@preact/signals';
import { changeConversation, markDone } from './actions/conversation-actions.ts';
import { leaveConversation } from './actions/navigation.ts';
import { COMPOSER, focusedRowId, focusNow, focusRow, focusSoon, SEARCH } from './focus.ts';
import { draftChanged } from './state/conversation-changes.ts';
import { change, conversationId, conversations, listed, pageAddress, session, tabRowId } from './store.ts';

export const areShortcutsShown = signal(false);

export function closeShortcuts(): void {
  areShortcutsShown.value = false;
}

const PREFERENCE = 'offhook single-key shortcuts';

/** Speech input types letters too, so single keys can be turned off (WCAG 2.1.4). Kept in this browser. */
export const areSingleKeysOn = signal(localStorage.getItem(PREFERENCE) !== 'off');

export function turnSingleKeys(isOn: boolean): void {
  areSingleKeysOn.value = isOn;
  localStorage.setItem(PREFERENCE, isOn ? 'on' : 'off');
}

export function followKeys(): void {
  document.addEventListener('keydown', onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || session.peek() === null) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open], [popover]:popover-open') !== null) return;
  if (pageAddress.peek() !== null && event.key !== '?') return;
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const isTyping = target.matches('input, textarea, select');
  const isInList = target.closest('#list') !== null;
  const isDone =
    event.key === 'Escape'
      ? backToList()
      : (isInList && moveByArrow(event.key)) || (!isTyping && areSingleKeysOn.peek() && singleKey(event.key));
  if (isDone) event.preventDefault();
}

function moveByArrow(key: string): boolean {
  switch (key) {
    case 'ArrowDown':
      return moveRow(1);
    case 'ArrowUp':
      return moveRow(-1);
    case 'Home':
      return moveRow(Number.NEGATIVE_INFINITY);
    case 'End':
      return moveRow(Number.POSITIVE_INFINITY);
    default:
      return false;
  }
}

function singleKey(key: string): boolean {
  switch (key) {
    case 'j':
    case 'J':
      return moveRow(1);
    case 'k':
    case 'K':
      return moveRow(-1);
    case 'r':
    case 'R':
      return write('reply');
    case 'n':
    case 'N':
      return write('note');
    case 'e':
    case 'E':
      return toggleDone();
    case '/':
      focusNow(SEARCH);
      return true;
    case '?':
      areShortcutsShown.value = true;
      return true;
    default:
      return false;
  }
}

function moveRow(by: number): boolean {
  const ids = listed.peek().map(({ id }) => id);
  const current = focusedRowId();
  const from = ids.indexOf(current ?? tabRowId.peek() ?? '');
  const wanted = current === null ? from : from + by;
  const id = ids[Math.min(ids.length - 1, Math.max(0, wanted))];
  if (id === undefined) return false;
  focusRow(id);
  return true;
}

function write(mode: 'reply' | 'note'): boolean {
  const id = conversationId.peek();
  if (id === null) return false;
  change(draftChanged, id, { mode });
  focusNow(COMPOSER);
  // Where only notes can be written, the mode decides what there is to be focused.
  focusSoon(COMPOSER);
  return true;
}

/** Of the row the keyboard is on, else of the opened conversation. */
function toggleDone(): boolean {
  const id = focusedRowId() ?? conversationId.peek();
  const summary = id === null ? undefined : conversations.peek().get(id);
  if (summary === undefined) return false;
  if (summary.state === 'done') void changeConversation(summary.id, { state: 'open' });
  else void markDone(summary.id);
  return true;
}

/** On a small screen the list is another screen; on a large one it is beside the conversation. */
function backToList(): boolean {
  const id = conversationId.peek() ?? tabRowId.peek();
  const list = document.querySelector('#list');
  const isListHidden = list === null || list.getClientRects().length === 0;
  if (isListHidden && conversationId.peek() !== null) leaveConversation();
  else if (id !== null) focusRow(id);
  return true;
}
