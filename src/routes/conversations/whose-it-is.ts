import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { Problem } from '../../problem.ts';
import { jsonBody } from '../door/json-body.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { accessOf, addressed } from './conversation-address.ts';
import { NewMessage } from './conversations.ts';
import { assignable, mentioned } from './named-staff.ts';

/** How a conversation becomes somebody's while others reach for it too. */
export const whoseItIs = new Hono<SignedInEnv>();
whoseItIs.use('/api/conversations/*', signedIn);

const HandOver = NewMessage.pick({ id: true, body: true }).extend({ assignee: z.string().min(1).max(100) });

whoseItIs.post(
  '/api/conversations/:id/claim',
  describeRoute({
    summary: 'Yours, if it is nobody’s; of two at the same moment one has it',
    responses: {
      200: { description: '`conversation`, and `undo` as with PATCH' },
      404: { description: 'Not there, or not yours to see.' },
      409: { description: '`already-assigned`; the message says to whom' },
    },
  }),
  async (c) => {
    const result = await addressed(c.env, c.req.param('id')).claim(accessOf(c.var.session));
    switch (result.outcome) {
      case 'not-found':
      case 'changed-meanwhile':
        throw new Problem(result.outcome);
      case 'already-assigned':
        throw new Problem(result.outcome, { message: `${result.to.name} has just taken this conversation.` });
      case 'changed':
        return c.json({ conversation: result.conversation, undo: result.undo });
    }
  },
);

whoseItIs.post(
  '/api/conversations/:id/hand-over',
  describeRoute({
    summary: 'To a colleague, with a note for them, in one; the same id again changes nothing',
    responses: {
      200: { description: 'Handed over before, with this id.' },
      201: { description: '`conversation` and `message`, the note' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  jsonBody(HandOver),
  async (c) => {
    const { id, body, assignee: staffId } = c.req.valid('json');
    const conversation = addressed(c.env, c.req.param('id'));
    const access = accessOf(c.var.session);
    const practiceOf = () => conversation.practiceFor(access);
    const assignee = await assignable(c.env, staffId, access, practiceOf);
    const others = await mentioned(c.env, body, practiceOf);
    const mentions = [assignee, ...others.filter((one) => one.id !== assignee.id)];
    const result = await conversation.handOver(access, { id, body, assignee, mentions });
    if (result.outcome === 'not-found') throw new Problem('not-found');
    const { outcome, ...shown } = result;
    return c.json(shown, outcome === 'handed-over' ? 201 : 200);
  },
);
