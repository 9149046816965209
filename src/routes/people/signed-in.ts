import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { PracticeInReach, SignedIn } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import { noteUse, sessionBySecret } from '../../practices/sessions.ts';
import { Problem } from '../../problem.ts';
import { bearerOf, signedInByKey } from './bearer.ts';
import { sessionCookie } from './session-cookie.ts';

/** What a route behind `signedIn` finds in its context. */
export interface SignedInEnv {
  Bindings: Env;
  Variables: { requestId: string; session: SignedIn };
}

const IS_OWN_ACCOUNT = /^\/api\/(session|passkey-challenges)(\/|$)/;

/** Lets in who has a live session, or a good API key; one D1 query tells all that the request may see. */
export const signedIn = createMiddleware<SignedInEnv>(async (c, next) => {
  c.set('session', await requireSession(c));
  // Until they have one, who needs a passkey sees nothing but what it takes to make one.
  if (c.var.session.passkey === 'needed' && !IS_OWN_ACCOUNT.test(c.req.path))
    throw new Problem('passkey-needed', {
      message: 'Add a passkey first: managers and admins need one here.',
    });
  // What depends on who asks is nobody else's, and not for the next one at the same browser either.
  c.header('Cache-Control', 'no-store');
  await next();
});

/** After `signedIn`: what is the enterprise's and not a practice's. */
export const adminOnly = createMiddleware<SignedInEnv>(async (c, next) => {
  if (!c.var.session.staff.isAdmin) throw new Problem('not-allowed');
  await next();
});

/** The practice if this session may see it. A foreign one is told from one that is not there by nobody. */
export function practiceOf(session: SignedIn, practiceId: string): PracticeInReach {
  const practice = session.practices.find((it) => it.id === practiceId);
  if (practice === undefined) throw new Problem('not-found');
  return practice;
}

/** As `practiceOf`, for what sets a practice up. */
export function managedPracticeOf(session: SignedIn, practiceId: string): PracticeInReach {
  const practice = practiceOf(session, practiceId);
  if (practice.role === 'staff') throw new Problem('not-allowed');
  return practice;
}

/** After `signedIn` and before a body is read: who may not is told so, whatever they sent. */
export const managersOnly = createMiddleware<SignedInEnv>(async (c, next) => {
  managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  await next();
});

async function requireSession(c: Context<SignedInEnv>): Promise<SignedIn> {
  const now = Date.now();
  const bearer = bearerOf(c.req.raw);
  // Whoever sends one means it: what a browser adds by itself is not looked at.
  if (bearer !== undefined) return signedInByKey(c, bearer, now);
  const cookie = sessionCookie.read(c);
  const found = cookie === undefined ? null : await sessionBySecret(c.env.DB, cookie, now);
  if (found === null) throw new Problem('not-signed-in');
  // A socket that comes back by itself is not a person at work, and must not keep an empty desk signed in.
  if (c.req.header('upgrade') !== undefined) return found.signedIn;
  return noteUse(c.env.DB, found, now);
}
