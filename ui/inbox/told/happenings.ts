import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Mention } from '../../../src/domain/conversation/mentions.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import type { Happening } from '../../../src/domain/telling/ring.ts';

export interface Told {
  id: string;
  happening: Happening;
}

/** Of these messages it was told already: frames may come again, and messages in them change. */
const heard = new Set<string>();
/** A message changes while its text is delivered, and hardly after so many others. */
export const MOST_HEARD = 2_000;
/** The newest that this page has heard of anything, and of notes that name this person; null before its first list. */
let newestAt: number | null = null;
let namedAt: number | null = null;
let of: string | null = null;

/** What is new in a frame of this practice, in the order that it happened. */
export function happenings(frame: InboxFrame, practiceId: string | null): Told[] {
  if (practiceId !== of) {
    of = practiceId;
    heard.clear();
    newestAt = null;
    namedAt = null;
  }
  switch (frame.type) {
    case 'conversation': {
      const news = frame.messages.filter(({ id }) => !heard.has(id));
      hear(news);
      note([frame.conversation]);
      return [changed(frame.conversation, news)];
    }
    case 'snapshot':
      return [...missed(frame.conversations), ...named(frame.mentions)];
    case 'resumed':
      return named(frame.mentions);
    case 'mentioned':
      namedAt = Math.max(namedAt ?? 0, frame.at);
      return [{ id: frame.conversation, happening: { is: 'mentioned', byId: frame.by.id } }];
    case 'escalated':
      return [{ id: frame.conversation, happening: { is: 'escalated', level: frame.level } }];
    case 'presence':
    case 'alarms':
    case 'mentions-seen':
    case 'waiting-rules':
    case 'call-backs':
    case 'activity':
    case 'heartbeat':
      return [];
  }
}

/** After a gap there is a new list instead of what was missed: callers who wrote since are told of. */
function missed(conversations: readonly ConversationSummary[]): Told[] {
  const since = newestAt;
  if (since === null) newestAt = Date.now();
  note(conversations);
  if (since === null) return [];
  const written: Pick<Message, 'kind' | 'author' | 'event'>[] = [
    { kind: 'text-in', author: null, event: null },
  ];
  return conversations
    .filter(({ last }) => last.kind === 'text-in' && last.at > since)
    .map((conversation) => changed(conversation, written));
}

/** Notes that named this person while nothing was heard. */
function named(mentions: readonly Mention[]): Told[] {
  const since = namedAt;
  namedAt = Math.max(since ?? 0, ...mentions.map(({ at }) => at));
  if (since === null) return [];
  return mentions
    .filter(({ at }) => at > since)
    .map(({ conversation, by }) => ({ id: conversation, happening: { is: 'mentioned', byId: by.id } }));
}

/** The oldest make room. */
function hear(messages: readonly Pick<Message, 'id'>[]): void {
  for (const { id } of messages) heard.add(id);
  for (const id of heard) {
    if (heard.size <= MOST_HEARD) return;
    heard.delete(id);
  }
}

function note(conversations: readonly ConversationSummary[]): void {
  for (const { last } of conversations) newestAt = Math.max(newestAt ?? 0, last.at);
}

function changed(
  conversation: ConversationSummary,
  messages: readonly Pick<Message, 'kind' | 'author' | 'event'>[],
): Told {
  return { id: conversation.id, happening: { is: 'changed', conversation, messages } };
}
