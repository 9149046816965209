import { computed } from '@preact/signals';
import type { Message } from '../../../src/domain/conversation/message.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import { change, newer, newestSeqOf, state } from '../store.ts';

/** What the writer of a reply has seen: from the first letter on, whatever comes is news until they have looked. */
export function keepSeen(id: string, text: string): void {
  const seenSeq = state.peek().drafts.get(id)?.seenSeq ?? null;
  if (text.trim() === '') {
    if (seenSeq !== null) change(draftChanged, id, { seenSeq: null });
  } else if (seenSeq === null) lookAgain(id);
}

/** They have looked at all that is on screen. */
export function lookAgain(id: string): void {
  change(draftChanged, id, { seenSeq: newestSeqOf(id) });
}

/** Who wrote while the reply was being written; the caller by what they are called. */
export const newerWriters = computed(() => [...new Set(newer.value.map(writerOf))]);

function writerOf({ author }: Message): string | null {
  return author?.name ?? null;
}
