import type { WayIn } from '../domain/people/passkeys.ts';

/**
 * Which ways in are open to somebody. Made anew for each sign-in. Break-glass: an admin comes in beside the single
 * sign-on that is to be the only way, which is told to everybody whom it concerns.
 */
export type Door = 'open' | 'break-glass' | 'passkey-needed' | 'single-sign-on-only';

interface DoorRow {
  is_admin: 0 | 1;
  is_manager: 0 | 1;
  has_passkey: 0 | 1;
  passkeys_needed: 0 | 1;
  is_only_way: 0 | 1;
}

// Null columns of nobody are those of somebody who is new.
const SELECT_DOOR = `SELECT coalesce(m.is_admin, 0) AS is_admin,
    EXISTS (SELECT 1 FROM memberships b WHERE b.staff_id = m.id AND b.role = 'manager') AS is_manager,
    EXISTS (SELECT 1 FROM passkeys p WHERE p.staff_id = m.id) AS has_passkey,
    e.passkeys_needed,
    EXISTS (SELECT 1 FROM single_sign_on s
      WHERE s.settings ->> 'isOn' = 1 AND s.settings ->> 'isOnlyWay' = 1) AS is_only_way
  FROM enterprise e LEFT JOIN staff m ON m.id = ?`;

/** `staffId` is null for somebody who has no account yet. */
export async function doorFor(db: D1Database, staffId: string | null, way: WayIn): Promise<Door> {
  const row = await db.prepare(SELECT_DOOR).bind(staffId).first<DoorRow>();
  if (row === null || way === 'single-sign-on') return 'open';
  if (row.is_only_way === 1) return row.is_admin === 1 ? 'break-glass' : 'single-sign-on-only';
  const isAskedForPasskey = row.passkeys_needed === 1 && (row.is_admin === 1 || row.is_manager === 1);
  if (way === 'password' && isAskedForPasskey && row.has_passkey === 1) return 'passkey-needed';
  return 'open';
}
