import type { MemberRole, Person } from '../domain/people/people.ts';

interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: MemberRole | null;
  is_admin: 0 | 1;
  seen_at: number | null;
  deactivated_at: number | null;
}

const SELECT_PERSON = `SELECT m.id, m.name, m.email, m.is_admin, m.seen_at, m.deactivated_at, b.role
  FROM staff m LEFT JOIN memberships b ON b.staff_id = m.id AND b.practice_id = ?1`;

/** Members and admins; for an admin also those who belong nowhere, since nobody else would find them again. */
export async function peopleOfPractice(
  db: D1Database,
  practiceId: string,
  { withHomeless }: { withHomeless: boolean },
): Promise<Person[]> {
  const { results } = await db
    .prepare(
      `${SELECT_PERSON} WHERE b.role IS NOT NULL OR m.is_admin = 1
         OR (?2 AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.staff_id = m.id))
       ORDER BY m.name COLLATE NOCASE, m.email`,
    )
    .bind(practiceId, withHomeless ? 1 : 0)
    .all<PersonRow>();
  return results.map(personFrom);
}

/** As seen from a practice; null where there is nobody of this id at all. */
export async function personSeenFrom(
  db: D1Database,
  practiceId: string,
  staffId: string,
): Promise<Person | null> {
  const row = await db
    .prepare(`${SELECT_PERSON} WHERE m.id = ?2`)
    .bind(practiceId, staffId)
    .first<PersonRow>();
  return row === null ? null : personFrom(row);
}

export async function personWithEmail(
  db: D1Database,
  practiceId: string,
  email: string,
): Promise<Person | null> {
  const row = await db
    .prepare(`${SELECT_PERSON} WHERE m.email = ?2`)
    .bind(practiceId, email)
    .first<PersonRow>();
  return row === null ? null : personFrom(row);
}

/** Where their sockets may be. */
export async function practicesOf(db: D1Database, staffId: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT p.id FROM practices p WHERE
         EXISTS (SELECT 1 FROM staff m WHERE m.id = ?1 AND m.is_admin = 1)
         OR EXISTS (SELECT 1 FROM memberships b WHERE b.staff_id = ?1 AND b.practice_id = p.id)`,
    )
    .bind(staffId)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

/** Who may have a socket open in a practice. */
export async function everyPersonId(db: D1Database, practiceId: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      'SELECT id FROM staff WHERE is_admin = 1 UNION SELECT staff_id FROM memberships WHERE practice_id = ?',
    )
    .bind(practiceId)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

/**
 * True of who may still set this practice up in the moment of writing. With it in every change, and nobody changing
 * themselves, somebody always remains who may: of two who take each other's role away, the second no longer can.
 * `?1` is who acts, `?2` the practice.
 */
export const ACTOR_MANAGES = `EXISTS (SELECT 1 FROM staff a WHERE a.id = ?1 AND a.deactivated_at IS NULL AND (
  a.is_admin = 1 OR EXISTS (SELECT 1 FROM memberships o
    WHERE o.staff_id = a.id AND o.practice_id = ?2 AND o.role = 'manager')))`;

/** As `ACTOR_MANAGES`, for what only admins do. */
const ACTOR_IS_ADMIN =
  'EXISTS (SELECT 1 FROM staff a WHERE a.id = ?1 AND a.deactivated_at IS NULL AND a.is_admin = 1)';

export interface Acting {
  actorId: string;
  practiceId: string;
  staffId: string;
}

/** False where who acts, or who is meant, is no longer what they were. */
export async function changeRole(
  db: D1Database,
  acting: Acting,
  role: MemberRole,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { actorId, practiceId, staffId } = acting;
  const [changed] = await db.batch([
    db
      .prepare(
        `UPDATE memberships SET role = ?4 WHERE staff_id = ?3 AND practice_id = ?2 AND ${ACTOR_MANAGES}`,
      )
      .bind(actorId, practiceId, staffId, role),
    entry,
    ...withdrawMade(db, staffId),
  ]);
  return (changed?.meta.changes ?? 0) > 0;
}

/** As `changeRole`. What they wrote, and their account, stay. */
export async function endMembership(
  db: D1Database,
  acting: Acting,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { actorId, practiceId, staffId } = acting;
  const [ended] = await db.batch([
    db
      .prepare(`DELETE FROM memberships WHERE staff_id = ?3 AND practice_id = ?2 AND ${ACTOR_MANAGES}`)
      .bind(actorId, practiceId, staffId),
    entry,
    ...withdrawMade(db, staffId),
  ]);
  return (ended?.meta.changes ?? 0) > 0;
}

/** A deactivated person keeps memberships and role, and can do nothing with them. */
export async function setActive(
  db: D1Database,
  change: { actorId: string; staffId: string; isActive: boolean; now: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { actorId, staffId, isActive, now } = change;
  const [changed] = await db.batch([
    db
      .prepare(
        `UPDATE staff SET deactivated_at = CASE WHEN ?3 THEN NULL ELSE coalesce(deactivated_at, ?4) END
         WHERE id = ?2 AND ${ACTOR_IS_ADMIN}`,
      )
      .bind(actorId, staffId, isActive ? 1 : 0, now),
    entry,
    db
      .prepare(
        `DELETE FROM sessions WHERE staff_id = ?1
           AND EXISTS (SELECT 1 FROM staff m WHERE m.id = ?1 AND m.deactivated_at IS NOT NULL)`,
      )
      .bind(staffId),
    db.prepare('DELETE FROM password_links WHERE staff_id = ?').bind(staffId),
    ...withdrawMade(db, staffId),
  ]);
  return (changed?.meta.changes ?? 0) > 0;
}

/** A link for a new password that a manager made is not good for an admin. */
export async function setAdmin(
  db: D1Database,
  change: { actorId: string; staffId: string; isAdmin: boolean },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { actorId, staffId, isAdmin } = change;
  const [changed] = await db.batch([
    db
      .prepare(`UPDATE staff SET is_admin = ?3 WHERE id = ?2 AND ${ACTOR_IS_ADMIN}`)
      .bind(actorId, staffId, isAdmin ? 1 : 0),
    entry,
    db.prepare('DELETE FROM password_links WHERE staff_id = ?').bind(staffId),
    ...withdrawMade(db, staffId),
  ]);
  return (changed?.meta.changes ?? 0) > 0;
}

/** Links that somebody gave out end with their right to do so; it must not be a way back in. */
function withdrawMade(db: D1Database, staffId: string): D1PreparedStatement[] {
  const mayNot = (practice: string) => `NOT EXISTS (SELECT 1 FROM staff m WHERE m.id = ?1
    AND m.deactivated_at IS NULL AND (m.is_admin = 1 OR EXISTS (SELECT 1 FROM memberships o
      WHERE o.staff_id = m.id AND o.role = 'manager' ${practice})))`;
  return [
    db
      .prepare(
        `DELETE FROM invitations WHERE invited_by = ?1 AND ${mayNot('AND o.practice_id = invitations.practice_id')}`,
      )
      .bind(staffId),
    // Made by a manager of several practices, for one of one of them: too few to be worth telling apart.
    db.prepare(`DELETE FROM password_links WHERE made_by = ?1`).bind(staffId),
  ];
}

function personFrom(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    isAdmin: row.is_admin === 1,
    seenAt: row.seen_at,
    deactivatedAt: row.deactivated_at,
  };
}
