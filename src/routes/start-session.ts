import type { Context } from 'hono';
import { browserName } from '../domain/browser-name.ts';
import { KNOWN_BROWSER_DAYS } from '../domain/sign-in-limits.ts';
import type { SessionAnswer, SignedIn } from '../domain/signed-in.ts';
import type { Env } from '../env.ts';
import { knownBrowser, rememberBrowser } from '../practices/known-browsers.ts';
import { hashOf, newSecret } from '../practices/secret.ts';
import { sessionBySecret, sessionStatements } from '../practices/sessions.ts';
import { audited } from './audited.ts';
import { browserCookie, sessionCookie } from './session-cookie.ts';

/** What somebody showed to be who they are. */
export type SignInWay = 'password' | 'invitation' | 'link for a new password' | 'link of the first admin';

interface Here {
  Bindings: Env;
}

/**
 * Signs somebody in who has shown who they are. Always a new secret: one that was there before, and that
 * somebody else may know, is no longer good. `also` is written in the same transaction.
 */
export async function startSession<E extends Here>(
  c: Context<E>,
  staffId: string,
  now: number,
  also: D1PreparedStatement[] = [],
  by: SignInWay = 'password',
): Promise<SignedIn> {
  const db = c.env.DB;
  const secret = newSecret();
  const browser = await ownBrowserSecret(c, now);
  const statements = [
    ...also,
    ...(await sessionStatements(db, {
      secret,
      replaced: sessionCookie.read(c),
      staffId,
      now,
      browser: browserName(c.req.header('user-agent') ?? ''),
    })),
    ...rememberBrowser(db, { hash: await hashOf(browser), staffId, now }),
  ];
  const signedIn = { staffId, isOwn: true, action: 'signed-in', after: { by }, always: true } as const;
  await audited(c, (entry) => db.batch([...statements, entry.person(signedIn)]));
  const found = await sessionBySecret(db, secret, now);
  if (found === null) throw new Error('The session that was just written is gone.');
  sessionCookie.write(c, secret);
  browserCookie.write(c, browser, KNOWN_BROWSER_DAYS * 24 * 60 * 60);
  return found.signedIn;
}

/** Kept where it is one of ours, because a shared computer is known for several people. */
async function ownBrowserSecret<E extends Here>(c: Context<E>, now: number): Promise<string> {
  const secret = browserCookie.read(c);
  if (secret === undefined) return newSecret();
  return (await knownBrowser(c.env.DB, await hashOf(secret), now)) === null ? newSecret() : secret;
}

export function sessionAnswer(env: Env, signedIn: SignedIn): SessionAnswer {
  const { staff, practices, idleMinutes } = signedIn;
  return { staff, practices, environment: env.ENVIRONMENT, idleMinutes };
}
