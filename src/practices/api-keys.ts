import { type ApiKey, type ApiKeyScope, KEY_PREFIX, MAX_KEYS } from '../domain/people/api-key.ts';
import type { Practice, PracticeKind } from '../domain/people/signed-in.ts';
import { hashOf, newSecret } from './secret.ts';

interface KeyRow {
  id: string;
  name: string;
  practice_id: string;
  practice_name: string;
  scopes: string;
  made_by: string;
  made_by_name: string;
  made_at: number;
  used_at: number | null;
}

const SELECT = `SELECT k.id, k.name, k.practice_id, p.name AS practice_name, k.scopes, k.made_by, s.name AS made_by_name,
    k.made_at, k.used_at
  FROM api_keys k JOIN practices p ON p.id = k.practice_id JOIN staff s ON s.id = k.made_by`;

/** Those that were not revoked, by name. */
export async function apiKeys(db: D1Database): Promise<ApiKey[]> {
  const { results } = await db
    .prepare(`${SELECT} WHERE k.revoked_at IS NULL ORDER BY lower(k.name), k.id`)
    .all<KeyRow>();
  return results.map(keyFrom);
}

/** Also one that was revoked. */
export async function apiKeyWithId(db: D1Database, id: string): Promise<ApiKey | null> {
  const row = await db.prepare(`${SELECT} WHERE k.id = ?`).bind(id).first<KeyRow>();
  return row === null ? null : keyFrom(row);
}

export interface NewKey {
  id: string;
  name: string;
  practiceId: string;
  scopes: readonly ApiKeyScope[];
  madeBy: string;
  now: number;
}

/** The secret, which nobody can have again; null where there are as many keys as there can be. */
export async function makeApiKey(
  db: D1Database,
  { id, name, practiceId, scopes, madeBy, now }: NewKey,
  entry: D1PreparedStatement,
): Promise<string | null> {
  const secret = KEY_PREFIX + newSecret();
  const statement = db
    .prepare(
      `INSERT INTO api_keys (id, name, secret_hash, practice_id, scopes, made_by, made_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
       WHERE (SELECT count(*) FROM api_keys WHERE revoked_at IS NULL) < ${MAX_KEYS}`,
    )
    .bind(id, name, await hashOf(secret), practiceId, JSON.stringify(scopes), madeBy, now);
  const [made] = await db.batch([statement, entry]);
  return made?.meta.changes === 1 ? secret : null;
}

/** Again changes nothing. */
export async function revokeApiKey(
  db: D1Database,
  { id, now }: { id: string; now: number },
  entry: D1PreparedStatement,
): Promise<void> {
  const statement = db
    .prepare('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
    .bind(now, id);
  await db.batch([statement, entry]);
}

export interface LiveKey {
  id: string;
  name: string;
  scopes: ApiKeyScope[];
  practice: Practice;
  usedAt: number | null;
}

/** Null where it opens nothing: unknown, revoked, or of a practice that is archived. */
export async function keyBySecret(db: D1Database, secret: string): Promise<LiveKey | null> {
  const row = await db
    .prepare(
      `SELECT k.id, k.name, k.scopes, k.used_at, p.id AS practice_id, p.name AS practice_name, p.kind, p.time_zone
       FROM api_keys k JOIN practices p ON p.id = k.practice_id
       WHERE k.secret_hash = ? AND k.revoked_at IS NULL AND p.archived_at IS NULL`,
    )
    .bind(await hashOf(secret))
    .first<KeyRow & { kind: PracticeKind; time_zone: string }>();
  if (row === null) return null;
  const { id, name, practice_id, practice_name, kind, time_zone, used_at } = row;
  const practice = { id: practice_id, name: practice_name, kind, timeZone: time_zone };
  return { id, name, scopes: JSON.parse(row.scopes) as ApiKeyScope[], practice, usedAt: used_at };
}

export async function noteKeyUse(db: D1Database, id: string, now: number): Promise<void> {
  await db.prepare('UPDATE api_keys SET used_at = ? WHERE id = ?').bind(now, id).run();
}

function keyFrom(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    practice: { id: row.practice_id, name: row.practice_name },
    scopes: JSON.parse(row.scopes) as ApiKeyScope[],
    madeBy: { id: row.made_by, name: row.made_by_name },
    madeAt: row.made_at,
    usedAt: row.used_at,
  };
}
