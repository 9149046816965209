import type { StaffRef } from '../src/domain/conversation/message.ts';

/**
 * Who has the inbox open, and who had it until when. Stored, since the sockets of an object that crashed or was
 * deployed anew are gone without a word: whoever does not come back went away then.
 */
export const AWAY_TABLE = `CREATE TABLE away (
  staff   TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  since   INTEGER             -- null: they are here
) WITHOUT ROWID`;

export interface Away {
  staff: StaffRef;
  since: number;
}

export class AwayStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Nothing is written for another window of somebody who is here. */
  came({ id, name }: StaffRef): void {
    this.#sql.exec(
      `INSERT INTO away (staff, name, since) VALUES (?, ?, NULL)
       ON CONFLICT (staff) DO UPDATE SET since = NULL, name = excluded.name WHERE since IS NOT NULL`,
      id,
      name,
    );
  }

  went(staffId: string, now: number): void {
    this.#sql.exec('UPDATE away SET since = ? WHERE staff = ? AND since IS NULL', now, staffId);
  }

  /** Those that are taken to be here. */
  here(): string[] {
    return [...this.#sql.exec('SELECT staff FROM away WHERE since IS NULL')].map(
      (row) => row.staff as string,
    );
  }

  /** The longest away first. */
  all(): Away[] {
    const rows = this.#sql.exec('SELECT staff, name, since FROM away WHERE since IS NOT NULL ORDER BY since');
    return [...rows].map((row) => ({
      staff: { id: row.staff as string, name: row.name as string },
      since: row.since as number,
    }));
  }

  isAway(staffId: string): boolean {
    return this.since(staffId) !== null;
  }

  /** Null where they are here, or have been away for so long that nothing is left to be seen to. */
  since(staffId: string): number | null {
    const row = this.#sql.exec('SELECT since FROM away WHERE staff = ?', staffId).next();
    return row.done ? null : (row.value.since as number | null);
  }

  /** Nothing is left to be seen to. */
  forget(staffId: string): void {
    this.#sql.exec('DELETE FROM away WHERE staff = ? AND since IS NOT NULL', staffId);
  }
}
