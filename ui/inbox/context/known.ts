/** What the server knows of the caller on screen: asked when it is shown, and again when something happened there. */
import { signal } from '@preact/signals';
import type { ConversationContext } from '../../../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { useEffect } from '../../design/html.ts';
import { request } from '../api.ts';
import { callBacks, practiceId } from '../store.ts';

export interface Known {
  id: string;
  context: ConversationContext | null;
  /** Why there is nothing newer. */
  problem: string | null;
}

/** In memory only, and of one conversation. */
export const known = signal<Known | null>(null);

/** Several things that happen at once are asked about once. */
const PAUSE_MS = 400;

export function knownOf({ id }: ConversationSummary): Known {
  return known.value?.id === id ? known.value : { id, context: null, problem: null };
}

export function useKnown(conversation: ConversationSummary): Known {
  const { id, version } = conversation;
  const open = callBacks.value;
  useEffect(() => {
    if (known.peek()?.id !== id) {
      void refresh(id);
      return;
    }
    const timer = setTimeout(() => void refresh(id), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, version, open]);
  return knownOf(conversation);
}

export async function refresh(id: string): Promise<void> {
  const before = known.peek()?.id === id ? known.peek() : null;
  known.value = { id, context: before?.context ?? null, problem: null };
  const asked = new URLSearchParams({ practice: practiceId.peek() ?? '' });
  const answer = await request<ConversationContext>('GET', `${conversationPath(id)}/context?${asked}`);
  // Somebody has moved on since.
  if (known.peek()?.id !== id) return;
  known.value = answer.ok
    ? { id, context: answer.value, problem: null }
    : { id, context: known.peek()?.context ?? null, problem: answer.message };
}

export function conversationPath(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}
