import { DEFAULT_TELLING, type Telling } from '../domain/telling/quiet.ts';

/** How this person wants to be told. */
export async function tellingOf(db: D1Database, staffId: string): Promise<Telling> {
  const document = await db
    .prepare('SELECT telling FROM staff_telling WHERE staff_id = ?')
    .bind(staffId)
    .first<string>('telling');
  // What the door let in, and nothing else writes there.
  return document === null ? DEFAULT_TELLING : (JSON.parse(document) as Telling);
}

export async function setTelling(db: D1Database, staffId: string, telling: Telling): Promise<void> {
  await db
    .prepare(
      `INSERT INTO staff_telling (staff_id, telling) VALUES (?, ?)
       ON CONFLICT (staff_id) DO UPDATE SET telling = excluded.telling`,
    )
    .bind(staffId, JSON.stringify(telling))
    .run();
}
