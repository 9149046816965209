import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { Env } from '../../env.ts';
import { firstAdminFor } from '../../practices/first-admin.ts';
import { invitationByToken } from '../../practices/invitations.ts';
import { credentialsOnHost } from '../../practices/passkeys.ts';
import { passwordLinkByToken } from '../../practices/password-links.ts';
import { hashOf } from '../../practices/secret.ts';
import type { PasskeyFor } from '../../practices/sign-in-attempts.ts';
import { Problem } from '../../problem.ts';
import { rememberAttempt } from '../door/attempt.ts';
import { jsonBody } from '../door/json-body.ts';
import { ownSite } from '../door/own-site.ts';
import { optionsToMake, optionsToUse } from './passkey-check.ts';
import { requireConfirmed } from './passkeys.ts';
import { type SignedInEnv, signedIn } from './signed-in.ts';

/** What a browser has to answer with a passkey: good once, for ten minutes, in this browser. */
export const passkeyChallenges = new Hono<{ Bindings: Env }>();

const PATH = '/api/passkey-challenges';
const ACCOUNT = `${PATH}/account`;

const For = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('sign-in') }),
  z.strictObject({
    for: z.enum(['first-admin', 'invitation', 'password-link']),
    token: z.string().min(1).max(100),
    name: z.string().trim().max(100, 'a name has at most 100 characters').default(''),
  }),
]);

passkeyChallenges.post(
  PATH,
  describeRoute({
    summary: 'Begin to sign in with a passkey, or to make one by a link',
    responses: {
      200: { description: '`options` for the browser; the rest is in a cookie.' },
      404: { description: '`not-found`: the link is no good' },
      429: { description: '`too-many-requests`, with `Retry-After`' },
    },
  }),
  jsonBody(For),
  async (c) => {
    const [asked, now, site] = [c.req.valid('json'), Date.now(), ownSite(c.req.raw, c.env.PUBLIC_ORIGIN)];
    c.header('Cache-Control', 'no-store');
    if (asked.for === 'sign-in') {
      const options = await optionsToUse(site);
      await rememberAttempt(c, { is: 'passkey', challenge: options.challenge, origin: site.origin }, now);
      return c.json({ options });
    }
    const tokenHash = await hashOf(asked.token);
    const person = await personOfLink(c.env.DB, asked.for, tokenHash, now);
    if (person === null) throw new Problem('not-found', { message: 'This link does not work any more.' });
    const whom = { userId: person.userId, email: person.email, name: asked.name || person.name };
    return c.json({ options: await beginNew(c, whom, { is: asked.for, tokenHash }, now) });
  },
);

const account = new Hono<SignedInEnv>();
account.post(
  ACCOUNT,
  describeRoute({
    summary: 'Begin to add a passkey to my account',
    responses: {
      200: { description: '`options` for the browser; the rest is in a cookie.' },
      403: { description: '`confirm-first`' },
    },
  }),
  signedIn,
  async (c) => {
    const now = Date.now();
    await requireConfirmed(c, now);
    const { id, email, name } = c.var.session.staff;
    const whom = { userId: id, email, name };
    return c.json({ options: await beginNew(c, whom, { is: 'account', staffId: id }, now) });
  },
);
passkeyChallenges.route('/', account);

for (const path of [PATH, ACCOUNT]) {
  passkeyChallenges.all(path, () => {
    throw new Problem('wrong-method');
  });
}

interface Person {
  /** Of the account, or of the one that is made with the passkey. */
  userId: string;
  email: string;
  name: string;
}

async function beginNew<E extends { Bindings: Env }>(
  c: Context<E>,
  person: Person,
  whom: PasskeyFor,
  now: number,
) {
  const site = ownSite(c.req.raw, c.env.PUBLIC_ORIGIN);
  const known = await credentialsOnHost(c.env.DB, person.userId, site.host);
  const options = await optionsToMake(site, { ...person, known });
  const { challenge } = options;
  const { userId } = person;
  await rememberAttempt(c, { is: 'new-passkey', challenge, origin: site.origin, userId, for: whom }, now);
  return options;
}

/** Null where the link is no good, or is for somebody who has an account and so needs none made. */
async function personOfLink(
  db: D1Database,
  kind: 'first-admin' | 'invitation' | 'password-link',
  tokenHash: string,
  now: number,
): Promise<Person | null> {
  switch (kind) {
    case 'first-admin': {
      const found = await firstAdminFor(db, tokenHash, now);
      return found && { userId: found.staffId ?? crypto.randomUUID(), email: found.email, name: found.email };
    }
    case 'password-link': {
      const link = await passwordLinkByToken(db, tokenHash, now);
      return link && { userId: link.staffId, email: link.email, name: link.name };
    }
    case 'invitation': {
      const found = await invitationByToken(db, tokenHash, now);
      if (found === null || found.account !== null) return null;
      return { userId: crypto.randomUUID(), email: found.email, name: found.email };
    }
  }
}
