/** Contract: which messages of a conversation a reader gets at once, and from where to read on in both directions. */
import type { Message } from '../src/domain/conversation/message.ts';
import type { ConversationStore } from './conversation-store.ts';

const MESSAGES_PER_PAGE = 50;
/** Of a page in the middle: as much before what was looked for as after it. */
const HALF_A_PAGE = MESSAGES_PER_PAGE / 2;

/** By the message's `seq`: all of them older, all newer, or from both sides of it and itself. */
export type Part = { is: 'newest' } | { is: 'before' | 'after' | 'around'; seq: number };

export interface MessagePage {
  /** In their order. */
  messages: Message[];
  /** What is older is read `before` it; null where nothing is. */
  nextCursor: number | null;
  /** What is newer is read `after` it; null where nothing is. */
  newerCursor: number | null;
}

export function messagePage(store: ConversationStore, part: Part): MessagePage {
  switch (part.is) {
    case 'newest':
      return { ...upTo(store, Number.MAX_SAFE_INTEGER, MESSAGES_PER_PAGE), newerCursor: null };
    case 'before': {
      const page = upTo(store, part.seq, MESSAGES_PER_PAGE);
      return { ...page, newerCursor: page.messages.at(-1)?.seq ?? null };
    }
    case 'after': {
      const page = from(store, part.seq + 1, MESSAGES_PER_PAGE);
      return { ...page, nextCursor: page.messages[0]?.seq ?? null };
    }
    case 'around': {
      const before = upTo(store, part.seq + 1, HALF_A_PAGE);
      const after = from(store, part.seq + 1, HALF_A_PAGE);
      return {
        messages: [...before.messages, ...after.messages],
        nextCursor: before.nextCursor,
        newerCursor: after.newerCursor,
      };
    }
  }
}

function upTo(store: ConversationStore, seq: number, limit: number): Omit<MessagePage, 'newerCursor'> {
  const found = store.pageBefore(seq, limit + 1);
  const messages = found.slice(-limit);
  return { messages, nextCursor: found.length > limit ? (messages[0]?.seq ?? null) : null };
}

function from(store: ConversationStore, seq: number, limit: number): Omit<MessagePage, 'nextCursor'> {
  const found = store.pageFrom(seq, limit + 1);
  const messages = found.slice(0, limit);
  return { messages, newerCursor: found.length > limit ? (messages.at(-1)?.seq ?? null) : null };
}
