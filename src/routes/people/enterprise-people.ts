import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { type AuditAction, ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { practicesOf, setActive, setAdmin } from '../../practices/people.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { adminOnly, type SignedInEnv, signedIn } from './signed-in.ts';

/** What an admin decides about a person for all practices at once. */
export const enterprisePeople = new Hono<SignedInEnv>();

const PERSON = '/api/enterprise/people/:staff';

const Change = z.union(
  [z.strictObject({ isActive: z.boolean() }), z.strictObject({ isAdmin: z.boolean() })],
  'send isActive or isAdmin, true or false',
);

enterprisePeople.patch(
  PERSON,
  describeRoute({
    summary: 'Deactivate or reactivate somebody, or make them an admin or none (admins)',
    responses: {
      204: { description: 'Done. Who was deactivated is signed out everywhere.' },
      403: { description: '`not-allowed`' },
      404: { description: '`not-found`' },
      409: { description: '`yourself`: so the last admin always stays' },
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(Change),
  async (c) => {
    const change = c.req.valid('json');
    const [actorId, staffId, now] = [c.var.session.staff.id, c.req.param('staff'), Date.now()];
    if (staffId === actorId) throw new Problem('yourself');
    // As it was: an admin who is none any more had sockets in all of them.
    const practiceIds = await practicesOf(c.env.DB, staffId);
    const isDone = await audited(c, (entry) => {
      const action = actionOf(change);
      const made = entry.person({ staffId, isOwn: false, action, alsoIn: [ENTERPRISE_LOG] });
      return 'isActive' in change
        ? setActive(c.env.DB, { actorId, staffId, isActive: change.isActive, now }, made)
        : setAdmin(c.env.DB, { actorId, staffId, isAdmin: change.isAdmin }, made);
    });
    if (!isDone) throw new Problem('not-found');
    await recheckSockets(c.env, practiceIds, staffId);
    return c.body(null, 204);
  },
);

function actionOf(change: z.output<typeof Change>): AuditAction {
  if ('isActive' in change) return change.isActive ? 'person-reactivated' : 'person-deactivated';
  return change.isAdmin ? 'admin-made' : 'admin-unmade';
}

enterprisePeople.all(PERSON, () => {
  throw new Problem('wrong-method');
});
