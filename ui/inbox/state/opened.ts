/** The messages of a conversation that are here: a part of it without gaps, and never more than is near. */
import { laterStatus } from '../../../src/domain/conversation/delivery-status.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import type { OpenedConversation, State } from './state.ts';

export const NOTHING_YET: OpenedConversation = {
  messages: [],
  nextCursor: null,
  newerCursor: null,
  load: { is: 'loading' },
  isLoadingOlder: false,
  isLoadingNewer: false,
};

/** More than a screen is ever high, by far; what is further away is dropped, and read again when it is near. */
const MOST_MESSAGES = 200;

export function withOpened(
  state: State,
  id: string,
  step: (opened: OpenedConversation) => OpenedConversation,
): State {
  return { ...state, opened: new Map(state.opened).set(id, step(state.opened.get(id) ?? NOTHING_YET)) };
}

/** Same id, same message: of its two states the later one wins. */
export function mergeMessages(before: readonly Message[], news: readonly Message[]): Message[] {
  const byId = new Map(before.map((message) => [message.id, message]));
  for (const message of news) byId.set(message.id, laterMessage(byId.get(message.id), message));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

function laterMessage(known: Message | undefined, told: Message): Message {
  const [before, now] = [known?.delivery, told.delivery];
  if (known === undefined || !before || !now) return told;
  if (now.attempt !== before.attempt) return now.attempt > before.attempt ? told : known;
  return laterStatus(before.status, now.status) === now.status ? told : known;
}

export function withoutOldest(opened: OpenedConversation): OpenedConversation {
  const messages = opened.messages.slice(-MOST_MESSAGES);
  if (messages.length === opened.messages.length) return opened;
  return { ...opened, messages, nextCursor: String(messages[0]?.seq) };
}

export function withoutNewest(opened: OpenedConversation): OpenedConversation {
  const messages = opened.messages.slice(0, MOST_MESSAGES);
  if (messages.length === opened.messages.length) return opened;
  return { ...opened, messages, newerCursor: String(messages.at(-1)?.seq) };
}
