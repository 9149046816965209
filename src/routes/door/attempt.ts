import type { Context } from 'hono';
import { ATTEMPT_MINUTES } from '../../domain/people/passkeys.ts';
import { networkOf } from '../../domain/people/sign-in-limits.ts';
import type { Env } from '../../env.ts';
import { newSecret } from '../../practices/secret.ts';
import { type Attempt, beginAttempt, takeAttempt } from '../../practices/sign-in-attempts.ts';
import { Problem } from '../../problem.ts';
import { attemptCookie } from '../people/session-cookie.ts';

interface Here {
  Bindings: Env;
}

/** Remembers what this browser has begun; a newer one takes its place. */
export async function rememberAttempt<E extends Here>(
  c: Context<E>,
  attempt: Attempt,
  now: number,
): Promise<void> {
  const secret = newSecret();
  // Cloudflare sets this header itself and lets none from outside through.
  const network = networkOf(c.req.header('cf-connecting-ip') ?? 'local');
  if (!(await beginAttempt(c.env.DB, { secret, attempt, network, now })))
    throw new Problem('too-many-requests', { retryAfter: ATTEMPT_MINUTES * 60 });
  attemptCookie.write(c, secret, ATTEMPT_MINUTES * 60);
}

/** What this browser has begun, if it is of this kind. It is used up by asking. */
export async function ownAttempt<E extends Here, Kind extends Attempt['is']>(
  c: Context<E>,
  kind: Kind,
  now: number,
): Promise<Extract<Attempt, { is: Kind }> | null> {
  const secret = attemptCookie.read(c);
  if (secret === undefined) return null;
  attemptCookie.write(c, '', 0);
  const attempt = await takeAttempt(c.env.DB, secret, now);
  return attempt?.is === kind ? (attempt as Extract<Attempt, { is: Kind }>) : null;
}
