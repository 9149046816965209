import { goTo } from '../actions/navigation.ts';
import { editUnsent, sendDraft, trySendingAgain, turns } from '../actions/sending.ts';
import { announce } from '../announcer.ts';
import type { Unsent } from '../state/state.ts';
import { conversationId, state } from '../store.ts';

export interface Held {
  conversationId: string;
  unsent: Unsent;
  until: number;
}

/** Replies that can still be taken back, the one that leaves first first. */
export function heldReplies(): Held[] {
  const held = [...state.value.unsent].flatMap(([id, list]) =>
    list.flatMap((unsent) =>
      unsent.stage.is === 'held' ? [{ conversationId: id, unsent, until: unsent.stage.until }] : [],
    ),
  );
  return held.sort((a, b) => a.until - b.until);
}

/** What is written leaves after so long, unless it is taken back; after what was written before it. */
export function sendAfter(id: string, holdMs: number, isDoneAfter: boolean): void {
  if (holdMs === 0) {
    sendHeld(id);
    sendDraft(id, { isDoneAfter });
    return;
  }
  const stage = { is: 'held', until: Date.now() + holdMs } as const;
  const messageId = sendDraft(id, { stage, isDoneAfter });
  if (messageId !== null) setTimeout(() => sendHeld(id, messageId), holdMs);
}

/** What could still be taken back leaves now: one, those of a conversation, or all. */
export function sendHeld(id?: string, messageId?: string): void {
  for (const held of heldReplies()) {
    const isMeant = (id ?? held.conversationId) === held.conversationId;
    if (isMeant && (messageId ?? held.unsent.id) === held.unsent.id)
      trySendingAgain(held.conversationId, held.unsent.id);
  }
}

/** Ends when all that was on its way has been answered. */
export async function sendAll(): Promise<void> {
  sendHeld();
  await Promise.all(turns.values());
}

/** Back to where it was written. */
export function takeBack({ conversationId: id, unsent }: Held): void {
  if (conversationId.peek() !== id) goTo({ conversationId: id });
  editUnsent(id, unsent.id);
  announce('Taken back. Nothing was sent.');
}
