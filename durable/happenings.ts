import type { Activity } from '../src/domain/activity/activity.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import type { ConversationStore } from './conversation-store.ts';

/** What happened in a conversation besides texts. It keeps the calls that led to a text for longer than the activity. */

export interface Happenings {
  conversation: ConversationSummary;
  /** Events, and texts that a call led to, the newest first. */
  events: Message[];
  /** Of those of them that a call led to. */
  calls: Activity[];
}

const MOST = 100;

export function happeningsIn(store: ConversationStore): Omit<Happenings, 'conversation'> {
  const events = store.happenings(MOST);
  return { events, calls: store.activitiesOf(events.map(({ seq }) => seq)) };
}
