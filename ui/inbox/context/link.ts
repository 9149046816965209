/** Saying which patient a caller is, and taking it back. */
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { notify } from '../actions/session-actions.ts';
import { request } from '../api.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import { change } from '../store.ts';
import { conversationPath, refresh } from './known.ts';

interface Changed {
  conversation: ConversationSummary;
}

export async function link(id: string, patient: { id: string; name: string }): Promise<boolean> {
  const answer = await request<Changed>('PUT', `${conversationPath(id)}/patient`, { patient: patient.id });
  if (!answer.ok) {
    notify(answer.message);
    return false;
  }
  take(answer.value);
  notify(`Linked to ${patient.name}`, () => void unlink(id));
  return true;
}

export async function unlink(id: string): Promise<void> {
  const answer = await request<Changed>('DELETE', `${conversationPath(id)}/patient`);
  if (answer.ok) take(answer.value);
  else notify(answer.message);
}

function take({ conversation }: Changed): void {
  change(summariesMerged, [conversation]);
  void refresh(conversation.id);
}
