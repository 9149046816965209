import type { StaffRef } from '../domain/conversation/message.ts';

/** Who works in a practice, and so can have a conversation assigned. Admins only where they are members. */
export async function staffOfPractice(db: D1Database, practiceId: string): Promise<StaffRef[]> {
  const { results } = await db
    .prepare(
      `SELECT m.id, m.name FROM memberships b JOIN staff m ON m.id = b.staff_id
       WHERE b.practice_id = ? AND m.deactivated_at IS NULL ORDER BY m.name`,
    )
    .bind(practiceId)
    .all<{ id: string; name: string }>();
  return results.map(({ id, name }) => ({ id, name }));
}

/** What a sign-in is checked against; null where nobody can sign in with this e-mail. */
export async function credentialsOf(
  db: D1Database,
  email: string,
): Promise<{ staffId: string; passwordHash: string } | null> {
  const row = await db
    .prepare(
      `SELECT id, password_hash FROM staff
       WHERE email = ? AND password_hash IS NOT NULL AND deactivated_at IS NULL`,
    )
    .bind(email)
    .first<{ id: string; password_hash: string }>();
  return row === null ? null : { staffId: row.id, passwordHash: row.password_hash };
}
