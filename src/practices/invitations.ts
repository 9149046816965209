import {
  INVITATION_DAYS,
  MAX_INVITATIONS,
  type MemberRole,
  type OpenInvitation,
} from '../domain/people/people.ts';
import { type ChosenWayIn, passkeyOf, passwordOf } from './chosen-way-in.ts';
import { ACTOR_MANAGES } from './people.ts';
import { hashOf, newSecret } from './secret.ts';

const DAY_MS = 24 * 60 * 60_000;

interface InvitationRow {
  id: string;
  email: string;
  role: MemberRole;
  invited_by: string;
  invited_at: number;
  expires_at: number;
}

/** Those that are too old too, so that they can be made anew. */
export async function invitationsOf(db: D1Database, practiceId: string): Promise<OpenInvitation[]> {
  const { results } = await db
    .prepare(
      `SELECT i.id, i.email, i.role, m.name AS invited_by, i.invited_at, i.expires_at
       FROM invitations i JOIN staff m ON m.id = i.invited_by
       WHERE i.practice_id = ? ORDER BY i.invited_at DESC, i.email`,
    )
    .bind(practiceId)
    .all<InvitationRow>();
  return results.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invited_by,
    invitedAt: row.invited_at,
    expiresAt: row.expires_at,
  }));
}

export type Invited =
  | { is: 'invited'; token: string; expiresAt: number }
  /** There are as many as there may be, or who invites may not any more. */
  | { is: 'refused' };

/** The only time that the token is known. An older link to the same person ends. */
export async function invite(
  db: D1Database,
  invitation: {
    id: string;
    actorId: string;
    practiceId: string;
    email: string;
    role: MemberRole;
    now: number;
  },
  entry: D1PreparedStatement,
): Promise<Invited> {
  const { id, actorId, practiceId, email, role, now } = invitation;
  const token = newSecret();
  const expiresAt = now + INVITATION_DAYS * DAY_MS;
  const statement = db
    .prepare(
      `INSERT INTO invitations (id, token_hash, practice_id, email, role, invited_by, invited_at, expires_at)
       SELECT ?3, ?4, ?2, ?5, ?6, ?1, ?7, ?8 WHERE ${ACTOR_MANAGES}
         AND (SELECT count(*) FROM invitations WHERE practice_id = ?2 AND email <> ?5) < ?9
       ON CONFLICT (practice_id, email) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash,
         role = excluded.role, invited_by = excluded.invited_by, invited_at = excluded.invited_at,
         expires_at = excluded.expires_at`,
    )
    .bind(actorId, practiceId, id, await hashOf(token), email, role, now, expiresAt, MAX_INVITATIONS);
  const [made] = await db.batch([statement, entry]);
  return (made?.meta.changes ?? 0) > 0 ? { is: 'invited', token, expiresAt } : { is: 'refused' };
}

/** False where there is none of this id in the practice. */
export async function withdrawInvitation(
  db: D1Database,
  practiceId: string,
  id: string,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [withdrawn] = await db.batch([
    db.prepare('DELETE FROM invitations WHERE practice_id = ? AND id = ?').bind(practiceId, id),
    entry,
  ]);
  return (withdrawn?.meta.changes ?? 0) > 0;
}

export interface FoundInvitation {
  practiceId: string;
  practice: string;
  email: string;
  role: MemberRole;
  /** Who has the invitation's e-mail already. */
  account: { staffId: string; hasPassword: boolean } | null;
}

/** Null where the link is unknown, used, withdrawn or too old, or is for somebody who may not sign in. */
export async function invitationByToken(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<FoundInvitation | null> {
  const row = await db
    .prepare(
      `SELECT p.id AS practice_id, p.name AS practice, i.email, i.role, m.id AS staff_id,
         m.password_hash IS NOT NULL AS has_password
       FROM invitations i JOIN practices p ON p.id = i.practice_id LEFT JOIN staff m ON m.email = i.email
       WHERE i.token_hash = ? AND i.expires_at > ?
         AND m.deactivated_at IS NULL`,
    )
    .bind(tokenHash, now)
    .first<{
      practice_id: string;
      practice: string;
      email: string;
      role: MemberRole;
      staff_id: string | null;
      has_password: 0 | 1;
    }>();
  if (row === null) return null;
  const { practice_id: practiceId, practice, email, role } = row;
  const account =
    row.staff_id === null ? null : { staffId: row.staff_id, hasPassword: row.has_password === 1 };
  return { practiceId, practice, email, role, account };
}

/** Uses the link up and makes the account. False where another request was quicker: of several, one does. */
export async function acceptAsNew(
  db: D1Database,
  accepted: {
    tokenHash: string;
    staffId: string;
    name: string;
    email: string;
    chosen: ChosenWayIn;
    now: number;
  },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { tokenHash, staffId, name, email, chosen, now } = accepted;
  const [made] = await db.batch([
    // Somebody of this e-mail may have come by another practice's link meanwhile: then their password counts.
    db
      .prepare(
        `INSERT INTO staff (id, email, name, password_hash)
         SELECT ?, email, ?, ? FROM invitations WHERE token_hash = ? AND expires_at > ?
         ON CONFLICT (email) DO NOTHING`,
      )
      .bind(staffId, name, passwordOf(chosen), tokenHash, now),
    ...passkeyOf(db, chosen, email, now),
    ...joinStatements(db, { tokenHash, staffId, now }, entry),
  ]);
  return (made?.meta.changes ?? 0) > 0;
}

/** Uses the link up for who has shown that the account is theirs. False where it is used up already. */
export async function acceptAsMember(
  db: D1Database,
  accepted: { tokenHash: string; staffId: string; now: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [joined] = await db.batch(joinStatements(db, accepted, entry));
  return (joined?.meta.changes ?? 0) > 0;
}

/**
 * Only for the person whose e-mail the invitation names. Whoever could make a link for a new password before can
 * perhaps not any more: those end.
 */
function joinStatements(
  db: D1Database,
  { tokenHash, staffId, now }: { tokenHash: string; staffId: string; now: number },
  entry: D1PreparedStatement,
): D1PreparedStatement[] {
  const theirs = `i.token_hash = ?1 AND i.expires_at > ?3
    AND i.email = (SELECT email FROM staff WHERE id = ?2 AND deactivated_at IS NULL)`;
  return [
    db
      .prepare(
        `INSERT INTO memberships (staff_id, practice_id, role, joined_at)
         SELECT ?2, i.practice_id, i.role, ?3 FROM invitations i WHERE ${theirs}
         ON CONFLICT DO UPDATE SET role = excluded.role`,
      )
      .bind(tokenHash, staffId, now),
    entry,
    db.prepare('DELETE FROM password_links WHERE staff_id = ?').bind(staffId),
    db.prepare(`DELETE FROM invitations AS i WHERE ${theirs}`).bind(tokenHash, staffId, now),
  ];
}
