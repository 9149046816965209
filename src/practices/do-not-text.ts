import type { StaffRef } from '../domain/conversation/message.ts';
import { forgetNeverTexted } from './never-texted.ts';

/** Every isolate keeps the whole list in memory, and reads it again every few seconds. */
export const MAX_LISTED = 5_000;

const PAGE_SIZE = 100;

export interface ListedNumber {
  /** E.164. */
  number: string;
  reason: string;
  addedBy: StaffRef;
  addedAt: number;
}

interface Row {
  number: string;
  reason: string;
  added_by: string;
  added_by_name: string;
  added_at: number;
}

const SELECT = `SELECT d.number, d.reason, d.added_by, s.name AS added_by_name, d.added_at
  FROM do_not_text d JOIN staff s ON s.id = d.added_by`;

/** In the order of the numbers. `digits`: some that they have, in a row; `after`: those of the last one of a page. */
export async function listedNumbers(
  db: D1Database,
  digits: string,
  after: string,
): Promise<{ numbers: ListedNumber[]; nextCursor: string | null }> {
  const { results } = await db
    .prepare(`${SELECT} WHERE d.number > ?1 AND instr(d.number, ?2) > 0 ORDER BY d.number LIMIT ?3`)
    .bind(`+${after}`, digits, PAGE_SIZE + 1)
    .all<Row>();
  const numbers = results.slice(0, PAGE_SIZE).map(listedFrom);
  return {
    numbers,
    nextCursor: results.length > PAGE_SIZE ? (numbers.at(-1)?.number.slice(1) ?? null) : null,
  };
}

export async function listedNumber(db: D1Database, number: string): Promise<ListedNumber | null> {
  const row = await db.prepare(`${SELECT} WHERE d.number = ?`).bind(number).first<Row>();
  return row === null ? null : listedFrom(row);
}

/** What is on the list already stays as it is. `full` leaves it as it was, however many add at the same moment. */
export async function putOnList(
  db: D1Database,
  { number, reason, addedBy, addedAt }: ListedNumber,
  entry: D1PreparedStatement,
): Promise<{ outcome: 'added' | 'already-listed' | 'full' }> {
  const statement = db
    .prepare(
      `INSERT INTO do_not_text (number, reason, added_by, added_at)
       SELECT ?1, ?2, ?3, ?4 WHERE (SELECT count(*) FROM do_not_text) < ${MAX_LISTED}
       ON CONFLICT DO NOTHING`,
    )
    .bind(number, reason, addedBy.id, addedAt);
  const [added] = await db.batch([statement, entry]);
  forgetNeverTexted();
  if ((added?.meta.changes ?? 0) > 0) return { outcome: 'added' };
  return { outcome: (await listedNumber(db, number)) === null ? 'full' : 'already-listed' };
}

/** Also where it is not on the list. */
export async function takeOffList(db: D1Database, number: string, entry: D1PreparedStatement): Promise<void> {
  await db.batch([db.prepare('DELETE FROM do_not_text WHERE number = ?').bind(number), entry]);
  forgetNeverTexted();
}

function listedFrom(row: Row): ListedNumber {
  const { number, reason, added_at } = row;
  return { number, reason, addedBy: { id: row.added_by, name: row.added_by_name }, addedAt: added_at };
}
