import type { LinkedPatient } from '../domain/patients/caller-match.ts';
import { tasksForNumbers } from './match-tasks.ts';

/** Which patients staff said that conversations are with. */

/** A record may have been replaced by one that was replaced in turn; a circle ends here too. */
const MAX_REPLACEMENTS = 5;

export interface NewLink {
  conversationId: string;
  practiceId: string;
  patientId: string;
  /** The caller's. */
  number: string;
  by: string;
  now: number;
}

/** Instead of the one that there may be. `entry` is only written where it is another patient. */
export async function linkPatient(
  db: D1Database,
  { conversationId, practiceId, patientId, number, by, now }: NewLink,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO patient_links (conversation_id, practice_id, patient_id, number, linked_by, linked_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation_id) DO UPDATE SET patient_id = excluded.patient_id, linked_by = excluded.linked_by,
           linked_at = excluded.linked_at WHERE patient_id <> excluded.patient_id`,
      )
      .bind(conversationId, practiceId, patientId, number, by, now),
    entry,
    ...tasksForNumbers(db, [number]),
  ]);
}

export async function unlinkPatient(
  db: D1Database,
  { conversationId, number }: Pick<NewLink, 'conversationId' | 'number'>,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM patient_links WHERE conversation_id = ?').bind(conversationId),
    entry,
    ...tasksForNumbers(db, [number]),
  ]);
}

/** For conversations that are gone. */
export async function forgetLinks(db: D1Database, conversationIds: readonly string[]): Promise<void> {
  await db
    .prepare('DELETE FROM patient_links WHERE conversation_id IN (SELECT value FROM json_each(?))')
    .bind(JSON.stringify(conversationIds))
    .run();
}

export interface LinkMade {
  by: string;
  at: number;
}

export async function linkOf(db: D1Database, conversationId: string): Promise<LinkMade | null> {
  return db
    .prepare(
      `SELECT s.name AS by, l.linked_at AS at FROM patient_links l JOIN staff s ON s.id = l.linked_by
       WHERE l.conversation_id = ?`,
    )
    .bind(conversationId)
    .first<LinkMade>();
}

/** By conversation, as the directory has them now: who is not active, or gone, is nobody's match by hand either. */
export async function linkedPatients(
  db: D1Database,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, LinkedPatient>> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE found (conversation_id, practice_id, id, steps) AS (
         SELECT l.conversation_id, l.practice_id, l.patient_id, 0
         FROM json_each(?) w CROSS JOIN patient_links l ON l.conversation_id = w.value
         UNION ALL
         SELECT f.conversation_id, f.practice_id, p.replaced_by, f.steps + 1
         FROM found f CROSS JOIN patients p ON p.practice_id = f.practice_id AND p.id = f.id
         WHERE p.replaced_by IS NOT NULL AND f.steps < ${MAX_REPLACEMENTS}
       )
       SELECT f.conversation_id AS conversationId, p.id, p.name
       FROM found f CROSS JOIN patients p ON p.practice_id = f.practice_id AND p.id = f.id
       WHERE p.replaced_by IS NULL AND p.status = 'active'`,
    )
    .bind(JSON.stringify(conversationIds))
    .all<LinkedPatient & { conversationId: string }>();
  return new Map(results.map(({ conversationId, id, name }) => [conversationId, { id, name }]));
}
