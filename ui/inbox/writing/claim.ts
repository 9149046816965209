import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { claims } from '../../shell/claims.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { notify } from '../actions/session-actions.ts';
import { conversationPath, request } from '../api.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import { change } from '../store.ts';

/** Replies that have been begun: each is asked for once, also where the claim was taken back. */
const begun = new Set<string>();

/** Whoever begins to write a reply takes the conversation, if it is nobody's: so two do not answer one caller. */
export function claimOnFirstKey({ id, assignee }: ConversationSummary, text: string): void {
  if (text.trim() === '') {
    begun.delete(id);
    return;
  }
  if (begun.has(id)) return;
  begun.add(id);
  if (assignee === null && claims.peek()) void claim(id);
}

async function claim(id: string): Promise<void> {
  const answer = await request<{ conversation: ConversationSummary }>(
    'POST',
    `${conversationPath(id)}/claim`,
    {},
    { parts: 'conversation' },
  );
  if (answer.ok) {
    change(summariesMerged, [answer.value.conversation]);
    notify('You took this conversation', () => void changeConversation(id, { assignee: null }));
  } else if (answer.code === 'already-assigned') {
    notify(`${answer.message} What you wrote is kept.`);
  }
  // Whose it is matters less than that somebody answers: without a connection nothing is said.
}
