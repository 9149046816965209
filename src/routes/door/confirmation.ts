import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { CONFIRMED_MINUTES } from '../../domain/people/passkeys.ts';
import { MAX_PASSWORD_LENGTH } from '../../domain/people/password-rules.ts';
import { confirmSession } from '../../practices/passkeys.ts';
import { Problem } from '../../problem.ts';
import { checkPassword } from '../people/check-password.ts';
import { UsedPasskey } from '../people/passkey-check.ts';
import { staffOfPasskey } from '../people/passkey-proof.ts';
import { sessionCookie } from '../people/session-cookie.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { jsonBody } from './json-body.ts';

/** Whoever sits there shows that they are the one who signed in, before they change how they sign in. */
export const confirmation = new Hono<SignedInEnv>();

const PATH = '/api/session/confirmation';

const Proof = z.union(
  [
    z.strictObject({ password: z.string().min(1).max(MAX_PASSWORD_LENGTH) }),
    z.strictObject({ passkey: UsedPasskey }),
  ],
  'send your password, or what a passkey answered',
);

confirmation.post(
  PATH,
  describeRoute({
    summary: `Show that it is me; for ${CONFIRMED_MINUTES} minutes I can change how I sign in`,
    responses: {
      204: { description: 'Shown.' },
      403: { description: '`wrong-password` or `wrong-passkey`' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  signedIn,
  jsonBody(Proof),
  async (c) => {
    const [proof, now, db] = [c.req.valid('json'), Date.now(), c.env.DB];
    const { id, email } = c.var.session.staff;
    if ('password' in proof) {
      const { also } = await checkPassword(c, { email, password: proof.password }, now).catch(notTheSession);
      if (also.length > 0) await db.batch(also);
    } else if ((await staffOfPasskey(c, proof.passkey, now).catch(notTheSession)) !== id) {
      throw new Problem('wrong-passkey');
    }
    await confirmSession(db, sessionCookie.read(c) ?? '', now);
    return c.body(null, 204);
  },
);

confirmation.all(PATH, () => {
  throw new Problem('wrong-method');
});

/** 401 would say that the session is over. */
function notTheSession(error: unknown): never {
  if (error instanceof Problem && error.status === 401)
    throw new Problem(error.code === 'wrong-credentials' ? 'wrong-password' : 'wrong-passkey');
  throw error;
}
