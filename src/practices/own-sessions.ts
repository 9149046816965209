import type { OwnSession } from '../domain/people/people.ts';
import { sessionEndsAt } from '../domain/people/session-rules.ts';
import { enterprise } from './enterprise.ts';
import { hashOf } from './secret.ts';

/** Enough of the hash to tell sessions of one person apart; the hash itself lets nobody in either. */
const ID_LENGTH = 16;

/** Those that are not over, the one used last on top. */
export async function ownSessions(
  db: D1Database,
  staffId: string,
  secret: string,
  now: number,
): Promise<OwnSession[]> {
  const [own, { sessionIdleMinutes: idleMinutes, sessionMaxHours: maxHours }, { results }] =
    await Promise.all([
      hashOf(secret),
      enterprise(db),
      db
        .prepare(
          `SELECT token_hash, browser, created_at, seen_at FROM sessions WHERE staff_id = ?
           ORDER BY seen_at DESC, created_at DESC`,
        )
        .bind(staffId)
        .all<{ token_hash: string; browser: string | null; created_at: number; seen_at: number }>(),
    ]);
  return results
    .filter((row) => {
      const times = { createdAt: row.created_at, seenAt: row.seen_at };
      return now < sessionEndsAt(times, { idleMinutes, maxHours });
    })
    .map((row) => ({
      id: row.token_hash.slice(0, ID_LENGTH),
      browser: row.browser,
      since: row.created_at,
      usedAt: row.seen_at,
      isThis: row.token_hash === own,
    }));
}

/** False where this person has no such session. */
export async function endOwnSession(
  db: D1Database,
  staffId: string,
  id: string,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [ended] = await db.batch([
    db
      .prepare(`DELETE FROM sessions WHERE staff_id = ? AND substr(token_hash, 1, ${ID_LENGTH}) = ?`)
      .bind(staffId, id),
    entry,
  ]);
  return (ended?.meta.changes ?? 0) > 0;
}

export async function endAllSessions(
  db: D1Database,
  staffId: string,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([db.prepare('DELETE FROM sessions WHERE staff_id = ?').bind(staffId), entry]);
}

/** Every other session ends, and a link for a new password that somebody made is not needed any more. */
export async function changePassword(
  db: D1Database,
  change: { staffId: string; passwordHash: string; secret: string; also: D1PreparedStatement[] },
  entry: D1PreparedStatement,
): Promise<void> {
  const { staffId, passwordHash, secret, also } = change;
  await db.batch([
    ...also,
    db.prepare('UPDATE staff SET password_hash = ? WHERE id = ?').bind(passwordHash, staffId),
    entry,
    db
      .prepare('DELETE FROM sessions WHERE staff_id = ? AND token_hash <> ?')
      .bind(staffId, await hashOf(secret)),
    db.prepare('DELETE FROM password_links WHERE staff_id = ?').bind(staffId),
  ]);
}
