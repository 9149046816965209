import {
  type DeletionRun,
  type Hold,
  type Keeping,
  type KeepingSet,
  keepingFrom,
  NOTHING_SET,
} from '../domain/practice/retention.ts';

interface Row {
  conversation_days: number | null;
  activity_days: number | null;
  audit_days: number | null;
  version: number;
}

/** Of a practice, or of the enterprise with `ENTERPRISE_LOG`. Version 0: nobody has set any. */
export async function keepingSet(
  db: D1Database,
  owner: string,
): Promise<{ set: KeepingSet; version: number }> {
  const row = await db
    .prepare('SELECT conversation_days, activity_days, audit_days, version FROM retention WHERE owner = ?')
    .bind(owner)
    .first<Row>();
  if (row === null) return { set: NOTHING_SET, version: 0 };
  const { conversation_days: conversationDays, activity_days: activityDays, audit_days: auditDays } = row;
  return { set: { conversationDays, activityDays, auditDays }, version: row.version };
}

/** What holds for an owner under the enterprise. */
export async function keepingOf(db: D1Database, owner: string, enterprise: string): Promise<Keeping> {
  const [own, above] = await Promise.all([keepingSet(db, owner), keepingSet(db, enterprise)]);
  return keepingFrom(own.set, above.set);
}

/** False where `version` is no longer what is there. */
export async function setKeeping(
  db: D1Database,
  owner: string,
  { set, version }: { set: KeepingSet; version: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const values = [owner, set.conversationDays, set.activityDays, set.auditDays, version];
  const statement =
    version === 0
      ? db.prepare(
          `INSERT INTO retention (owner, conversation_days, activity_days, audit_days, version)
           VALUES (?1, ?2, ?3, ?4, ?5 + 1) ON CONFLICT DO NOTHING`,
        )
      : db.prepare(
          `UPDATE retention SET conversation_days = ?2, activity_days = ?3, audit_days = ?4, version = ?5 + 1
           WHERE owner = ?1 AND version = ?5`,
        );
  const [changed] = await db.batch([statement.bind(...values), entry]);
  return (changed?.meta.changes ?? 0) > 0;
}

// --- holds ---------------------------------------------------------------------------------------

/** Of all of a practice. */
const ALL = '';
const MAX_SHOWN = 500;

export async function holdsOf(db: D1Database, practiceId: string): Promise<Hold[]> {
  const { results } = await db
    .prepare(
      `SELECT h.conversation_id, h.reason, s.name, h.held_at FROM holds h JOIN staff s ON s.id = h.held_by
       WHERE h.practice_id = ? ORDER BY h.conversation_id = '' DESC, h.held_at DESC LIMIT ${MAX_SHOWN}`,
    )
    .bind(practiceId)
    .all<{ conversation_id: string; reason: string; name: string; held_at: number }>();
  return results.map(({ conversation_id, reason, name, held_at }) => ({
    conversationId: conversation_id === ALL ? null : conversation_id,
    reason,
    heldBy: name,
    heldAt: held_at,
  }));
}

/** Whether it is itself on hold, or all of its practice is. */
export async function isHeld(
  db: D1Database,
  practiceId: string,
  conversationId: string | null,
): Promise<boolean> {
  const row = await db
    .prepare('SELECT 1 FROM holds WHERE practice_id = ? AND conversation_id IN (?, ?) LIMIT 1')
    .bind(practiceId, ALL, conversationId ?? ALL)
    .first();
  return row !== null;
}

/** One that is there already stays as it is. */
export async function hold(
  db: D1Database,
  practiceId: string,
  { conversationId, reason, heldBy, heldAt }: Hold,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO holds (practice_id, conversation_id, reason, held_by, held_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      )
      .bind(practiceId, conversationId ?? ALL, reason, heldBy, heldAt),
    entry,
  ]);
}

export async function endHold(
  db: D1Database,
  practiceId: string,
  conversationId: string | null,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare('DELETE FROM holds WHERE practice_id = ? AND conversation_id = ?')
      .bind(practiceId, conversationId ?? ALL),
    entry,
  ]);
}

// --- deletion ------------------------------------------------------------------------------------

export type StoredRun = DeletionRun & { before: number; lookedTo: string };

interface RunRow {
  began_at: number;
  ended_at: number | null;
  before: number;
  looked_to: string;
  deleted: number;
  held: number;
  failed: number;
}

export async function deletionRun(db: D1Database, practiceId: string): Promise<StoredRun | null> {
  const row = await db
    .prepare('SELECT * FROM deletion_runs WHERE practice_id = ?')
    .bind(practiceId)
    .first<RunRow>();
  if (row === null) return null;
  const { began_at: beganAt, ended_at: endedAt, looked_to: lookedTo, before, deleted, held, failed } = row;
  return { beganAt, endedAt, lookedTo, before, deleted, held, failed };
}

export async function noteRun(db: D1Database, practiceId: string, run: StoredRun): Promise<void> {
  const { beganAt, endedAt, before, lookedTo, deleted, held, failed } = run;
  await db
    .prepare(
      `INSERT INTO deletion_runs (practice_id, began_at, ended_at, before, looked_to, deleted, held, failed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (practice_id) DO UPDATE SET began_at = excluded.began_at, ended_at = excluded.ended_at,
         before = excluded.before, looked_to = excluded.looked_to, deleted = excluded.deleted,
         held = excluded.held, failed = excluded.failed`,
    )
    .bind(practiceId, beganAt, endedAt, before, lookedTo, deleted, held, failed)
    .run();
}
