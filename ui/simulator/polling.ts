/** Looks for new texts, about every second, and only while somebody looks at the page. */
import { api } from './api.ts';
import { sounds } from './sound.ts';
import { arrivals, messagesLoaded } from './state.ts';
import { announcement, change, isBuzzing, nameOf, state } from './store.ts';

const EVERY_MS = 1000;
const BUZZ_MS = 700;

export function startPolling(): void {
  const ask = () => {
    if (document.visibilityState === 'visible') void askForMessages();
  };
  setInterval(ask, EVERY_MS);
  document.addEventListener('visibilitychange', ask);
  ask();
}

export async function askForMessages(): Promise<void> {
  const { number } = state.peek();
  const answer = await api.messages(number);
  // The phone may have become another one meanwhile. A missed answer is made up for by the next.
  if (!answer.ok || state.peek().number !== number) return;
  const { messages } = answer.value;
  const newest = arrivals(state.peek(), messages).at(-1);
  if (newest !== undefined || hasNews(messages.length)) change(messagesLoaded, messages);
  if (newest === undefined) return;
  sounds.textArrived();
  buzz();
  announcement.value = `Text from ${nameOf(newest.from)}: ${newest.body}`;
}

function hasNews(count: number): boolean {
  const known = state.peek().messages;
  return known === null || count !== known.length || known.some(({ isDelivered }) => !isDelivered);
}

function buzz(): void {
  isBuzzing.value = true;
  navigator.vibrate?.(200);
  setTimeout(() => {
    isBuzzing.value = false;
  }, BUZZ_MS);
}
