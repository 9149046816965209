import { partMissing } from '../../shell/missing-part.ts';
import {
  changeConversation,
  conversationBeside,
  markDone,
  openConversation,
  reopen,
  setNeedsReply,
} from '../actions/conversation-actions.ts';
import { goTo, leaveConversation } from '../actions/navigation.ts';
import { notify } from '../actions/session-actions.ts';
import { type Bulk, changeSelected } from '../choosing/change-selected.ts';
import { isSelecting, selected, stopSelecting, toggleSelected } from '../choosing/selection.ts';
import {
  COMPOSER,
  CONVERSATION_TITLE,
  focusDrawn,
  focusedRowId,
  focusNow,
  focusRow,
  LIST_TITLE,
  SEARCH,
} from '../focus.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import { noticed } from '../state/session-changes.ts';
import { change, conversationId, conversations, listed, notice, query, session, tabRowId } from '../store.ts';
import { chooseAssignee, chooseAssigneeOfSelected } from './choose-assignee.ts';
import { chooseSnooze, chooseSnoozeOfSelected } from './choose-snooze.ts';
import { startGoing } from './going.ts';
import type { Action } from './shortcuts.ts';
import { choosing, showShortcuts } from './shown.ts';

/** What each key does. False: nothing, and the browser may have it. */
export const DOES: Record<Action, () => boolean> = {
  'next-row': () => moveRow(1),
  'previous-row': () => moveRow(-1),
  'first-row': () => moveRow(Number.NEGATIVE_INFINITY),
  'last-row': () => moveRow(Number.POSITIVE_INFINITY),
  // A row is a link.
  'open-row': () => false,
  'next-conversation': () => moveConversation(1),
  'previous-conversation': () => moveConversation(-1),
  search: () => {
    focusNow(SEARCH);
    return true;
  },
  select: () => withSubject(toggleSelected),
  reply: () => write('reply'),
  note: () => write('note'),
  done: toggleDone,
  assign: () => forSelectedOr(chooseAssigneeOfSelected, chooseAssignee),
  take: takeOrTakeAll,
  snooze: () => forSelectedOr(chooseSnoozeOfSelected, chooseSnooze),
  'needs-reply': toggleNeedsReply,
  // The composer sees to these.
  send: () => false,
  'send-and-done': () => false,
  'quick-responses': () => false,
  'undo-send': () => false,
  palette: openPalette,
  go: startGoing,
  back,
  undo,
  help: showShortcuts,
};

/** Its script is fetched with the first ⌘K. */
function openPalette(): boolean {
  const subject = conversations.peek().get(subjectId() ?? '');
  void import('./palette.ts').then(({ paletteFor }) => {
    choosing.value = paletteFor(subject);
  }, partMissing);
  return true;
}

/** What the keyboard is on: a row, else the opened conversation. */
function subjectId(): string | null {
  return focusedRowId() ?? conversationId.peek();
}

function withSubject(act: (id: string) => void): boolean {
  const id = subjectId();
  if (id === null || !conversations.peek().has(id)) return false;
  act(id);
  return true;
}

function moveRow(by: number): boolean {
  const ids = listed.peek().map(({ id }) => id);
  const current = focusedRowId();
  const from = ids.indexOf(current ?? tabRowId.peek() ?? '');
  const id = ids[within(ids, current === null ? from : from + by)];
  if (id === undefined) return false;
  focusRow(id);
  return true;
}

/** At an end of the list it stays where it is. */
function moveConversation(by: 1 | -1): boolean {
  const id = conversationBeside(by);
  if (id !== null) openConversation(id);
  return true;
}

function within(ids: readonly string[], index: number): number {
  return Math.min(ids.length - 1, Math.max(0, index));
}

function write(mode: 'reply' | 'note'): boolean {
  return withSubject((id) => {
    change(draftChanged, id, { mode });
    if (id === conversationId.peek()) focusNow(COMPOSER);
    else goTo({ conversationId: id });
    focusDrawn(COMPOSER);
  });
}

/** While rows are selected, a key in the list is for all of them. */
function isForSelected(): boolean {
  return selected.peek().length > 0 && document.activeElement?.closest('.conversation') === null;
}

function forSelected(bulk: Bulk): boolean {
  void changeSelected(bulk);
  return true;
}

function forSelectedOr(ofSelected: () => void, ofOne: (id: string) => void): boolean {
  if (!isForSelected()) return withSubject(ofOne);
  ofSelected();
  return true;
}

function toggleDone(): boolean {
  if (isForSelected()) return forSelected({ change: { state: 'done' }, did: 'done' });
  return withSubject((id) => {
    const isDone = conversations.peek().get(id)?.state === 'done';
    void (isDone ? reopen(id) : markDone(id));
  });
}

function toggleNeedsReply(): boolean {
  if (isForSelected())
    return forSelected({ change: { needsReply: false }, did: 'marked as needing no reply' });
  return withSubject((id) => {
    const { state, waitingSince } = conversations.peek().get(id) ?? {};
    void setNeedsReply(id, state !== 'open' || waitingSince === null);
  });
}

function takeOrTakeAll(): boolean {
  const me = session.peek()?.staff.id;
  if (me !== undefined && isForSelected())
    return forSelected({ change: { assignee: me }, did: 'assigned to you' });
  return withSubject(take);
}

async function take(id: string): Promise<void> {
  const me = session.peek()?.staff.id;
  const before = conversations.peek().get(id)?.assignee ?? null;
  if (me === undefined) return;
  if (before?.id === me) {
    notify('It is yours already');
    return;
  }
  await changeConversation(id, { assignee: me }, 'Assigned to you');
}

/** While the notice shows that offers it. */
function undo(): boolean {
  const current = notice.peek();
  if (current === null || current.undo === null || current.offers !== 'Undo') return false;
  change(noticed, null);
  current.undo();
  return true;
}

/** Out of the field into its conversation, out of the search and of the selection, then to the list. */
function back(): boolean {
  const on = document.activeElement;
  if (on?.closest('.composer')) {
    focusNow(CONVERSATION_TITLE);
  } else if (on instanceof HTMLInputElement && on.matches(SEARCH) && on.value !== '') {
    on.value = '';
    on.dispatchEvent(new InputEvent('input', { bubbles: true }));
  } else if (query.peek() !== '' && on?.closest('.conversation') === null) {
    goTo({ query: '' }, { isReplacing: true });
    focusDrawn(LIST_TITLE);
  } else if (isSelecting.peek() && on?.closest('.conversation') === null) {
    stopSelecting();
  } else if (isListHidden() && conversationId.peek() !== null) {
    leaveConversation();
  } else {
    toList();
  }
  return true;
}

/** To the row of the opened conversation, or where that has left the list, to the one where the keyboard was last. */
function toList(): void {
  const opened = listed.peek().find(({ id }) => id === conversationId.peek())?.id ?? tabRowId.peek();
  if (opened === null) focusNow(LIST_TITLE);
  else focusRow(opened);
}

/** On a small screen the list is another screen; on a large one it is beside the conversation. */
function isListHidden(): boolean {
  return (document.querySelector('#list')?.getClientRects().length ?? 0) === 0;
}
