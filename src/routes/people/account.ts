import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../domain/people/password-rules.ts';
import { changePassword, endAllSessions, endOwnSession, ownSessions } from '../../practices/own-sessions.ts';
import { confirmationOf } from '../../practices/passkeys.ts';
import { practicesOf } from '../../practices/people.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { checkPassword, hashOfChosen } from './check-password.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { sessionCookie } from './session-cookie.ts';
import { type SignedInEnv, signedIn } from './signed-in.ts';

/** What everybody sees to for themselves: the password, and where they are signed in. */
export const account = new Hono<SignedInEnv>();

const PASSWORD = '/api/session/password';
const ALL = '/api/session/all';
const ONE = `${ALL}/:session`;

const NewPassword = z.strictObject({
  /** Not of who has none. */
  current: z.string().min(1, 'write the password that you have now').max(MAX_PASSWORD_LENGTH).optional(),
  // Judged below, with words about what to do.
  password: z.string().min(1, 'write a new password').max(1000),
});

account.post(
  PASSWORD,
  describeRoute({
    summary: 'Change the own password, or set a first one; all other sessions end',
    responses: {
      204: { description: 'Changed.' },
      400: { description: '`invalid-request`: the new password is no good, and why' },
      401: { description: '`not-signed-in`' },
      403: { description: '`wrong-password`; `confirm-first`, where there is none yet' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  signedIn,
  jsonBody(NewPassword),
  async (c) => {
    const { current, password } = c.req.valid('json');
    const { id: staffId, email } = c.var.session.staff;
    // First, because a new one that is no good is no try at the old one.
    const passwordHash = hashOfChosen(password, email);
    const also = await proofForChange(c, current, Date.now());
    await audited(c, (entry) => {
      const made = entry.person({ staffId, isOwn: true, action: 'password-changed' });
      return changePassword(c.env.DB, { staffId, passwordHash, secret: secretOf(c), also }, made);
    });
    await recheckSockets(c.env, await practicesOf(c.env.DB, staffId), staffId);
    return c.body(null, 204);
  },
);

account.get(
  ALL,
  describeRoute({
    summary: 'Where I am signed in',
    responses: { 200: { description: '`sessions`, the one used last on top' } },
  }),
  signedIn,
  async (c) => {
    const { id } = c.var.session.staff;
    return c.json({ sessions: await ownSessions(c.env.DB, id, secretOf(c), Date.now()) });
  },
);

account.delete(
  ALL,
  describeRoute({
    summary: 'Sign out everywhere, here as well',
    responses: { 204: { description: 'Signed out.' } },
  }),
  signedIn,
  async (c) => {
    const { id } = c.var.session.staff;
    await audited(c, (entry) => {
      const made = entry.person({ staffId: id, isOwn: true, action: 'signed-out-everywhere' });
      return endAllSessions(c.env.DB, id, made);
    });
    await recheckSockets(c.env, await practicesOf(c.env.DB, id), id);
    sessionCookie.write(c, '', 0);
    return c.body(null, 204);
  },
);

account.delete(
  ONE,
  describeRoute({
    summary: 'End one of my sessions',
    responses: { 204: { description: 'Ended.' }, 404: { description: '`not-found`: not one of mine' } },
  }),
  signedIn,
  async (c) => {
    const { id } = c.var.session.staff;
    const sessionId = c.req.param('session');
    const isEnded = await audited(c, (entry) => {
      const made = entry.person({
        staffId: id,
        isOwn: true,
        action: 'session-ended',
        after: { session: sessionId },
      });
      return endOwnSession(c.env.DB, id, sessionId, made);
    });
    if (!isEnded) throw new Problem('not-found');
    await recheckSockets(c.env, await practicesOf(c.env.DB, id), id);
    return c.body(null, 204);
  },
);

for (const path of [PASSWORD, ALL, ONE]) {
  account.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** `signedIn` has let the request in by it. */
function secretOf(c: Context<SignedInEnv>): string {
  return sessionCookie.read(c) ?? '';
}

/** The password that there is; without one, that it is them was shown just now in another way. */
async function proofForChange(
  c: Context<SignedInEnv>,
  current: string | undefined,
  now: number,
): Promise<D1PreparedStatement[]> {
  if (current !== undefined) {
    const { email } = c.var.session.staff;
    return (await checkPassword(c, { email, password: current }, now).catch(notTheSession)).also;
  }
  const { isConfirmed, hasPassword } = await confirmationOf(c.env.DB, secretOf(c), now);
  if (hasPassword)
    throw new Problem('invalid-request', {
      message: 'Check “current”: write the password that you have now',
    });
  if (!isConfirmed) throw new Problem('confirm-first');
  return [];
}

/** 401 would say that the session is over. */
function notTheSession(error: unknown): never {
  if (error instanceof Problem && error.code === 'wrong-credentials') throw new Problem('wrong-password');
  throw error;
}
