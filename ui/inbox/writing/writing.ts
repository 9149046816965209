/**
 * What helps with writing a reply: quick responses, smart phrases, taking back, and a look at what the text says.
 * Fetched when a conversation is opened, and drawn in the places that the composer keeps for it.
 */
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { keys } from '../keyboard.ts';
import { draft } from '../store.ts';
import { claimOnFirstKey } from './claim.ts';
import { composerField, isOwnChange } from './field.ts';
import { stopped } from './guard.ts';
import { heldReplies, sendHeld, takeBack } from './held.ts';
import { activeIndex, followSlash, listKey, optionId, options } from './quick-list.ts';
import { keepSeen, lookAgain } from './seen.ts';
import { activePerson, followAt, people, peopleKey, personId } from './staff-list.ts';
import { fillTyped, goToNextPhrase } from './unfilled.ts';

export { submit } from './guard.ts';
export { sendAll } from './held.ts';
export { Above, Foot } from './views.ts';

// Nothing of it is seen before it looks as it should.
await stylesheet('/assets/writing.css');

// A page that goes takes nothing with it that was sent: what can still be taken back leaves now.
addEventListener('pagehide', () => sendHeld());
// A phone may end a page that is out of sight without another word.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') sendHeld();
});

/** True where the key was for one of these. */
export function onKey(event: KeyboardEvent, conversation: ConversationSummary): boolean {
  if (event.isComposing) return false;
  const isDone =
    draft.peek().mode === 'note'
      ? peopleKey(event)
      : listKey(event) || goToNextPhrase(event) || undoKey(event, conversation);
  if (isDone) {
    event.preventDefault();
    // Escape would lead back to the list of conversations.
    event.stopPropagation();
  }
  return isDone;
}

/** After the text has changed. */
export function onInput(conversation: ConversationSummary): void {
  const field = composerField();
  if (field === null) return;
  forgetStopped(field.value.trim(), conversation.id);
  if (draft.peek().mode === 'note') {
    if (!isOwnChange()) followAt(field, conversation.id);
    return;
  }
  keepSeen(conversation.id, field.value);
  claimOnFirstKey(conversation, field.value);
  if (isOwnChange()) return;
  if (field.value[field.selectionStart - 1] === '}') fillTyped(field, conversation);
  followSlash(field, conversation);
}

/** Whoever writes on has read what was asked. */
function forgetStopped(text: string, conversationId: string): void {
  const why = stopped.peek();
  if (why === null || why.text === text) return;
  stopped.value = null;
  if (why.is === 'newer' && why.conversationId === conversationId) lookAgain(conversationId);
}

/** What the field says of the list that it rules. */
export function listRoles(): Record<string, string> {
  if (draft.value.mode === 'note') return rolesOf('staff-list', people.value, personId(activePerson.value));
  return rolesOf('quick-list', options.value, optionId(activeIndex.value));
}

function rolesOf(list: string, shown: readonly unknown[] | null, active: string): Record<string, string> {
  if (shown === null) return { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' };
  return {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': list,
    ...(shown.length > 0 ? { 'aria-activedescendant': active } : {}),
  };
}

/** Where nothing is written, undoing means the reply that is about to leave. */
function undoKey(event: KeyboardEvent, conversation: ConversationSummary): boolean {
  if (keys.peek()?.writingKey(event) !== 'undo-send' || draft.peek().reply !== '') return false;
  const held = heldReplies().findLast((one) => one.conversationId === conversation.id);
  if (held === undefined) return false;
  takeBack(held);
  return true;
}
