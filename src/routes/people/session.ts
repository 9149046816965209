import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../domain/people/password-rules.ts';
import { endSession, sessionBySecret } from '../../practices/sessions.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { checkPassword } from './check-password.ts';
import { endPushes } from './end-pushes.ts';
import { UsedPasskey } from './passkey-check.ts';
import { staffOfPasskey } from './passkey-proof.ts';
import { sessionCookie } from './session-cookie.ts';
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
      403: { description: '`passkey-needed`, `single-sign-on-only`' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  jsonBody(SignIn),
  async (c) => {
    const { email, password } = c.req.valid('json');
    const now = Date.now();
    const { staffId, also } = await checkPassword(c, { email, password }, now);
    const found = await startSession(c, staffId, now, { way: 'password', also });
    c.header('Cache-Control', 'no-store');
    return c.json(sessionAnswer(c.env, found));
  },
);

session.post(
  '/api/session/passkey',
  describeRoute({
    summary: 'Sign in with a passkey, which answers a challenge for `sign-in`',
    responses: {
      200: { description: 'Who is signed in; the session comes as a cookie.' },
      401: { description: '`unknown-passkey` or `bad-passkey`' },
      403: { description: '`single-sign-on-only`' },
    },
  }),
  jsonBody(z.strictObject({ passkey: UsedPasskey })),
  async (c) => {
    const now = Date.now();
    const staffId = await staffOfPasskey(c, c.req.valid('json').passkey, now);
    const found = await startSession(c, staffId, now, { way: 'passkey' });
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
    const found = secret === undefined ? null : await sessionBySecret(c.env.DB, secret, Date.now());
    if (found !== null) {
      const { id: staffId } = found.signedIn.staff;
      await audited(c, (entry) =>
        endSession(c.env.DB, found, entry.person({ staffId, isOwn: true, action: 'signed-out' })),
      );
      await endPushes(c.env, found);
    }
    sessionCookie.write(c, '', 0);
    c.header('Cache-Control', 'no-store');
    return c.body(null, 204);
  },
);

for (const path of ['/api/session', '/api/session/passkey']) {
  session.all(path, () => {
    throw new Problem('wrong-method');
  });
}
