import type { ConversationSummary } from './conversation-summary.ts';

/** Conversations that can be changed in one request. */
export const MAX_BULK = 100;

export interface BulkResult {
  /** `undo`: see `Undoable.version`; null where there was nothing to change. */
  changed: { conversation: ConversationSummary; undo: number | null }[];
  refused: { id: string; reason: 'changed-meanwhile' | 'not-found' | 'unavailable' }[];
}
