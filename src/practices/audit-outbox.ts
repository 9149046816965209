import { type AuditHead, ENTERPRISE_LOG, type NewAuditEntry } from '../domain/audit/audit-entry.ts';

/** What waits for the audit log, and how far each log had come. */

/**
 * To be put in the batch of a change, directly behind the statement that makes it: it is written only if that one
 * changed anything.
 */
export function auditStatement(
  db: D1Database,
  logs: readonly string[],
  entry: NewAuditEntry,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO audit_outbox (at, id, log, entry)
       SELECT ?1, ?2, value, ?4 FROM json_each(?3) WHERE changes() > 0`,
    )
    .bind(entry.at, entry.id, JSON.stringify(logs), JSON.stringify(entry));
}

/** The logs in which a person's own doings stand: of every practice that they work in, and of the enterprise for admins. */
const LOGS_OF_PERSON = `SELECT practice_id AS log FROM memberships WHERE staff_id = ?3
  UNION SELECT value FROM json_each(?6)
  UNION SELECT '${ENTERPRISE_LOG}' FROM staff WHERE id = ?3
    AND (is_admin = 1 OR NOT EXISTS (SELECT 1 FROM memberships WHERE staff_id = ?3))`;

/**
 * As `auditStatement`, for what is about a person and not about a practice. Their name is filled in here: as the
 * subject's label, and where they did it themselves as the actor's. `always`: also where nothing was changed.
 */
export function personAuditStatement(
  db: D1Database,
  staffId: string,
  entry: NewAuditEntry,
  {
    always = false,
    alsoIn = [],
  }: { always?: boolean | undefined; alsoIn?: readonly string[] | undefined } = {},
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO audit_outbox (at, id, log, entry)
       SELECT ?1, ?2, l.log, json_set(?4, '$.subject.label', s.name,
         CASE WHEN ?4 ->> '$.who.is' = 'staff' AND ?4 ->> '$.who.id' = s.id THEN '$.who.name' ELSE '$.subject.label' END,
         s.name)
       FROM staff s, (${LOGS_OF_PERSON}) l WHERE s.id = ?3 AND (?5 OR changes() > 0)`,
    )
    .bind(entry.at, entry.id, staffId, JSON.stringify(entry), always ? 1 : 0, JSON.stringify(alsoIn));
}

export interface WaitingEntry {
  log: string;
  entry: NewAuditEntry;
}

interface OutboxRow {
  log: string;
  entry: string;
}

/** Those of these ids that were written. */
export async function waitingEntries(
  db: D1Database,
  ids: readonly string[],
  at: number,
): Promise<WaitingEntry[]> {
  const { results } = await db
    .prepare(
      `SELECT log, entry FROM audit_outbox WHERE at = ?1
       AND id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(at, JSON.stringify(ids))
    .all<OutboxRow>();
  return results.map(waitingFrom);
}

/** Logs with entries that should have been delivered by `before`. */
export async function overdueLogs(db: D1Database, before: number): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT DISTINCT log FROM audit_outbox WHERE at < ?')
    .bind(before)
    .all<{ log: string }>();
  return results.map(({ log }) => log);
}

/** The oldest of these of one log. */
export async function overdueEntries(
  db: D1Database,
  log: string,
  before: number,
  limit: number,
): Promise<WaitingEntry[]> {
  const { results } = await db
    .prepare('SELECT log, entry FROM audit_outbox WHERE log = ? AND at < ? ORDER BY at LIMIT ?')
    .bind(log, before, limit)
    .all<OutboxRow>();
  return results.map(waitingFrom);
}

/** The log has them, and stands here now. */
export async function noteDelivered(
  db: D1Database,
  log: string,
  entries: readonly NewAuditEntry[],
  head: AuditHead,
  now: number,
): Promise<void> {
  const gone = JSON.stringify(entries.map(({ at, id }) => ({ at, id })));
  await db.batch([
    db
      .prepare(
        `DELETE FROM audit_outbox WHERE log = ?1 AND (at, id) IN
           (SELECT value ->> 'at', value ->> 'id' FROM json_each(?2))`,
      )
      .bind(log, gone),
    headStatement(db, log, head, now),
  ]);
}

export async function noteHead(db: D1Database, log: string, head: AuditHead, now: number): Promise<void> {
  await headStatement(db, log, head, now).run();
}

/** It never goes back: a log that is shorter than it was lacks something. */
function headStatement(db: D1Database, log: string, head: AuditHead, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO audit_heads (log, seq, hash, noted_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, noted_at = excluded.noted_at
         WHERE excluded.seq > audit_heads.seq`,
    )
    .bind(log, head.seq, head.hash, now);
}

export async function notedHead(db: D1Database, log: string): Promise<AuditHead | null> {
  return db.prepare('SELECT seq, hash FROM audit_heads WHERE log = ?').bind(log).first<AuditHead>();
}

function waitingFrom({ log, entry }: OutboxRow): WaitingEntry {
  return { log, entry: JSON.parse(entry) as NewAuditEntry };
}
