/**
 * How often somebody asked for an address that no trigger has, by day: numbers only, and nothing of what a
 * stranger sent. In use only where the object is nobody's practice.
 */
export const STRANGER_SCHEMA =
  'CREATE TABLE strangers (day TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID';

const DAYS_KEPT = 90;

export interface StrangersOfDay {
  /** 2026-11-25, in UTC. */
  day: string;
  count: number;
}

export class StrangerStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  count(n: number, day: string): void {
    const rows = this.#sql.exec(
      'INSERT INTO strangers (day, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n',
      day,
      n,
    );
    const isFirstOfDay = rows.one().n === n;
    if (isFirstOfDay) {
      const kept = `SELECT day FROM strangers ORDER BY day DESC LIMIT ${DAYS_KEPT}`;
      this.#sql.exec(`DELETE FROM strangers WHERE day NOT IN (${kept})`);
    }
  }

  /** The latest day first. */
  days(): StrangersOfDay[] {
    return [...this.#sql.exec('SELECT day, n FROM strangers ORDER BY day DESC')].map((row) => ({
      day: row.day as string,
      count: row.n as number,
    }));
  }
}
