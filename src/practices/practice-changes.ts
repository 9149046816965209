import type { PracticeKind } from '../domain/people/signed-in.ts';
import { practiceIdFrom } from '../domain/practice/practice-id.ts';
import type { PracticeProfile } from '../domain/practice/practice-profile.ts';
import { Problem } from '../problem.ts';
import { forgetHours } from './hours.ts';
import { forgetLines } from './lines.ts';

/** What people do to practices. */

interface ProfileRow {
  id: string;
  name: string;
  kind: PracticeKind;
  time_zone: string;
  main_number: string | null;
  version: number;
  made_at: number | null;
  archived_at: number | null;
}

const PROFILE = 'id, name, kind, time_zone, main_number, version, made_at, archived_at';

export type NewPractice = Pick<PracticeProfile, 'name' | 'kind' | 'timeZone' | 'mainNumber'>;

/** Also archived ones. */
export async function profiles(db: D1Database): Promise<PracticeProfile[]> {
  const { results } = await db
    .prepare(`SELECT ${PROFILE} FROM practices ORDER BY name COLLATE NOCASE, id`)
    .all<ProfileRow>();
  return results.map(profileFrom);
}

export async function profileOf(db: D1Database, id: string): Promise<PracticeProfile | null> {
  const row = await db.prepare(`SELECT ${PROFILE} FROM practices WHERE id = ?`).bind(id).first<ProfileRow>();
  return row === null ? null : profileFrom(row);
}

/** As many namesakes as get an id of their own; more of them somebody has to tell apart by name. */
const MAX_NAMESAKES = 50;

/** Several may be made of one name at the same moment: each gets an id of its own, or none. */
export async function makePractice(
  db: D1Database,
  { name, kind, timeZone, mainNumber }: NewPractice,
  now: number,
  entry: (id: string) => D1PreparedStatement,
): Promise<PracticeProfile> {
  const slug = practiceIdFrom(name);
  for (let n = 1; n <= MAX_NAMESAKES; n += 1) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    const made = await firstRow(db, [
      db
        .prepare(
          `INSERT INTO practices (id, name, kind, time_zone, main_number, made_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO NOTHING RETURNING ${PROFILE}`,
        )
        .bind(id, name, kind, timeZone, mainNumber, now),
      entry(id),
    ]);
    forgetLines();
    if (made !== null) return made;
  }
  throw new Problem('invalid-request', {
    message: 'Check “name”: many practices are called that already. Give this one a name of its own.',
  });
}

/** Null where it is no longer of the version that was seen. */
export async function changePractice(
  db: D1Database,
  id: string,
  { version, ...change }: { version: number } & NewPractice,
  entry: D1PreparedStatement,
): Promise<PracticeProfile | null> {
  const { name, kind, timeZone, mainNumber } = change;
  const changed = await firstRow(db, [
    db
      .prepare(
        `UPDATE practices SET name = ?, kind = ?, time_zone = ?, main_number = ?, version = version + 1
         WHERE id = ? AND version = ? RETURNING ${PROFILE}`,
      )
      .bind(name, kind, timeZone, mainNumber, id, version),
    entry,
  ]);
  forgetLines();
  forgetHours();
  return changed;
}

/** False where it has lines that are in use, or is archived already. Nothing is deleted. */
export async function archivePractice(
  db: D1Database,
  id: string,
  now: number,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const archived = await firstRow(db, [
    db
      .prepare(
        `UPDATE practices SET archived_at = ?2, version = version + 1
         WHERE id = ?1 AND archived_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM lines WHERE practice_id = ?1 AND retired_at IS NULL)
         RETURNING ${PROFILE}`,
      )
      .bind(id, now),
    entry,
  ]);
  return archived !== null;
}

export async function bringBackPractice(
  db: D1Database,
  id: string,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE practices SET archived_at = NULL, version = version + 1
         WHERE id = ? AND archived_at IS NOT NULL`,
      )
      .bind(id),
    entry,
  ]);
}

/** Whether a line has this number, also a retired one: calls forwarded to it would come back to us. */
export async function isLineNumber(db: D1Database, number: string): Promise<boolean> {
  return (await db.prepare('SELECT 1 FROM lines WHERE number = ?').bind(number).first()) !== null;
}

/** Of the first statement; what follows it is written with it. */
async function firstRow(db: D1Database, statements: D1PreparedStatement[]): Promise<PracticeProfile | null> {
  const [first] = await db.batch<ProfileRow>(statements);
  const [row] = first?.results ?? [];
  return row === undefined ? null : profileFrom(row);
}

function profileFrom(row: ProfileRow): PracticeProfile {
  const { id, name, kind, version } = row;
  return {
    id,
    name,
    kind,
    timeZone: row.time_zone,
    mainNumber: row.main_number,
    version,
    madeAt: row.made_at,
    archivedAt: row.archived_at,
  };
}
