import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import type { Env } from '../../env.ts';
import { firstAdminFor, makeFirstAdmin } from '../../practices/first-admin.ts';
import { hashOf } from '../../practices/secret.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { chosenWayIn, wayIn } from './chosen-way-in.ts';
import { sessionAnswer, startSession } from './start-session.ts';

/** Takes up the link that `npm run first-admin` printed. */
export const firstAdmin = new Hono<{ Bindings: Env }>();

const FirstAdmin = z.object({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  ...wayIn,
});

firstAdmin.post(
  '/api/first-admin',
  describeRoute({
    summary: 'Become the first admin of an environment, by a single-use link',
    responses: {
      201: { description: 'Made, and signed in.' },
      404: { description: '`not-found`: the link was used, is too old, or is not needed' },
    },
  }),
  jsonBody(FirstAdmin),
  async (c) => {
    const { token, name, ...given } = c.req.valid('json');
    const now = Date.now();
    const tokenHash = await hashOf(token);
    // Looked up before anything slow, so that guessing at links costs us nothing.
    const found = await firstAdminFor(c.env.DB, tokenHash, now);
    if (found === null) throw usedUp();
    const { email } = found;
    const chosen = await chosenWayIn(c, given, { email, for: { is: 'first-admin', tokenHash } }, now);
    const made = await audited(c, (entry) => {
      // Whether they are new here, and so their id, shows only in the moment of writing.
      const subject = { is: 'person', id: email, label: name } as const;
      const admin = { tokenHash, name, email, chosen, now };
      return makeFirstAdmin(c.env.DB, admin, entry({ log: ENTERPRISE_LOG, action: 'admin-made', subject }));
    });
    if (made === null) throw usedUp();
    const link = 'link of the first admin';
    const signedIn = await startSession(c, made.staffId, now, { way: chosen.is, link });
    c.header('Cache-Control', 'no-store');
    return c.json(sessionAnswer(c.env, signedIn), 201);
  },
);

firstAdmin.all('/api/first-admin', () => {
  throw new Problem('wrong-method');
});

function usedUp(): Problem {
  return new Problem('not-found', {
    message: 'This link has been used, or is more than a day old. Print a new one with npm run first-admin.',
  });
}
