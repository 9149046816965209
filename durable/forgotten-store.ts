import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';

/** Conversations that were deleted because their time was over, and which ones that will be. */
export const FORGOTTEN_TABLE = `CREATE TABLE forgotten (
   id      TEXT PRIMARY KEY,
   version INTEGER NOT NULL  -- of the summary: nothing up to this one is taken any more
 ) WITHOUT ROWID`;

/** Rows that one call looks at, whether or not any of them is past its time. */
const LOOKED_AT = 2_000;

export interface Past {
  ids: string[];
  /** Everything up to this one has been looked at; null where that is all. */
  lookedTo: string | null;
}

export class ForgottenStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  versionOf(id: string): number {
    const row = this.#sql.exec('SELECT version FROM forgotten WHERE id = ?', id).next();
    return row.done ? 0 : (row.value.version as number);
  }

  /** Conversations behind `after`, by id, in which nothing was said since `before`; with null all that there are. */
  past(before: number | null, after: string, limit: number): Past {
    const rows = this.#sql.exec(
      'SELECT id, version, summary FROM conversations WHERE id > ? ORDER BY id LIMIT ?',
      after,
      LOOKED_AT,
    );
    const ids: string[] = [];
    let [lookedTo, looked] = [after, 0];
    for (const { id, version, summary } of rows) {
      looked += 1;
      lookedTo = id as string;
      // Of one that is being fetched again nothing is known.
      const isPast = before !== null && version !== 0 && lastAtIn(summary as string) < before;
      if (before === null || isPast) ids.push(lookedTo);
      if (ids.length === limit) return { ids, lookedTo };
    }
    return { ids, lookedTo: looked < LOOKED_AT ? null : lookedTo };
  }

  /** The words are found by reading the index once: so, many at a time. */
  forget(gone: readonly { id: string; version: number }[]): void {
    const json = JSON.stringify(gone);
    const these = "(SELECT value ->> 'id' FROM json_each(?))";
    this.#sql.exec(
      `DELETE FROM call_backs WHERE (line_id, caller) IN (
         SELECT summary ->> '$.line.id', summary ->> '$.caller.number' FROM conversations
         WHERE version > 0 AND id IN ${these})`,
      json,
    );
    this.#sql.exec(`DELETE FROM texts WHERE substr(conversation, 1, 64) IN ${these}`, json);
    this.#sql.exec(`DELETE FROM conversations WHERE id IN ${these}`, json);
    this.#sql.exec(
      `INSERT INTO forgotten (id, version) SELECT value ->> 'id', value ->> 'version' FROM json_each(?) WHERE true
       ON CONFLICT (id) DO UPDATE SET version = max(version, excluded.version)`,
      json,
    );
  }
}

function lastAtIn(summary: string): number {
  return (JSON.parse(summary) as ConversationSummary).last.at;
}
