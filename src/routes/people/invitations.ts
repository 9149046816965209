import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { InvitationAnswer } from '../../domain/people/people.ts';
import type { Env } from '../../env.ts';
import { newIdOf } from '../../practices/chosen-way-in.ts';
import {
  acceptAsMember,
  acceptAsNew,
  type FoundInvitation,
  invitationByToken,
} from '../../practices/invitations.ts';
import { hashOf } from '../../practices/secret.ts';
import { sessionBySecret } from '../../practices/sessions.ts';
import { Problem } from '../../problem.ts';
import { type AuditedPerson, audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { checkPassword } from './check-password.ts';
import { chosenWayIn, wayIn } from './chosen-way-in.ts';
import { sessionCookie } from './session-cookie.ts';
import { requireDoor, sessionAnswer, startSession } from './start-session.ts';

/** Takes up the link that a manager made. For whoever has it; what is wrong with one is nobody's to know. */
export const invitations = new Hono<{ Bindings: Env }>();

const LOOK_UP = '/api/invitations/look-up';
const ACCEPT = '/api/invitations/accept';

const Token = z.string().min(1).max(100);
const Accept = z.strictObject({
  token: Token,
  /** Only of who is new. */
  name: z.string().trim().min(1, 'write your name').max(100, 'a name has at most 100 characters').optional(),
  ...wayIn,
});

invitations.post(
  LOOK_UP,
  describeRoute({
    summary: 'What a link invites to',
    responses: {
      200: { description: '`practiceId`, `practice`, `role`, `email`, `hasAccount`' },
      404: {
        description: '`not-found`: the link was used, withdrawn or replaced, is too old, or never was one',
      },
    },
  }),
  jsonBody(z.strictObject({ token: Token })),
  async (c) => {
    const tokenHash = await hashOf(c.req.valid('json').token);
    const { account, ...invitation } = await found(c.env.DB, tokenHash, Date.now());
    c.header('Cache-Control', 'no-store');
    const hasAccount = account !== null;
    const hasPassword = account?.hasPassword ?? false;
    return c.json({ ...invitation, hasAccount, hasPassword } satisfies InvitationAnswer);
  },
);

invitations.post(
  ACCEPT,
  describeRoute({
    summary:
      'Join by a link: with a name and a new password or passkey; who has an account with its password, or signed in',
    responses: {
      201: { description: 'Joined, and signed in.' },
      401: {
        description: 'For who has an account: `wrong-credentials`; `not-signed-in`, without a password',
      },
      403: { description: '`passkey-needed`, `single-sign-on-only`' },
      404: { description: '`not-found`, as for the look-up' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  jsonBody(Accept),
  async (c) => {
    const { token, name, ...given } = c.req.valid('json');
    const [db, now, tokenHash] = [c.env.DB, Date.now(), await hashOf(token)];
    // Looked up before anything slow, so that guessing at links costs us nothing.
    const { email, account, practice, role } = await found(db, tokenHash, now);
    const joined = { isOwn: true, action: 'person-joined', after: { practice, role } } as const;
    if (account === null) {
      if (name === undefined)
        throw new Problem('invalid-request', { message: 'Check “name”: write your name' });
      await requireDoor(c, null, 'link');
      const chosen = await chosenWayIn(c, given, { email, for: { is: 'invitation', tokenHash } }, now);
      const staffId = newIdOf(chosen);
      const isMade = await audited(c, (entry) =>
        acceptAsNew(
          db,
          { tokenHash, staffId, name, email, chosen, now },
          entry.person({ staffId, ...joined }),
        ),
      );
      if (!isMade) throw usedUp();
      const signedIn = await startSession(c, staffId, now, { way: chosen.is, link: 'invitation' });
      return c.json(sessionAnswer(c.env, signedIn), 201, { 'Cache-Control': 'no-store' });
    }
    const { staffId } = account;
    if (given.password === undefined) return joinAsSignedIn(c, { tokenHash, staffId, now }, joined);
    // The link alone does not open an account: whoever made it is not who owns it.
    const { also } = await checkPassword(c, { email, password: given.password }, now);
    await requireDoor(c, staffId, 'password');
    const isJoined = await audited(c, (entry) =>
      acceptAsMember(db, { tokenHash, staffId, now }, entry.person({ staffId, ...joined })),
    );
    if (!isJoined) throw usedUp();
    const signedIn = await startSession(c, staffId, now, { way: 'password', link: 'invitation', also });
    return c.json(sessionAnswer(c.env, signedIn), 201, { 'Cache-Control': 'no-store' });
  },
);

for (const path of [LOOK_UP, ACCEPT]) {
  invitations.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** Without a password: whoever it is for is signed in here, by whatever way. */
async function joinAsSignedIn(
  c: Context<{ Bindings: Env }>,
  joining: { tokenHash: string; staffId: string; now: number },
  joined: Pick<AuditedPerson, 'isOwn' | 'action' | 'after'>,
): Promise<Response> {
  const { tokenHash, staffId, now } = joining;
  const [db, secret] = [c.env.DB, sessionCookie.read(c)];
  const before = secret === undefined ? null : await sessionBySecret(db, secret, now);
  if (secret === undefined || before?.signedIn.staff.id !== staffId)
    throw new Problem('not-signed-in', {
      message: 'Sign in as the person who is invited, then open this link again.',
    });
  const isJoined = await audited(c, (entry) =>
    acceptAsMember(db, { tokenHash, staffId, now }, entry.person({ staffId, ...joined })),
  );
  if (!isJoined) throw usedUp();
  const after = await sessionBySecret(db, secret, now);
  if (after === null) throw usedUp();
  return c.json(sessionAnswer(c.env, after.signedIn), 201, { 'Cache-Control': 'no-store' });
}

async function found(db: D1Database, tokenHash: string, now: number): Promise<FoundInvitation> {
  const invitation = await invitationByToken(db, tokenHash, now);
  if (invitation === null) throw usedUp();
  return invitation;
}

function usedUp(): Problem {
  return new Problem('not-found', {
    message: 'This link has been used or replaced, or is too old. Ask whoever sent it for a new one.',
  });
}
