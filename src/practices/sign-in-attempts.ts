import { ATTEMPT_MINUTES } from '../domain/people/passkeys.ts';
import { hashOf } from './secret.ts';

/** Far above what people who share one network do in ten minutes. */
const MOST_FROM_NETWORK = 300;

/** For whom a passkey is made: who is signed in, or whoever has a link. */
export type PasskeyFor =
  | { is: 'account'; staffId: string }
  | { is: 'first-admin' | 'invitation' | 'password-link'; tokenHash: string };

/** What was begun, and has to be answered by the same browser. */
export type Attempt =
  | { is: 'passkey'; challenge: string; origin: string }
  | { is: 'new-passkey'; challenge: string; origin: string; userId: string; for: PasskeyFor }
  | {
      is: 'single-sign-on';
      state: string;
      nonce: string;
      verifier: string;
      issuer: string;
      clientId: string;
      redirectUri: string;
      /** In a window of its own, beside what was being written. */
      isWindow: boolean;
    };

/** False where too many are under way from this network. */
export async function beginAttempt(
  db: D1Database,
  begun: { secret: string; attempt: Attempt; network: string; now: number },
): Promise<boolean> {
  const { secret, attempt, now } = begun;
  const network = await hashOf(begun.network);
  const [, made] = await db.batch([
    db.prepare('DELETE FROM sign_in_attempts WHERE expires_at <= ?').bind(now),
    db
      .prepare(
        `INSERT INTO sign_in_attempts (token_hash, facts, network, expires_at) SELECT ?1, ?2, ?3, ?4
         WHERE (SELECT count(*) FROM sign_in_attempts WHERE network = ?3) < ${MOST_FROM_NETWORK}`,
      )
      .bind(await hashOf(secret), JSON.stringify(attempt), network, now + ATTEMPT_MINUTES * 60_000),
  ]);
  return (made?.meta.changes ?? 0) > 0;
}

/** Good once, whatever comes of it. Null where there is none, or it has grown too old. */
export async function takeAttempt(db: D1Database, secret: string, now: number): Promise<Attempt | null> {
  const row = await db
    .prepare('DELETE FROM sign_in_attempts WHERE token_hash = ? RETURNING facts, expires_at')
    .bind(await hashOf(secret))
    .first<{ facts: string; expires_at: number }>();
  return row === null || row.expires_at <= now ? null : (JSON.parse(row.facts) as Attempt);
}
