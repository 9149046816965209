import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import type { Happening } from '../../../src/domain/telling/ring.ts';

export interface Told {
  id: string;
  happening: Happening;
}

/** What was told already: frames may come again, and messages in them change. */
const heard = new Set<string>();
/** The newest that this page has heard of anything; null before its first list. */
let newestAt: number | null = null;
let of = '';

/** What is new in a frame, in the order that it happened. */
export function happenings(frame: InboxFrame): Told[] {
  switch (frame.type) {
    case 'conversation': {
      const news = frame.messages.filter(({ id }) => !heard.has(id));
      for (const { id } of news) heard.add(id);
      note([frame.conversation]);
      return [changed(frame.conversation, news)];
    }
    case 'snapshot':
      return missed(frame.conversations);
    case 'mentioned':
      return [{ id: frame.conversation, happening: { is: 'mentioned', byId: frame.by.id } }];
    case 'escalated':
      return [{ id: frame.conversation, happening: { is: 'escalated', level: frame.level } }];
    case 'resumed':
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
  const practice = conversations[0]?.practiceId ?? of;
  const since = practice === of ? newestAt : null;
  of = practice;
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

function note(conversations: readonly ConversationSummary[]): void {
  for (const { last } of conversations) newestAt = Math.max(newestAt ?? 0, last.at);
}

function changed(
  conversation: ConversationSummary,
  messages: readonly Pick<Message, 'kind' | 'author' | 'event'>[],
): Told {
  return { id: conversation.id, happening: { is: 'changed', conversation, messages } };
}
