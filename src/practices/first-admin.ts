import { type ChosenWayIn, newIdOf, passkeyOf, passwordOf } from './chosen-way-in.ts';
import { HAS_ADMIN } from './first-admin-link.ts';

/** For whom a link is; null where it is unknown, used or too old, or no longer needed. */
export async function firstAdminFor(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<{ email: string; staffId: string | null } | null> {
  const row = await db
    .prepare(
      `SELECT l.email, m.id FROM first_admin_links l LEFT JOIN staff m ON m.email = l.email
       WHERE l.token_hash = ? AND l.used_at IS NULL AND l.expires_at > ? AND NOT ${HAS_ADMIN}`,
    )
    .bind(tokenHash, now)
    .first<{ email: string; id: string | null }>();
  return row === null ? null : { email: row.email, staffId: row.id };
}

/** Uses the link up. Null where another request was quicker: of several, exactly one makes the admin. */
export async function makeFirstAdmin(
  db: D1Database,
  admin: { tokenHash: string; name: string; email: string; chosen: ChosenWayIn; now: number },
  entry: D1PreparedStatement,
): Promise<{ staffId: string } | null> {
  const { tokenHash, name, email, chosen, now } = admin;
  // Somebody who was here before, and left, comes back as the person they were.
  const [made] = await db.batch<{ id: string }>([
    db
      .prepare(
        `INSERT INTO staff (id, email, name, password_hash, is_admin)
         SELECT ?, email, ?, ?, 1 FROM first_admin_links
         WHERE token_hash = ? AND used_at IS NULL AND expires_at > ? AND NOT ${HAS_ADMIN}
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash,
           is_admin = 1, deactivated_at = NULL
         RETURNING id`,
      )
      .bind(newIdOf(chosen), name, passwordOf(chosen), tokenHash, now),
    ...passkeyOf(db, chosen, email, now),
    entry,
    db
      .prepare('UPDATE first_admin_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL')
      .bind(now, tokenHash),
  ]);
  const [row] = made?.results ?? [];
  return row === undefined ? null : { staffId: row.id };
}
