import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message, StaffRef } from '../src/domain/conversation/message.ts';
import type { TextRefusal } from '../src/domain/conversation/text-refusal.ts';
import type { MessagePage } from './message-page.ts';

/** What a conversation answers: everything that a route has to expect is an outcome, nothing is thrown. */

export type NotFound = { outcome: 'not-found' };
export type ReadResult = ({ outcome: 'read'; conversation: ConversationSummary } & MessagePage) | NotFound;
export type WriteResult =
  | { outcome: 'written' | 'already-written'; message: Message }
  /** The caller or a colleague wrote after the newest message that the writer had seen. */
  | { outcome: TextRefusal | 'newer-messages' }
  | NotFound;
export type RetryResult =
  | { outcome: 'queued'; message: Message }
  | { outcome: 'cannot-retry' | TextRefusal }
  | NotFound;
export type ChangeResult = { outcome: 'changed'; conversation: ConversationSummary } | NotFound;
export type ClaimResult =
  | StaffChangeResult
  /** Somebody was a moment faster. */
  | { outcome: 'already-assigned'; to: StaffRef };
export type HandOverResult =
  | { outcome: 'handed-over' | 'already-written'; conversation: ConversationSummary; message: Message }
  | NotFound;
export type ReturnResult = { outcome: 'returned' | 'nothing-to-return' };

/** `undo` is what takes it back; null where nothing had to be changed. `changed-meanwhile`: it is not as it was seen. */
export type StaffChangeResult =
  | { outcome: 'changed'; conversation: ConversationSummary; undo: number | null }
  | { outcome: 'changed-meanwhile' }
  | NotFound;

export type DeleteResult =
  | { outcome: 'deleted' | 'gone'; version: number }
  /** Something was said since, or is still to be done. */
  | { outcome: 'kept' };
