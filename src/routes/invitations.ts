import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { InvitationAnswer } from '../domain/people.ts';
import type { Env } from '../env.ts';
import {
  acceptAsMember,
  acceptAsNew,
  type FoundInvitation,
  invitationByToken,
} from '../practices/invitations.ts';
import { hashOf } from '../practices/secret.ts';
import { Problem } from '../problem.ts';
import { audited } from './audited.ts';
import { checkPassword, hashOfChosen } from './check-password.ts';
import { jsonBody } from './json-body.ts';
import { sessionAnswer, startSession } from './start-session.ts';

/** Takes up the link that a manager made. For whoever has it; what is wrong with one is nobody's to know. */
export const invitations = new Hono<{ Bindings: Env }>();

const LOOK_UP = '/api/invitations/look-up';
const ACCEPT = '/api/invitations/accept';

const Token = z.string().min(1).max(100);
const Accept = z.strictObject({
  token: Token,
  /** Only of who is new. */
  name: z.string().trim().min(1, 'write your name').max(100, 'a name has at most 100 characters').optional(),
  // Judged below, with words about what to do.
  password: z.string().min(1, 'write a password').max(1000),
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
    return c.json({ ...invitation, hasAccount: account !== null } satisfies InvitationAnswer);
  },
);

invitations.post(
  ACCEPT,
  describeRoute({
    summary: 'Join by a link: with a name and a new password, or with the password that one has',
    responses: {
      201: { description: 'Joined, and signed in.' },
      401: { description: '`wrong-credentials`, for who has an account' },
      404: { description: '`not-found`, as for the look-up' },
      429: { description: '`too-many-tries`, with `Retry-After`' },
    },
  }),
  jsonBody(Accept),
  async (c) => {
    const { token, name, password } = c.req.valid('json');
    const [db, now, tokenHash] = [c.env.DB, Date.now(), await hashOf(token)];
    // Looked up before anything slow, so that guessing at links costs us nothing.
    const { email, account, practice, role } = await found(db, tokenHash, now);
    const joined = { isOwn: true, action: 'person-joined', after: { practice, role } } as const;
    if (account === null) {
      if (name === undefined)
        throw new Problem('invalid-request', { message: 'Check “name”: write your name' });
      const [staffId, passwordHash] = [crypto.randomUUID(), hashOfChosen(password, email)];
      const isMade = await audited(c, (entry) =>
        acceptAsNew(
          db,
          { tokenHash, staffId, name, passwordHash, now },
          entry.person({ staffId, ...joined }),
        ),
      );
      if (!isMade) throw usedUp();
      const signedIn = await startSession(c, staffId, now, [], 'invitation');
      return c.json(sessionAnswer(c.env, signedIn), 201, { 'Cache-Control': 'no-store' });
    }
    // The link alone does not open an account: whoever made it is not who owns it.
    const { staffId, also } = await checkPassword(c, { email, password }, now);
    const isJoined = await audited(c, (entry) =>
      acceptAsMember(db, { tokenHash, staffId, now }, entry.person({ staffId, ...joined })),
    );
    if (!isJoined) throw usedUp();
    const signedIn = await startSession(c, staffId, now, also, 'invitation');
    return c.json(sessionAnswer(c.env, signedIn), 201, { 'Cache-Control': 'no-store' });
  },
);

for (const path of [LOOK_UP, ACCEPT]) {
  invitations.all(path, () => {
    throw new Problem('wrong-method');
  });
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
