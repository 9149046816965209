import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { isPasswordOf, NO_PASSWORD_HASH } from '../domain/password-hash.ts';
import { MAX_PASSWORD_LENGTH } from '../domain/password-rules.ts';
import { tryCounters } from '../domain/sign-in-limits.ts';
import { knownBrowser } from '../practices/known-browsers.ts';
import { hashOf } from '../practices/secret.ts';
import { endSession } from '../practices/sessions.ts';
import { forgetTry, recordTry } from '../practices/sign-in-tries.ts';
import { credentialsOf } from '../practices/staff.ts';
import { Problem } from '../problem.ts';
import { jsonBody } from './json-body.ts';
import { browserCookie, sessionCookie } from './session-cookie.ts';
import { type SignedInEnv, signedIn } from './signed-in.ts';
import { sessionAnswer, startSession } from './start-session.ts';

/** Signing in and out. */
export const session = new Hono<SignedInEnv>();

const SignIn = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

session.post(
  '/api/session',
  describeRoute({
    summary: 'Sign in',
    responses: {
      200: { description: 'Who is signed in; the session comes as a cookie.' },
      401: { description: '`wrong-credentials`' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  jsonBody(SignIn),
  async (c) => {
    const { email, password } = c.req.valid('json');
    const db = c.env.DB;
    const now = Date.now();
    const counters = tryCounters({
      email,
      address: addressOf(c),
      knownBrowser: await browserOf(c, email, now),
    });
    const tried = await recordTry(db, counters, now);
    if ('refusedUntil' in tried) {
      throw new Problem('too-many-tries', { retryAfter: Math.ceil((tried.refusedUntil - now) / 1000) });
    }
    const credentials = await credentialsOf(db, email);
    const isRight = isPasswordOf(credentials?.passwordHash ?? NO_PASSWORD_HASH, password);
    if (credentials === null || !isRight) throw new Problem('wrong-credentials');
    const found = await startSession(c, credentials.staffId, now, forgetTry(db, tried.recorded, now));
    c.header('Cache-Control', 'no-store');
    return c.json(sessionAnswer(c.env, found));
  },
);

session.get(
  '/api/session',
  describeRoute({
    summary: 'Who is signed in, with practices and roles',
    responses: { 200: { description: 'Signed in.' }, 401: { description: '`not-signed-in`' } },
  }),
  signedIn,
  (c) => c.json(sessionAnswer(c.env, c.var.session)),
);

session.delete(
  '/api/session',
  describeRoute({ summary: 'Sign out', responses: { 204: { description: 'Signed out, now or before.' } } }),
  async (c) => {
    const secret = sessionCookie.read(c);
    if (secret !== undefined) await endSession(c.env.DB, secret);
    sessionCookie.write(c, '', 0);
    c.header('Cache-Control', 'no-store');
    return c.body(null, 204);
  },
);

session.all('/api/session', () => {
  throw new Problem('wrong-method');
});

/** The hash of the browser's own secret, if this account has signed in with it before. */
async function browserOf(c: Context<SignedInEnv>, email: string, now: number): Promise<string | null> {
  const secret = browserCookie.read(c);
  if (secret === undefined) return null;
  const browser = await knownBrowser(c.env.DB, await hashOf(secret), now);
  return browser?.emails.includes(email.toLowerCase()) ? browser.hash : null;
}

/** Cloudflare sets this header itself and lets none from outside through. */
function addressOf(c: Context<SignedInEnv>): string {
  return c.req.header('cf-connecting-ip') ?? 'local';
}
