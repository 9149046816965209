import { api, type ConversationChange } from '../api.ts';
import { CONVERSATION_TITLE, focusedRowId, focusNow, focusSoon, rowSelector } from '../focus.ts';
import * as changes from '../state/conversation-changes.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import { change, conversationId, conversations, listed, practiceId, rowId, state } from '../store.ts';
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

/** Done can be taken back, so it asks nothing first. The keyboard moves on if it was on that row. */
export async function markDone(id: string): Promise<void> {
  const ids = listed.peek().map((one) => one.id);
  const nextId = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1] ?? null;
  const wasOnRow = focusedRowId() === id;
  if (!(await changeConversation(id, { state: 'done' }))) return;
  notify('Marked done', () => void reopen(id));
  keepKeyboard();
  if (wasOnRow && nextId !== null && !listed.peek().some((one) => one.id === id)) {
    rowId.value = nextId;
    focusSoon(rowSelector(nextId));
  }
}

export async function reopen(id: string): Promise<void> {
  await changeConversation(id, { state: 'open' });
  keepKeyboard();
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
