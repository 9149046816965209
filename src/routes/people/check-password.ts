import type { Context } from 'hono';
import {
  hashPassword,
  isPasswordOf,
  NO_PASSWORD_HASH,
  SALT_BYTES,
} from '../../domain/people/password-hash.ts';
import { judgePassword, PASSWORD_ADVICE } from '../../domain/people/password-rules.ts';
import { tryCounters } from '../../domain/people/sign-in-limits.ts';
import type { Env } from '../../env.ts';
import { knownBrowser } from '../../practices/known-browsers.ts';
import { hashOf } from '../../practices/secret.ts';
import { forgetTry, recordTry } from '../../practices/sign-in-tries.ts';
import { credentialsOf } from '../../practices/staff.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { browserCookie } from './session-cookie.ts';

interface Here {
  Bindings: Env;
}

/**
 * Whose account this e-mail and password open; throws where none, or after too many tries. `also` takes the try back:
 * to be written with what the right password leads to.
 */
export async function checkPassword<E extends Here>(
  c: Context<E>,
  { email, password }: { email: string; password: string },
  now: number,
): Promise<{ staffId: string; also: D1PreparedStatement[] }> {
  const db = c.env.DB;
  const browser = await browserOf(c, email, now);
  const tried = await recordTry(
    db,
    tryCounters({ email, address: addressOf(c), knownBrowser: browser }),
    now,
  );
  if ('refusedUntil' in tried) {
    throw new Problem('too-many-tries', { retryAfter: Math.ceil((tried.refusedUntil - now) / 1000) });
  }
  const credentials = await credentialsOf(db, email);
  const isRight = isPasswordOf(credentials?.passwordHash ?? NO_PASSWORD_HASH, password);
  if (credentials === null) throw new Problem('wrong-credentials');
  if (!isRight) {
    const { staffId } = credentials;
    const wrong = { staffId, isOwn: false, action: 'password-wrong', always: true } as const;
    // Not waited for: how long the answer takes must not tell that there is such an account.
    c.executionCtx.waitUntil(audited(c, (entry) => entry.person(wrong).run()));
    throw new Problem('wrong-credentials');
  }
  return { staffId: credentials.staffId, also: forgetTry(db, tried.recorded, now) };
}

/** The hash to keep of a password that somebody chose; throws, with what to do about it, where it is no good. */
export function hashOfChosen(password: string, email: string): string {
  const verdict = judgePassword(password, email);
  if (verdict !== 'good') throw new Problem('invalid-request', { message: PASSWORD_ADVICE[verdict] });
  return hashPassword(password, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/** The hash of the browser's own secret, if this account has signed in with it before. */
async function browserOf<E extends Here>(c: Context<E>, email: string, now: number): Promise<string | null> {
  const secret = browserCookie.read(c);
  if (secret === undefined) return null;
  const browser = await knownBrowser(c.env.DB, await hashOf(secret), now);
  return browser?.emails.includes(email.toLowerCase()) ? browser.hash : null;
}

/** Cloudflare sets this header itself and lets none from outside through. */
function addressOf<E extends Here>(c: Context<E>): string {
  return c.req.header('cf-connecting-ip') ?? 'local';
}
