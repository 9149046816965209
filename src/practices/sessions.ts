import type { WayIn } from '../domain/people/passkeys.ts';
import { type SessionSettings, sessionEndsAt, shouldNoteUse } from '../domain/people/session-rules.ts';
import type { PasskeyWish, PracticeInReach, SignedIn } from '../domain/people/signed-in.ts';
import { hashOf } from './secret.ts';

interface SessionRow {
  created_at: number;
  seen_at: number;
  staff_id: string;
  name: string;
  email: string;
  is_admin: 0 | 1;
  session_idle_minutes: number;
  session_max_hours: number;
  practices: string;
  works_in: string;
  passkey: PasskeyWish;
}

// One query for all that a request needs to know about who sends it.
const SELECT_SIGNED_IN = `SELECT s.created_at, s.seen_at, m.id AS staff_id, m.name, m.email, m.is_admin,
    e.session_idle_minutes, e.session_max_hours,
    CASE WHEN m.is_admin THEN
      (SELECT json_group_array(json_object('id', p.id, 'name', p.name, 'kind', p.kind,
         'timeZone', p.time_zone, 'role', 'admin') ORDER BY p.name)
       FROM practices p WHERE p.archived_at IS NULL)
    ELSE
      (SELECT json_group_array(json_object('id', p.id, 'name', p.name, 'kind', p.kind,
         'timeZone', p.time_zone, 'role', b.role) ORDER BY p.name)
       FROM memberships b JOIN practices p ON p.id = b.practice_id
       WHERE b.staff_id = m.id AND p.archived_at IS NULL)
    END AS practices,
    (SELECT json_group_array(b.practice_id) FROM memberships b WHERE b.staff_id = m.id) AS works_in,
    CASE
      WHEN s.way NOT IN ('password', 'link')
        OR (m.is_admin = 0 AND NOT EXISTS
          (SELECT 1 FROM memberships b WHERE b.staff_id = m.id AND b.role = 'manager'))
        OR EXISTS (SELECT 1 FROM passkeys k WHERE k.staff_id = m.id) THEN 'none'
      WHEN e.passkeys_needed THEN 'needed'
      ELSE 'asked'
    END AS passkey
  FROM sessions s JOIN staff m ON m.id = s.staff_id JOIN enterprise e
  WHERE s.token_hash = ? AND m.deactivated_at IS NULL`;

export interface FoundSession {
  signedIn: SignedIn;
  tokenHash: string;
  createdAt: number;
  seenAt: number;
  settings: SessionSettings;
}

/** Null where the secret opens no session, or one that is over; that one is deleted. */
export async function sessionBySecret(
  db: D1Database,
  secret: string,
  now: number,
): Promise<FoundSession | null> {
  const tokenHash = await hashOf(secret);
  const row = await db.prepare(SELECT_SIGNED_IN).bind(tokenHash).first<SessionRow>();
  if (row === null) return null;
  const times = { createdAt: row.created_at, seenAt: row.seen_at };
  const settings = { idleMinutes: row.session_idle_minutes, maxHours: row.session_max_hours };
  const sessionExpiresAt = sessionEndsAt(times, settings);
  if (now >= sessionExpiresAt) {
    await deleteSession(db, tokenHash).run();
    return null;
  }
  const signedIn: SignedIn = {
    staff: { id: row.staff_id, name: row.name, email: row.email, isAdmin: row.is_admin === 1 },
    isApiKey: false,
    practices: JSON.parse(row.practices) as PracticeInReach[],
    worksIn: JSON.parse(row.works_in) as string[],
    sessionExpiresAt,
    idleMinutes: settings.idleMinutes,
    passkey: row.passkey,
  };
  return { signedIn, tokenHash, ...times, settings };
}

/** The session goes on: what it is after being used now. Writes only where the last note is old enough. */
export async function noteUse(db: D1Database, found: FoundSession, now: number): Promise<SignedIn> {
  if (!shouldNoteUse(found, found.settings, now)) return found.signedIn;
  await db.batch([
    db.prepare('UPDATE sessions SET seen_at = ? WHERE token_hash = ?').bind(now, found.tokenHash),
    noteSeen(db, found.signedIn.staff.id, now),
  ]);
  const sessionExpiresAt = sessionEndsAt({ createdAt: found.createdAt, seenAt: now }, found.settings);
  return { ...found.signedIn, sessionExpiresAt };
}

export async function endSession(
  db: D1Database,
  { tokenHash }: Pick<FoundSession, 'tokenHash'>,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([deleteSession(db, tokenHash), entry]);
}

/** To be run in one batch with whatever proves who it is. `replaced` is the session the browser came with. */
export async function sessionStatements(
  db: D1Database,
  session: {
    secret: string;
    replaced: string | undefined;
    staffId: string;
    now: number;
    way?: WayIn;
    browser?: string | null;
  },
): Promise<D1PreparedStatement[]> {
  const { secret, replaced, staffId, now, way = 'password', browser = null } = session;
  return [
    ...(replaced === undefined ? [] : [deleteSession(db, await hashOf(replaced))]),
    db
      .prepare(
        `DELETE FROM sessions WHERE
           created_at <= ?1 - (SELECT session_max_hours FROM enterprise) * 3600000
           OR seen_at <= ?1 - (SELECT session_idle_minutes FROM enterprise) * 60000`,
      )
      .bind(now),
    db
      .prepare(
        `INSERT INTO sessions (token_hash, staff_id, created_at, seen_at, browser, way)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5)`,
      )
      .bind(await hashOf(secret), staffId, now, browser, way),
    noteSeen(db, staffId, now),
  ];
}

/** Kept apart from the sessions, which are deleted when they are over. */
function noteSeen(db: D1Database, staffId: string, now: number): D1PreparedStatement {
  return db.prepare('UPDATE staff SET seen_at = ? WHERE id = ?').bind(now, staffId);
}

function deleteSession(db: D1Database, tokenHash: string): D1PreparedStatement {
  return db.prepare('DELETE FROM sessions WHERE token_hash = ?').bind(tokenHash);
}
