import { PASSWORD_LINK_HOURS } from '../domain/people/people.ts';
import { type ChosenWayIn, passkeyOf, passwordOf } from './chosen-way-in.ts';
import { ACTOR_MANAGES, type Acting } from './people.ts';
import { hashOf, newSecret } from './secret.ts';

const HOUR_MS = 60 * 60_000;

/**
 * Null where who acts may not: admins for everybody; managers for who is no admin and works in no practice but those
 * that they manage, because the link opens all of them. The only time that the token is known; an older one ends.
 */
export async function makePasswordLink(
  db: D1Database,
  acting: Acting & { now: number },
  entry: D1PreparedStatement,
): Promise<{ token: string; expiresAt: number } | null> {
  const { actorId, practiceId, staffId, now } = acting;
  const token = newSecret();
  const expiresAt = now + PASSWORD_LINK_HOURS * HOUR_MS;
  const statement = db
    .prepare(
      `INSERT INTO password_links (staff_id, token_hash, made_by, expires_at)
       SELECT m.id, ?4, ?1, ?5 FROM staff m WHERE m.id = ?3 AND m.deactivated_at IS NULL AND ${ACTOR_MANAGES}
         AND (EXISTS (SELECT 1 FROM staff a WHERE a.id = ?1 AND a.is_admin = 1)
           OR (m.is_admin = 0 AND NOT EXISTS (SELECT 1 FROM memberships b WHERE b.staff_id = m.id
             AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.staff_id = ?1
               AND o.practice_id = b.practice_id AND o.role = 'manager'))))
       ON CONFLICT (staff_id) DO UPDATE SET token_hash = excluded.token_hash, made_by = excluded.made_by,
         expires_at = excluded.expires_at`,
    )
    .bind(actorId, practiceId, staffId, await hashOf(token), expiresAt);
  const [made] = await db.batch([statement, entry]);
  return (made?.meta.changes ?? 0) > 0 ? { token, expiresAt } : null;
}

/** Null where the link is unknown, used, replaced or too old. */
export async function passwordLinkByToken(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<{ staffId: string; name: string; email: string } | null> {
  const row = await db
    .prepare(
      `SELECT m.id, m.name, m.email FROM password_links l JOIN staff m ON m.id = l.staff_id
       WHERE l.token_hash = ? AND l.expires_at > ? AND m.deactivated_at IS NULL`,
    )
    .bind(tokenHash, now)
    .first<{ id: string; name: string; email: string }>();
  return row === null ? null : { staffId: row.id, name: row.name, email: row.email };
}

/** Uses the link up, and ends every session: somebody else may be in one. A passkey takes the place of the password. False where it is used up already. */
export async function usePasswordLink(
  db: D1Database,
  used: { tokenHash: string; staffId: string; email: string; chosen: ChosenWayIn; now: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { tokenHash, staffId, email, chosen, now } = used;
  const [changed] = await db.batch([
    db
      .prepare(
        `UPDATE staff SET password_hash = ?3 WHERE id = ?2 AND deactivated_at IS NULL AND EXISTS
           (SELECT 1 FROM password_links WHERE staff_id = ?2 AND token_hash = ?1 AND expires_at > ?4)`,
      )
      .bind(tokenHash, staffId, passwordOf(chosen), now),
    ...passkeyOf(db, chosen, email, now),
    entry,
    db
      .prepare(
        `DELETE FROM sessions WHERE staff_id = ?2 AND EXISTS
           (SELECT 1 FROM password_links WHERE staff_id = ?2 AND token_hash = ?1 AND expires_at > ?3)`,
      )
      .bind(tokenHash, staffId, now),
    db.prepare('DELETE FROM password_links WHERE token_hash = ?').bind(tokenHash),
  ]);
  return (changed?.meta.changes ?? 0) > 0;
}
