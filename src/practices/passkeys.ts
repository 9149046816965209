import { CONFIRMED_MINUTES, MAX_PASSKEYS, type Passkey } from '../domain/people/passkeys.ts';
import { hashOf } from './secret.ts';

/** A passkey that was just made, and that nobody has yet. */
export interface NewPasskey {
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  host: string;
  name: string;
}

/** What is needed to check a use of it, and whose it is. */
export interface StoredPasskey {
  id: string;
  staffId: string;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  host: string;
}

interface PasskeyRow {
  id: string;
  name: string;
  host: string;
  made_at: number;
  used_at: number | null;
}

/** Oldest first. */
export async function passkeysOf(db: D1Database, staffId: string): Promise<Passkey[]> {
  const { results } = await db
    .prepare('SELECT id, name, host, made_at, used_at FROM passkeys WHERE staff_id = ? ORDER BY made_at, id')
    .bind(staffId)
    .all<PasskeyRow>();
  return results.map((row) => ({
    id: row.id,
    name: row.name,
    host: row.host,
    madeAt: row.made_at,
    usedAt: row.used_at,
  }));
}

/** Those that a device must not make a second time. */
export async function credentialsOnHost(
  db: D1Database,
  staffId: string,
  host: string,
): Promise<{ id: string; transports: string[] }[]> {
  const { results } = await db
    .prepare('SELECT credential_id, transports FROM passkeys WHERE staff_id = ? AND host = ?')
    .bind(staffId, host)
    .all<{ credential_id: string; transports: string }>();
  return results.map((row) => ({
    id: row.credential_id,
    transports: JSON.parse(row.transports) as string[],
  }));
}

/** Null where nobody who may sign in has it. */
export async function passkeyByCredential(
  db: D1Database,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const row = await db
    .prepare(
      `SELECT p.id, p.staff_id, p.public_key, p.counter, p.transports, p.host FROM passkeys p
       JOIN staff m ON m.id = p.staff_id WHERE p.credential_id = ? AND m.deactivated_at IS NULL`,
    )
    .bind(credentialId)
    .first<{
      id: string;
      staff_id: string;
      public_key: string;
      counter: number;
      transports: string;
      host: string;
    }>();
  if (row === null) return null;
  return {
    id: row.id,
    staffId: row.staff_id,
    credentialId,
    publicKey: row.public_key,
    counter: row.counter,
    transports: JSON.parse(row.transports) as string[],
    host: row.host,
  };
}

/** False where another use has counted as far meanwhile: of two with the same count, one is a copy. */
export async function notePasskeyUse(
  db: D1Database,
  used: { id: string; counter: number; now: number },
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE passkeys SET counter = ?2, used_at = ?3
       WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))`,
    )
    .bind(used.id, used.counter, used.now)
    .run();
  return meta.changes > 0;
}

/** Only if the statement before it in the same batch has changed something. `staff` selects whose it is. */
export function passkeyStatement(
  db: D1Database,
  made: { passkey: NewPasskey; email: string; now: number },
): D1PreparedStatement {
  const { passkey, email, now } = made;
  return db
    .prepare(
      `INSERT INTO passkeys (id, staff_id, credential_id, public_key, counter, transports, host, name, made_at)
       SELECT ?, m.id, ?, ?, ?, ?, ?, ?, ? FROM staff m WHERE m.email = ? AND changes() > 0`,
    )
    .bind(...valuesOf(passkey, now), email);
}

export type Added = 'added' | 'too-many' | 'known';

export async function addPasskey(
  db: D1Database,
  added: { staffId: string; passkey: NewPasskey; now: number },
  entry: D1PreparedStatement,
): Promise<Added> {
  const { staffId, passkey, now } = added;
  const known = await db
    .prepare('SELECT 1 FROM passkeys WHERE credential_id = ?')
    .bind(passkey.credentialId)
    .first();
  if (known !== null) return 'known';
  const [written] = await db.batch([
    db
      .prepare(
        `INSERT INTO passkeys (id, credential_id, public_key, counter, transports, host, name, made_at, staff_id)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
         WHERE (SELECT count(*) FROM passkeys WHERE staff_id = ?9) < ${MAX_PASSKEYS}`,
      )
      .bind(...valuesOf(passkey, now), staffId),
    entry,
  ]);
  return (written?.meta.changes ?? 0) > 0 ? 'added' : 'too-many';
}

/** False where this person has no such passkey. */
export async function renamePasskey(
  db: D1Database,
  renamed: { staffId: string; id: string; name: string },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [written] = await db.batch([
    db
      .prepare('UPDATE passkeys SET name = ? WHERE id = ? AND staff_id = ?')
      .bind(renamed.name, renamed.id, renamed.staffId),
    entry,
  ]);
  return (written?.meta.changes ?? 0) > 0;
}

/**
 * False where it is the last way in: there is no password and no other passkey, nor a single sign-on that knows this
 * person. Decided while it is written, so that of two removals at once one stays.
 */
export async function removePasskey(
  db: D1Database,
  staffId: string,
  id: string,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const removal = db
    .prepare(
      `DELETE FROM passkeys WHERE id = ?2 AND staff_id = ?1 AND (
         EXISTS (SELECT 1 FROM staff m WHERE m.id = ?1 AND m.password_hash IS NOT NULL)
         OR EXISTS (SELECT 1 FROM passkeys p WHERE p.staff_id = ?1 AND p.id <> ?2)
         OR EXISTS (SELECT 1 FROM single_sign_on_people q JOIN single_sign_on s
           ON s.settings ->> 'isOn' = 1 AND s.settings ->> 'issuer' = q.issuer WHERE q.staff_id = ?1))`,
    )
    .bind(staffId, id);
  const [removed] = await db.batch([removal, entry]);
  return (removed?.meta.changes ?? 0) > 0;
}

/** Whether who is in this session has shown lately that it is them, and whether they have a password. */
export async function confirmationOf(
  db: D1Database,
  secret: string,
  now: number,
): Promise<{ isConfirmed: boolean; hasPassword: boolean }> {
  const row = await db
    .prepare(
      `SELECT coalesce(s.confirmed_at, s.created_at) AS at, m.password_hash IS NOT NULL AS has_password
       FROM sessions s JOIN staff m ON m.id = s.staff_id WHERE s.token_hash = ?`,
    )
    .bind(await hashOf(secret))
    .first<{ at: number; has_password: 0 | 1 }>();
  return {
    isConfirmed: row !== null && now - row.at < CONFIRMED_MINUTES * 60_000,
    hasPassword: row?.has_password === 1,
  };
}

export async function confirmSession(db: D1Database, secret: string, now: number): Promise<void> {
  await db
    .prepare('UPDATE sessions SET confirmed_at = ? WHERE token_hash = ?')
    .bind(now, await hashOf(secret))
    .run();
}

function valuesOf(passkey: NewPasskey, now: number) {
  const { credentialId, publicKey, counter, transports, host, name } = passkey;
  return [
    ...[crypto.randomUUID(), credentialId, publicKey, counter],
    ...[JSON.stringify(transports), host, name, now],
  ];
}
