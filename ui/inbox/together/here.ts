import { computed, effect, signal } from '@preact/signals';
import { TYPING_MS } from '../../../src/domain/inbox/presence.ts';
import { say } from '../say.ts';
import { conversationId, draft } from '../store.ts';

/** Who goes on writing says so before the others take them to have stopped. */
const RENEWAL_MS = TYPING_MS / 3;
/** Somebody who thinks for longer is not writing. */
const PAUSE_MS = 5_000;
/** However fast somebody walks through the list. */
const GAP_MS = 300;

/** A page out of sight is read by nobody. */
const isSeen = signal(document.visibilityState === 'visible');
/** The conversation in which a reply is being written. */
const typingIn = signal<string | null>(null);

const here = computed(() => {
  const conversation = isSeen.value ? conversationId.value : null;
  const isTyping = conversation !== null && typingIn.value === conversation;
  return JSON.stringify({ type: 'here', conversation, isTyping, isHidden: !isSeen.value });
});

/** Tells the others what this page has on screen, for as long as the page is there. */
export function tellWhereWeAre(): void {
  document.addEventListener('visibilitychange', () => {
    isSeen.value = document.visibilityState === 'visible';
  });
  followTyping();
  let saidAt = 0;
  effect(() => {
    const speak = say.value;
    const text = here.value;
    if (speak === null) return;
    const now = () => {
      saidAt = Date.now();
      speak(text);
    };
    const soon = setTimeout(now, Math.max(0, saidAt + GAP_MS - Date.now()));
    const again = typingIn.value === null ? 0 : setInterval(now, RENEWAL_MS);
    return () => {
      clearTimeout(soon);
      clearInterval(again);
    };
  });
}

/** A reply that changes is being written; one that is only looked at, sent or emptied is not. */
function followTyping(): void {
  let before = { id: conversationId.peek(), reply: draft.peek().reply };
  let pause = 0;
  effect(() => {
    const [id, { reply }] = [conversationId.value, draft.value];
    const isChanged = id === before.id && reply !== before.reply;
    before = { id, reply };
    if (id !== null && isChanged && reply !== '') {
      clearTimeout(pause);
      pause = setTimeout(() => {
        typingIn.value = null;
      }, PAUSE_MS);
      typingIn.value = id;
    } else if (reply === '' || typingIn.peek() !== id) typingIn.value = null;
  });
}
