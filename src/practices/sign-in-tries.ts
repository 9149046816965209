import { TRY_WINDOW_MS, type TryCounter } from '../domain/people/sign-in-limits.ts';
import { hashOf } from './secret.ts';

/** A try that was let through and counts until it is taken back. */
export interface RecordedTry {
  id: string;
  triedAt: number;
  counters: string[];
}

/**
 * Counts a try before anything is compared: of many at once, only as many as the limits allow get on.
 * Counting and deciding are one statement, so nothing comes between them. A refused one is not counted.
 */
export async function recordTry(
  db: D1Database,
  counters: TryCounter[],
  now: number,
): Promise<{ recorded: RecordedTry } | { refusedUntil: number }> {
  const hashed = await Promise.all(
    counters.map(async ({ key, limit }) => ({ counter: await hashOf(key), limit })),
  );
  const id = crypto.randomUUID();
  const since = now - TRY_WINDOW_MS;
  const asJson = JSON.stringify(hashed);
  const { meta } = await db
    .prepare(
      `INSERT INTO sign_in_tries (counter, tried_at, id)
       SELECT value ->> 'counter', ?1, ?2 FROM json_each(?3)
       WHERE NOT EXISTS (
         SELECT 1 FROM json_each(?3) c WHERE c.value ->> 'limit' <= (
           SELECT count(*) FROM sign_in_tries t WHERE t.counter = c.value ->> 'counter' AND t.tried_at > ?4))`,
    )
    .bind(now, id, asJson, since)
    .run();
  if (meta.changes > 0) return { recorded: { id, triedAt: now, counters: hashed.map((it) => it.counter) } };
  // The limit that is reached last to be free again: its oldest try has to grow old.
  const row = await db
    .prepare(
      `SELECT max(first_at) AS first_at FROM (
         SELECT min(t.tried_at) AS first_at FROM json_each(?1) c
         JOIN sign_in_tries t ON t.counter = c.value ->> 'counter' AND t.tried_at > ?2
         GROUP BY t.counter HAVING count(*) >= min(c.value ->> 'limit'))`,
    )
    .bind(asJson, since)
    .first<{ first_at: number | null }>();
  return { refusedUntil: (row?.first_at ?? now) + TRY_WINDOW_MS };
}

/** A right password is no try against anybody; what has grown old goes too. */
export function forgetTry(db: D1Database, recorded: RecordedTry, now: number): D1PreparedStatement[] {
  const sweep = db.prepare('DELETE FROM sign_in_tries WHERE tried_at <= ?').bind(now - TRY_WINDOW_MS);
  const own = recorded.counters.map((counter) =>
    db
      .prepare('DELETE FROM sign_in_tries WHERE counter = ? AND tried_at = ? AND id = ?')
      .bind(counter, recorded.triedAt, recorded.id),
  );
  return [...own, sweep];
}
