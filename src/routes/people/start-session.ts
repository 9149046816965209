import type { Context } from 'hono';
import { browserName } from '../../domain/people/browser-name.ts';
import type { WayIn } from '../../domain/people/passkeys.ts';
import { KNOWN_BROWSER_DAYS } from '../../domain/people/sign-in-limits.ts';
import type { SessionAnswer, SignedIn } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import { doorFor } from '../../practices/doors.ts';
import { knownBrowser, rememberBrowser } from '../../practices/known-browsers.ts';
import { practicesOf } from '../../practices/people.ts';
import { hashOf, newSecret } from '../../practices/secret.ts';
import { sessionBySecret, sessionStatements } from '../../practices/sessions.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { browserCookie, sessionCookie } from './session-cookie.ts';

interface Here {
  Bindings: Env;
}

interface Entry {
  way: WayIn;
  /** Where they came by one. */
  link?: 'invitation' | 'link for a new password' | 'link of the first admin';
  /** Written in the same transaction. */
  also?: D1PreparedStatement[];
}

/**
 * Signs somebody in who has shown who they are, if the way they came is open to them. Always a new secret: one that
 * was there before, and that somebody else may know, is no longer good.
 */
export async function startSession<E extends Here>(
  c: Context<E>,
  staffId: string,
  now: number,
  { way, link, also = [] }: Entry,
): Promise<SignedIn> {
  const db = c.env.DB;
  const door = await requireDoor(c, staffId, way);
  const secret = newSecret();
  const browser = await ownBrowserSecret(c, now);
  const statements = [
    ...also,
    ...(await sessionStatements(db, {
      secret,
      replaced: sessionCookie.read(c),
      staffId,
      now,
      way,
      browser: browserName(c.req.header('user-agent') ?? ''),
    })),
    ...rememberBrowser(db, { hash: await hashOf(browser), staffId, now }),
  ];
  const action = door === 'break-glass' ? 'break-glass' : 'signed-in';
  // A key behind glass is there for emergencies: whoever takes it is seen in every practice.
  const alsoIn = door === 'break-glass' ? await practicesOf(db, staffId) : [];
  const signedIn = {
    staffId,
    isOwn: true,
    action,
    after: { by: link ?? way },
    always: true,
    alsoIn,
  } as const;
  await audited(c, (entry) => db.batch([...statements, entry.person(signedIn)]));
  const found = await sessionBySecret(db, secret, now);
  if (found === null) throw new Error('The session that was just written is gone.');
  sessionCookie.write(c, secret);
  browserCookie.write(c, browser, KNOWN_BROWSER_DAYS * 24 * 60 * 60);
  return found.signedIn;
}

/** Before a link is used up; `staffId` is null for somebody who has no account yet. */
export async function requireDoor<E extends Here>(
  c: Context<E>,
  staffId: string | null,
  way: WayIn,
): Promise<'open' | 'break-glass'> {
  const door = await doorFor(c.env.DB, staffId, way);
  switch (door) {
    case 'passkey-needed':
    case 'single-sign-on-only':
      throw new Problem(door);
    case 'open':
    case 'break-glass':
      return door;
  }
}

/** Kept where it is one of ours, because a shared computer is known for several people. */
async function ownBrowserSecret<E extends Here>(c: Context<E>, now: number): Promise<string> {
  const secret = browserCookie.read(c);
  if (secret === undefined) return newSecret();
  return (await knownBrowser(c.env.DB, await hashOf(secret), now)) === null ? newSecret() : secret;
}

export function sessionAnswer(env: Env, signedIn: SignedIn): SessionAnswer {
  const { staff, practices, idleMinutes, passkey } = signedIn;
  return { staff, practices, environment: env.ENVIRONMENT, idleMinutes, passkey };
}
