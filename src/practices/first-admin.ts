import { HAS_ADMIN } from './first-admin-link.ts';

/** For whom a link is; null where it is unknown, used or too old, or no longer needed. */
export async function firstAdminEmail(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<string | null> {
  const row = await db
    .prepare(
      `SELECT email FROM first_admin_links
       WHERE token_hash = ? AND used_at IS NULL AND expires_at > ? AND NOT ${HAS_ADMIN}`,
    )
    .bind(tokenHash, now)
    .first<{ email: string }>();
  return row?.email ?? null;
}

/** Uses the link up. Null where another request was quicker: of several, exactly one makes the admin. */
export async function makeFirstAdmin(
  db: D1Database,
  admin: { tokenHash: string; name: string; passwordHash: string; now: number },
  entry: D1PreparedStatement,
): Promise<{ staffId: string } | null> {
  const { tokenHash, name, passwordHash, now } = admin;
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
      .bind(crypto.randomUUID(), name, passwordHash, tokenHash, now),
    entry,
    db
      .prepare('UPDATE first_admin_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL')
      .bind(now, tokenHash),
  ]);
  const [row] = made?.results ?? [];
  return row === undefined ? null : { staffId: row.id };
}
