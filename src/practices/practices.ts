import type { Practice, PracticeKind } from '../domain/people/signed-in.ts';

interface PracticeRow {
  id: string;
  name: string;
  kind: PracticeKind;
  time_zone: string;
}

export async function practice(db: D1Database, id: string): Promise<Practice | null> {
  const row = await db
    .prepare('SELECT id, name, kind, time_zone FROM practices WHERE id = ?')
    .bind(id)
    .first<PracticeRow>();
  return row === null ? null : practiceFrom(row);
}

export async function practices(db: D1Database): Promise<Practice[]> {
  const { results } = await db
    .prepare('SELECT id, name, kind, time_zone FROM practices ORDER BY name')
    .all<PracticeRow>();
  return results.map(practiceFrom);
}

export async function practiceIds(db: D1Database): Promise<string[]> {
  const { results } = await db.prepare('SELECT id FROM practices').all<{ id: string }>();
  return results.map(({ id }) => id);
}

function practiceFrom(row: PracticeRow): Practice {
  return { id: row.id, name: row.name, kind: row.kind, timeZone: row.time_zone };
}
