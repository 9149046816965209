import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { Env } from '../../env.ts';
import { passwordLinkByToken, usePasswordLink } from '../../practices/password-links.ts';
import { practicesOf } from '../../practices/people.ts';
import { hashOf } from '../../practices/secret.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { chosenWayIn, wayIn } from './chosen-way-in.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { requireDoor, sessionAnswer, startSession } from './start-session.ts';

/** Takes up the link by which somebody who forgot their password chooses a new one. */
export const passwordLinks = new Hono<{ Bindings: Env }>();

const LOOK_UP = '/api/password-links/look-up';
const USE = '/api/password-links/use';

const Token = z.string().min(1).max(100);

passwordLinks.post(
  LOOK_UP,
  describeRoute({
    summary: 'Whose password a link changes',
    responses: {
      200: { description: '`name`, `email`' },
      404: { description: '`not-found`: the link was used or replaced, is too old, or never was one' },
    },
  }),
  jsonBody(z.strictObject({ token: Token })),
  async (c) => {
    const link = await passwordLinkByToken(c.env.DB, await hashOf(c.req.valid('json').token), Date.now());
    if (link === null) throw usedUp();
    c.header('Cache-Control', 'no-store');
    return c.json({ name: link.name, email: link.email });
  },
);

passwordLinks.post(
  USE,
  describeRoute({
    summary: 'Choose a new password or passkey by a link; every session of this person ends',
    responses: {
      201: { description: 'Changed, and signed in.' },
      404: { description: '`not-found`, as for the look-up' },
    },
  }),
  jsonBody(z.strictObject({ token: Token, ...wayIn })),
  async (c) => {
    const { token, ...given } = c.req.valid('json');
    const [db, now, tokenHash] = [c.env.DB, Date.now(), await hashOf(token)];
    const link = await passwordLinkByToken(db, tokenHash, now);
    if (link === null) throw usedUp();
    const { staffId, email } = link;
    await requireDoor(c, staffId, 'link');
    const chosen = await chosenWayIn(c, given, { email, for: { is: 'password-link', tokenHash } }, now);
    const isUsed = await audited(c, (entry) => {
      const action = chosen.is === 'passkey' ? 'passkey-chosen' : 'password-chosen';
      const made = entry.person({ staffId, isOwn: true, action });
      return usePasswordLink(db, { tokenHash, staffId, email, chosen, now }, made);
    });
    if (!isUsed) throw usedUp();
    await recheckSockets(c.env, await practicesOf(db, staffId), staffId);
    const way = chosen.is === 'passkey' ? 'passkey' : 'link';
    const signedIn = await startSession(c, staffId, now, { way, link: 'link for a new password' });
    return c.json(sessionAnswer(c.env, signedIn), 201, { 'Cache-Control': 'no-store' });
  },
);

for (const path of [LOOK_UP, USE]) {
  passwordLinks.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function usedUp(): Problem {
  return new Problem('not-found', {
    message: 'This link has been used or replaced, or is more than a day old. Ask a manager for a new one.',
  });
}
