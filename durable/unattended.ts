import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import { BUCKET, type Bucket, placeOf } from '../src/domain/inbox/inbox-view.ts';

/** When a caller first waited for somebody who was not here. In the row that is written anyway. */
export const UNATTENDED_COLUMN = 'ALTER TABLE conversations ADD COLUMN unattended_since INTEGER';

interface Known {
  bucket: Bucket | 0;
  assignee: string;
  indexedSeq: number;
  unattendedSince: number | null;
}

/**
 * What comes to need a reply, is written to again, or is given to somebody, while whose it is is not here.
 */
export function unattendedSince(
  summary: ConversationSummary,
  messages: readonly Message[],
  known: Known | null,
  isHere: (staffId: string) => boolean,
): number | null {
  const { bucket, assigneeId } = placeOf(summary);
  if (known === null || bucket !== BUCKET.needsReply || assigneeId === '') return null;
  // It is being fetched again.
  if (known.bucket === 0) return known.unattendedSince;
  if (known.assignee !== assigneeId) return isHere(assigneeId) ? null : Date.now();
  const isWritten = messages.some(({ kind, seq }) => kind === 'text-in' && seq > known.indexedSeq);
  if (known.bucket === BUCKET.needsReply && !isWritten) return known.unattendedSince;
  return isHere(assigneeId) ? null : (known.unattendedSince ?? Date.now());
}

/** Those that wait for who is not here, or was not when they began to. */
export class Unattended {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whose they are, and since when the first of each. */
  assignees(): { staffId: string; since: number }[] {
    const rows = this.#sql.exec(
      `SELECT assignee AS staffId, MIN(unattended_since) AS since FROM conversations
       WHERE bucket = ? AND assignee <> '' AND unattended_since IS NOT NULL GROUP BY assignee`,
      BUCKET.needsReply,
    );
    return [...rows] as unknown as { staffId: string; since: number }[];
  }

  of(staffId: string, limit: number): string[] {
    const rows = this.#sql.exec(
      `SELECT id FROM conversations
       WHERE bucket = ? AND assignee = ? AND assignee <> '' AND unattended_since IS NOT NULL LIMIT ?`,
      BUCKET.needsReply,
      staffId,
      limit,
    );
    return [...rows].map((row) => row.id as string);
  }

  /** The conversation has decided; what it became is published by itself. */
  seenTo(id: string): void {
    this.#sql.exec('UPDATE conversations SET unattended_since = NULL WHERE id = ?', id);
  }
}
