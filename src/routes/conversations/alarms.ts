import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { Inbox } from '../../../durable/inbox.ts';
import { managedPracticeOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** What the managers of a practice should hear of, until they dismiss it. */
export const alarms = new Hono<SignedInEnv>();

const refused = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

alarms.get(
  '/api/practices/:practice/alarms',
  describeRoute({
    summary: 'Trouble with the lines of a practice, one for each kind and line (managers)',
    responses: { 200: { description: '`alarms`, the oldest first.' }, ...refused },
  }),
  signedIn,
  async (c) => c.json({ alarms: await managedInbox(c).alarms() }),
);

alarms.delete(
  '/api/practices/:practice/alarms/:id',
  describeRoute({
    summary: 'Dismiss an alarm (managers)',
    responses: { 204: { description: 'It is gone, by this or before.' }, ...refused },
  }),
  signedIn,
  async (c) => {
    await managedInbox(c).dismissAlarm(c.req.param('id'));
    return c.body(null, 204);
  },
);

function managedInbox(c: Context<SignedInEnv>): DurableObjectStub<Inbox> {
  const { id } = managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  return c.env.INBOX.get(c.env.INBOX.idFromName(id));
}
