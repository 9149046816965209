import type { Mention } from '../src/domain/conversation/mentions.ts';
import type { Message } from '../src/domain/conversation/message.ts';

/**
 * Who was named in a note and has not looked at it yet. Those that were looked at stay for as long as the note may
 * be told again: it must not call anybody twice.
 */
export const MENTIONS_TABLE = `CREATE TABLE mentions (
  staff        TEXT NOT NULL,
  message      TEXT NOT NULL,
  conversation TEXT NOT NULL,
  by_id        TEXT NOT NULL,
  by_name      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  is_seen      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (staff, message)
) WITHOUT ROWID`;

const KEPT_MS = 60 * 86_400_000;
const MOST_SHOWN = 50;

/** Without what the conversation itself says. */
export type NotedMention = Omit<Mention, 'caller'>;

export class MentionStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Within the transaction that takes the messages in. Answers those that are new, by staff id. */
  record(
    conversation: string,
    messages: readonly Message[],
    now: number,
  ): { staffId: string; mention: NotedMention }[] {
    const recent = messages.filter(({ mentions, at }) => mentions !== undefined && at > now - KEPT_MS);
    if (recent.length === 0) return [];
    this.#sql.exec('DELETE FROM mentions WHERE at <= ?', now - KEPT_MS);
    return recent.flatMap((message) => this.#new(conversation, message));
  }

  #new(
    conversation: string,
    { id, at, author, mentions = [] }: Message,
  ): { staffId: string; mention: NotedMention }[] {
    if (author === null) return [];
    const isNew = ({ id: staffId }: { id: string }) =>
      this.#sql
        .exec(
          `INSERT INTO mentions (staff, message, conversation, by_id, by_name, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING RETURNING 1`,
          staffId,
          id,
          conversation,
          author.id,
          author.name,
          at,
        )
        .raw()
        .next().done === false;
    return mentions
      .filter(isNew)
      .map(({ id: staffId }) => ({ staffId, mention: { conversation, by: author, at } }));
  }

  /** The newest of each conversation, the newest first. */
  unseen(staffId: string): NotedMention[] {
    const rows = this.#sql.exec(
      `SELECT conversation, by_id, by_name, max(at) AS at FROM mentions WHERE staff = ? AND is_seen = 0
       GROUP BY conversation ORDER BY at DESC LIMIT ?`,
      staffId,
      MOST_SHOWN,
    );
    return [...rows].map((row) => ({
      conversation: row.conversation as string,
      by: { id: row.by_id as string, name: row.by_name as string },
      at: row.at as number,
    }));
  }

  /** Answers whether there were any. */
  see(staffId: string, conversation: string): boolean {
    const sql = 'UPDATE mentions SET is_seen = 1 WHERE staff = ? AND conversation = ? AND is_seen = 0';
    return this.#sql.exec(sql, staffId, conversation).rowsWritten > 0;
  }

  /** Together with their conversations. */
  forget(gone: readonly { id: string }[]): void {
    for (const { id } of gone) this.#sql.exec('DELETE FROM mentions WHERE conversation = ?', id);
  }
}
