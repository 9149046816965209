import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import type { Message } from '../conversation/message.ts';

/** Why somebody is told of a conversation, the most pressing last. */
export const REASONS = ['waiting', 'escalated', 'assigned', 'mentioned', 'urgent'] as const;
export type Reason = (typeof REASONS)[number];

/** What happened in a conversation. `messages` are only those that are new. */
export type Happening =
  | {
      is: 'changed';
      conversation: Pick<ConversationSummary, 'state' | 'waitingSince' | 'assignee' | 'urgent'>;
      messages: readonly Pick<Message, 'kind' | 'author' | 'event'>[];
    }
  | { is: 'escalated'; level: 'everyone' | 'managers' }
  | { is: 'mentioned'; byId: string };

export interface Person {
  id: string;
  isManager: boolean;
}

/** In which moment it would ring. */
export interface Moment {
  /** The conversation is on screen, and the window has the keyboard. */
  isLookedAt: boolean;
  /** Outside the hours in which this person wants to be told. */
  isQuiet: boolean;
  passesUrgent: boolean;
}

/** Why this person is to be told; null where it is none of their business, or their own doing. */
export function reasonToTell(happening: Happening, { id, isManager }: Person): Reason | null {
  switch (happening.is) {
    case 'escalated':
      return happening.level === 'everyone' || isManager ? 'escalated' : null;
    case 'mentioned':
      return happening.byId === id ? null : 'mentioned';
    case 'changed': {
      const { conversation, messages } = happening;
      const isMine = conversation.assignee?.id === id;
      const isAnswerOwed = conversation.state === 'open' && conversation.waitingSince !== null;
      const hasWritten = isAnswerOwed && messages.some(({ kind }) => kind === 'text-in');
      // Of everybody's business, whoever has the conversation.
      if (hasWritten && conversation.urgent !== null) return 'urgent';
      const wasGiven = messages.some(({ event, author }) => event?.name === 'assigned' && author?.id !== id);
      if (isMine && wasGiven) return 'assigned';
      return hasWritten && (isMine || conversation.assignee === null) ? 'waiting' : null;
    }
  }
}

/** Whether it is heard: the one rule for the sound, the notification and the push. */
export function ring(reason: Reason | null, { isLookedAt, isQuiet, passesUrgent }: Moment): Reason | null {
  if (reason === null || isLookedAt) return null;
  if (isQuiet && !(reason === 'urgent' && passesUrgent)) return null;
  return reason;
}

/** The more pressing of two. */
export function morePressing(one: Reason, other: Reason): Reason {
  return isMorePressing(other, one) ? other : one;
}

export function isMorePressing(one: Reason, than: Reason): boolean {
  return REASONS.indexOf(one) > REASONS.indexOf(than);
}
