import { givesAccess, type SingleSignOnAccess } from '../domain/people/single-sign-on.ts';

/** Whom a provider has vouched for, as far as we know them. */
interface Known {
  staffId: string;
  isDeactivated: boolean;
}

export interface Arriving {
  issuer: string;
  subject: string;
  /** Vouched for; null where it is not. */
  email: string | null;
  name: string;
  access: SingleSignOnAccess;
}

export type Arrival =
  | { is: 'known' | 'new'; staffId: string; email: string }
  | { is: 'deactivated' | 'no-email' | 'no-access' };

/** Finds or makes the account. By the subject once that is known: an e-mail can be given to somebody else. */
export async function accountOf(
  db: D1Database,
  arriving: Arriving & { newId: string },
  entry: D1PreparedStatement,
): Promise<Arrival> {
  const { issuer, subject, email, name, access, newId: staffId } = arriving;
  const known = await knownBy(db, issuer, subject, email);
  if (known !== null) {
    if (known.isDeactivated) return { is: 'deactivated' };
    await remember(db, arriving, known.staffId).run();
    return { is: 'known', staffId: known.staffId, email: known.email };
  }
  if (email === null) return { is: 'no-email' };
  if (!givesAccess(access)) return { is: 'no-access' };
  await db.batch([
    // Of two first sign-ins at once, one makes the account.
    db
      .prepare('INSERT INTO staff (id, email, name) VALUES (?, ?, ?) ON CONFLICT (email) DO NOTHING')
      .bind(staffId, email, name),
    entry,
    db
      .prepare(
        `INSERT INTO single_sign_on_people (issuer, subject, staff_id)
         SELECT ?, ?, id FROM staff WHERE email = ? ON CONFLICT DO NOTHING`,
      )
      .bind(issuer, subject, email),
  ]);
  const made = await knownBy(db, issuer, subject, email);
  if (made === null) throw new Error('The account that was just made is gone.');
  return made.isDeactivated
    ? { is: 'deactivated' }
    : { is: made.staffId === staffId ? 'new' : 'known', staffId: made.staffId, email };
}

async function knownBy(
  db: D1Database,
  issuer: string,
  subject: string,
  email: string | null,
): Promise<(Known & { email: string }) | null> {
  const select = 'SELECT m.id, m.email, m.deactivated_at FROM staff m';
  const bySubject = `${select} JOIN single_sign_on_people q ON q.staff_id = m.id WHERE q.issuer = ? AND q.subject = ?`;
  const row =
    (await db.prepare(bySubject).bind(issuer, subject).first<PersonRow>()) ??
    (email === null ? null : await db.prepare(`${select} WHERE m.email = ?`).bind(email).first<PersonRow>());
  return row && { staffId: row.id, email: row.email, isDeactivated: row.deactivated_at !== null };
}

interface PersonRow {
  id: string;
  email: string;
  deactivated_at: number | null;
}

function remember(db: D1Database, { issuer, subject }: Arriving, staffId: string): D1PreparedStatement {
  return db
    .prepare(
      'INSERT INTO single_sign_on_people (issuer, subject, staff_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .bind(issuer, subject, staffId);
}

/**
 * What the groups say holds from now on, in the practices that they speak of. The last admin stays one, whatever they
 * say. True where anything has changed.
 */
export async function applyAccess(
  db: D1Database,
  staffId: string,
  { isAdmin, memberships, governed }: SingleSignOnAccess,
  entry: () => D1PreparedStatement,
): Promise<boolean> {
  const asJson = JSON.stringify(memberships);
  const changes = await db.batch([
    db
      .prepare(
        `DELETE FROM memberships WHERE staff_id = ?1
           AND practice_id IN (SELECT value FROM json_each(?2))
           AND practice_id NOT IN (SELECT value ->> 'practiceId' FROM json_each(?3))`,
      )
      .bind(staffId, JSON.stringify(governed), asJson),
    db
      .prepare(
        `INSERT INTO memberships (staff_id, practice_id, role)
         SELECT ?1, p.id, j.value ->> 'role' FROM json_each(?2) j JOIN practices p ON p.id = j.value ->> 'practiceId'
         WHERE true
         ON CONFLICT DO UPDATE SET role = excluded.role WHERE role <> excluded.role`,
      )
      .bind(staffId, asJson),
    db
      .prepare(
        `UPDATE staff SET is_admin = ?2 WHERE id = ?1 AND ?2 IS NOT NULL AND is_admin <> ?2
           AND (?2 = 1 OR EXISTS (SELECT 1 FROM staff o
             WHERE o.id <> ?1 AND o.is_admin = 1 AND o.deactivated_at IS NULL))`,
      )
      .bind(staffId, isAdmin === null ? null : isAdmin ? 1 : 0),
  ]);
  const hasChanged = changes.some(({ meta }) => meta.changes > 0);
  // What somebody made for others ends with the right to make it.
  if (hasChanged)
    await db.batch([
      entry(),
      db.prepare('DELETE FROM password_links WHERE staff_id = ?1 OR made_by = ?1').bind(staffId),
      db
        .prepare(
          `DELETE FROM invitations WHERE invited_by = ?1
             AND NOT EXISTS (SELECT 1 FROM staff m WHERE m.id = ?1 AND m.is_admin = 1)
             AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.staff_id = ?1
               AND o.practice_id = invitations.practice_id AND o.role = 'manager')`,
        )
        .bind(staffId),
    ]);
  return hasChanged;
}
