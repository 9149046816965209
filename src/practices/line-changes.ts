import type { CarrierName } from '../domain/calls/firing.ts';
import type { CarrierCheck, LineSettings } from '../domain/practice/line-settings.ts';
import { LINE_SETTINGS, type LineSettingsRow, lineSettingsFrom } from './line-settings-row.ts';
import { forgetLines } from './lines.ts';
import { forgetTriggers } from './triggers.ts';

/** What people do to lines. Each change is one statement that takes effect only where it still makes sense. */

export interface NewLine {
  id: string;
  practiceId: string;
  name: string;
  number: string;
  carrier: CarrierName;
  mainNumber: string | null;
}

export type LineChange = {
  [Key in 'name' | 'carrier' | 'mainNumber' | 'segmentsPerSecond' | 'looksUpLineType']?:
    | LineSettings[Key]
    | undefined;
};

/** A line's number, in use or retired; and every number that calls are forwarded to. */
const IS_OURS = `(EXISTS (SELECT 1 FROM lines WHERE number = ?1 OR main_number = ?1)
  OR EXISTS (SELECT 1 FROM practices WHERE main_number = ?1))`;

/** Null where the number is a line's or a main number already, of any practice. */
export async function addLine(
  db: D1Database,
  { id, practiceId, name, number, carrier, mainNumber }: NewLine,
  entry: D1PreparedStatement,
): Promise<LineSettings | null> {
  return firstRow(db, [
    db
      .prepare(
        `INSERT INTO lines (id, practice_id, name, number, carrier, main_number)
         SELECT ?2, ?3, ?4, ?1, ?5, ?6 WHERE NOT ${IS_OURS} ON CONFLICT DO NOTHING RETURNING ${LINE_SETTINGS}`,
      )
      .bind(number, id, practiceId, name, carrier, mainNumber),
    entry,
  ]);
}

/** Whose the number is, for who may know; null where it is nobody's. */
export async function ownerOfNumber(
  db: D1Database,
  number: string,
): Promise<{ practiceId: string; isLine: boolean; isRetired: boolean } | null> {
  const row = await db
    .prepare(
      `SELECT practice_id, 1 AS is_line, retired_at FROM lines WHERE number = ?1
       UNION ALL SELECT practice_id, 0, NULL FROM lines WHERE main_number = ?1
       UNION ALL SELECT id, 0, NULL FROM practices WHERE main_number = ?1 LIMIT 1`,
    )
    .bind(number)
    .first<{ practice_id: string; is_line: 0 | 1; retired_at: number | null }>();
  return (
    row && {
      practiceId: row.practice_id,
      isLine: row.is_line === 1,
      isRetired: row.retired_at !== null,
    }
  );
}

/** What is left out stays. Another carrier has been asked nothing yet. Null where somebody else came first. */
export async function changeLine(
  db: D1Database,
  { id, version }: { id: string; version: number | null },
  change: LineChange,
  entry: D1PreparedStatement,
): Promise<LineSettings | null> {
  const { name, carrier, mainNumber, segmentsPerSecond, looksUpLineType } = change;
  return firstRow(db, [
    db
      .prepare(
        `UPDATE lines SET name = coalesce(?3, name), version = version + 1,
         carrier_check = CASE WHEN coalesce(?4, carrier) = carrier THEN carrier_check END,
         text_in_at = CASE WHEN coalesce(?4, carrier) = carrier THEN text_in_at END,
         carrier = coalesce(?4, carrier),
         main_number = CASE WHEN ?5 THEN ?6 ELSE main_number END,
         segments_per_second = coalesce(?7, segments_per_second),
         looks_up_line_type = coalesce(?8, looks_up_line_type)
       WHERE id = ?1 AND (?2 IS NULL OR version = ?2) RETURNING ${LINE_SETTINGS}`,
      )
      .bind(
        id,
        version,
        name ?? null,
        carrier ?? null,
        mainNumber === undefined ? 0 : 1,
        mainNumber ?? null,
        segmentsPerSecond ?? null,
        looksUpLineType === undefined ? null : Number(looksUpLineType),
      ),
    entry,
  ]);
}

/** Its triggers end for good, since a new one must not be called at an old address. */
export async function retireLine(
  db: D1Database,
  lineId: string,
  now: number,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare('UPDATE lines SET retired_at = ?, version = version + 1 WHERE id = ? AND retired_at IS NULL')
      .bind(now, lineId),
    entry,
    db
      .prepare('UPDATE triggers SET revoked_at = ? WHERE line_id = ? AND revoked_at IS NULL')
      .bind(now, lineId),
  ]);
  forget();
}

export async function bringBackLine(
  db: D1Database,
  lineId: string,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        'UPDATE lines SET retired_at = NULL, version = version + 1 WHERE id = ? AND retired_at IS NOT NULL',
      )
      .bind(lineId),
    entry,
  ]);
  forget();
}

/** Not where the line has another carrier by now. */
export async function recordCarrierCheck(
  db: D1Database,
  { id, carrier }: Pick<LineSettings, 'id' | 'carrier'>,
  check: CarrierCheck,
  now: number,
): Promise<void> {
  await db
    .prepare('UPDATE lines SET carrier_check = ? WHERE id = ? AND carrier = ?')
    .bind(JSON.stringify({ ...check, at: now }), id, carrier)
    .run();
}

/** Of the first statement; what follows it is written with it. */
async function firstRow(db: D1Database, statements: D1PreparedStatement[]): Promise<LineSettings | null> {
  const [first] = await db.batch<LineSettingsRow>(statements);
  forget();
  const [row] = first?.results ?? [];
  return row === undefined ? null : lineSettingsFrom(row);
}

function forget(): void {
  forgetLines();
  forgetTriggers();
}
