/** What is said of texts that come in, and of what becomes of ours. Fetched after the first list is on screen. */
import { needsAttention } from '../../../src/domain/conversation/delivery-status.ts';
import { FAILURE_WORDS } from '../../../src/domain/conversation/failure-reason.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { announce } from '../announcer.ts';
import { consentEventWords, listEventWords } from '../consent-labels.ts';
import { conversationId, staffId, state } from '../store.ts';
import { STATUS_WORDS } from '../words.ts';
import { type Arrival, arrivalWords } from './arrival-words.ts';

/** Texts that come within it are said together. */
const GATHERED_MS = 300;
/** However many come, the reader gets to say something else in between. */
const PAUSE_MS = 4000;

/** What was already read out, as far as it may be told of again. */
const announced = new Set<string>();
const MOST_ANNOUNCED = 1000;
let arrivals: Arrival[] = [];
let saidAt = 0;

/** Before the state has taken in what the frame says. */
export function hear(frame: Extract<InboxFrame, { type: 'conversation' }>): void {
  const { id: conversation } = frame.conversation;
  const messages = state.peek().opened.get(conversation)?.messages;
  const known = new Set(messages?.map(({ id }) => id));
  const isOpened = conversation === conversationId.peek();
  for (const { id, kind, body, author, delivery, event } of frame.messages) {
    if (kind === 'text-in' && !known.has(id)) {
      arrive(id, { conversationId: conversation, who: callerTitle(frame.conversation), body, isOpened });
    } else if (isOpened && event?.name === 'opted-out' && author?.id !== staffId.peek() && !known.has(id)) {
      once(id, consentEventWords(event.name, author?.name ?? null, event.detail));
    } else if (isOpened && event?.name === 'do-not-text' && !known.has(id)) {
      once(id, listEventWords(event.name, author?.name ?? null));
    } else if (isOpened && delivery && needsAttention(delivery.status)) {
      const words = FAILURE_WORDS[delivery.reason ?? 'outcome-unknown'];
      once(`${id} ${delivery.attempt}`, `${STATUS_WORDS[delivery.status]}. ${words}`);
    }
  }
}

function arrive(id: string, arrival: Arrival): void {
  if (!isNew(id)) return;
  arrivals.push(arrival);
  if (arrivals.length > 1) return;
  setTimeout(say, Math.max(GATHERED_MS, saidAt + PAUSE_MS - Date.now()));
}

function say(): void {
  announce(arrivalWords(arrivals));
  arrivals = [];
  saidAt = Date.now();
}

function once(key: string, words: string): void {
  if (isNew(key)) announce(words);
}

function isNew(key: string): boolean {
  if (announced.has(key)) return false;
  announced.add(key);
  if (announced.size > MOST_ANNOUNCED) announced.delete(announced.values().next().value ?? '');
  return true;
}
