import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { AuditSubject } from '../../domain/audit/audit-entry.ts';
import { endHold, hold } from '../../practices/retention.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { conversationSubject } from '../audit/audited-reading.ts';
import { accessOf, conversationWithId } from '../conversations/conversation-address.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** What is not deleted although its time is over: a conversation, or all of a practice. For managers. */
export const holds = new Hono<SignedInEnv>();

const PRACTICE = '/api/practices/:practice/hold';
const CONVERSATION = '/api/conversations/:id/hold';

const Reason = z.strictObject({
  reason: z.string().trim().min(1, 'say why').max(200, 'at most 200 characters'),
});

const answers = {
  204: { description: 'So it is, now or before. A reason that was given before stays.' },
  400: { description: '`invalid-request`' },
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

interface Held {
  practiceId: string;
  conversationId: string | null;
  subject: AuditSubject;
}

const everybody: MiddlewareHandler<SignedInEnv> = (_, next) => next();

const places = [
  { path: PRACTICE, what: 'all of a practice', guard: managersOnly, heldAt: practiceHeld },
  // The conversation itself says whose it is.
  { path: CONVERSATION, what: 'a conversation', guard: everybody, heldAt: conversationHeld },
];

for (const { path, what, guard, heldAt } of places) {
  holds.put(
    path,
    describeRoute({ summary: `Put ${what} on hold, with a reason (managers)`, responses: answers }),
    signedIn,
    guard,
    jsonBody(Reason),
    async (c) => {
      const { practiceId, conversationId, subject } = await heldAt(c);
      const { reason } = c.req.valid('json');
      await audited(c, (entry) => {
        const made = entry({ log: practiceId, action: 'hold-begun', subject, after: { reason } });
        const by = { heldBy: c.var.session.staff.id, heldAt: Date.now() };
        return hold(c.env.DB, practiceId, { conversationId, reason, ...by }, made);
      });
      return c.body(null, 204);
    },
  );

  holds.delete(
    path,
    describeRoute({ summary: `End the hold on ${what} (managers)`, responses: answers }),
    signedIn,
    async (c) => {
      const { practiceId, conversationId, subject } = await heldAt(c);
      await audited(c, (entry) => {
        const made = entry({ log: practiceId, action: 'hold-ended', subject });
        return endHold(c.env.DB, practiceId, conversationId, made);
      });
      return c.body(null, 204);
    },
  );

  holds.all(path, () => {
    throw new Problem('wrong-method');
  });
}

async function practiceHeld(c: Context<SignedInEnv>): Promise<Held> {
  const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  return { practiceId: id, conversationId: null, subject: { is: 'practice', id, label: name } };
}

async function conversationHeld(c: Context<SignedInEnv>): Promise<Held> {
  const conversation = conversationWithId(c.env, c.req.param('id') ?? '');
  const practiceId = (await conversation?.practiceFor(accessOf(c.var.session))) ?? null;
  if (conversation === null || practiceId === null) throw new Problem('not-found');
  managedPracticeOf(c.var.session, practiceId);
  return {
    practiceId,
    conversationId: conversation.id.toString(),
    subject: conversationSubject(conversation),
  };
}
