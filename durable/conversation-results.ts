import type { ConversationSummary } from '../src/domain/conversation-summary.ts';
import type { Message } from '../src/domain/message.ts';
import type { TextRefusal } from '../src/domain/text-refusal.ts';

/** What a conversation answers: everything that a route has to expect is an outcome, nothing is thrown. */

export type NotFound = { outcome: 'not-found' };
export type ReadResult =
  | { outcome: 'read'; conversation: ConversationSummary; messages: Message[]; nextCursor: number | null }
  | NotFound;
export type WriteResult =
  | { outcome: 'written' | 'already-written'; message: Message }
  | { outcome: TextRefusal }
  | NotFound;
export type RetryResult =
  | { outcome: 'queued'; message: Message }
  | { outcome: 'cannot-retry' | TextRefusal }
  | NotFound;
export type ChangeResult = { outcome: 'changed'; conversation: ConversationSummary } | NotFound;

/** `undo` is what takes it back; null where nothing had to be changed. `changed-meanwhile`: it is not as it was seen. */
export type StaffChangeResult =
  | { outcome: 'changed'; conversation: ConversationSummary; undo: number | null }
  | { outcome: 'changed-meanwhile' }
  | NotFound;

export type DeleteResult =
  | { outcome: 'deleted' | 'gone'; version: number }
  /** Something was said since, or is still to be done. */
  | { outcome: 'kept' };
