import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { inboxOf } from './inbox-of-practice.ts';

/** Notes that name whoever asks, until they have looked at them. */
export const mentions = new Hono<SignedInEnv>();
mentions.use('/api/practices/*', signedIn);

mentions.get(
  '/api/practices/:practice/mentions',
  describeRoute({
    summary: 'Notes that name you and that you have not looked at, the newest first',
    responses: {
      200: { description: '`mentions`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    return c.json({ mentions: await inboxOf(c.env, id).mentions(c.var.session.staff.id) });
  },
);

mentions.delete(
  '/api/practices/:practice/mentions/:conversation',
  describeRoute({
    summary: 'You have looked at the notes of a conversation that name you',
    responses: {
      204: { description: 'They are no longer among your mentions.' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    await inboxOf(c.env, id).seeMentions(c.var.session.staff.id, c.req.param('conversation'));
    return c.body(null, 204);
  },
);
