import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { Part } from '../../../durable/message-page.ts';
import { MAX_BODY_LENGTH } from '../../domain/conversation/message.ts';
import { Problem } from '../../problem.ts';
import { auditFirst } from '../audit/audited.ts';
import { auditedReading, conversationSubject } from '../audit/audited-reading.ts';
import { jsonBody } from '../door/json-body.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { accessOf, addressed } from './conversation-address.ts';
import { mentioned } from './named-staff.ts';
import { ChangeRequest, toChange } from './staff-change.ts';

/** One opened conversation: read it, write in it, move it. The object itself decides what this session sees. */
export const conversations = new Hono<SignedInEnv>();
conversations.use('/api/conversations/*', signedIn);

export const NewMessage = z.object({
  id: z.uuid().toLowerCase(),
  kind: z.enum(['reply', 'note']),
  body: z
    .string()
    .max(MAX_BODY_LENGTH, `At most ${MAX_BODY_LENGTH} characters.`)
    .refine((body) => body.trim() !== '', 'Write something first.'),
  /** `seq` of the newest message on the writer's screen. */
  seenSeq: z.int().min(0).optional(),
});

const Reason = z.string().trim().min(1, 'Say how you know.').max(200);

/** `no-opt-out`: what sounded like a wish to get no more texts was none. */
const ConsentSaid = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opted-out'), reason: Reason.nullable().default(null) }),
  z.object({ state: z.literal('given'), reason: Reason }),
  z.object({ state: z.literal('no-opt-out') }),
]);

const Cursor = z.coerce.number().int().min(1);

conversations.get(
  '/api/conversations/:id',
  describeRoute({
    summary:
      'A page of a conversation: the newest, or by the `seq` of a message what is before (`cursor`), `after` or `around` it. Opening it is in the audit log; opening its newest page marks it as read. `practice` saves a look-up',
    responses: {
      200: {
        description:
          '`conversation`, `messages` in their order, `nextCursor` to what is older, `newerCursor` to what is newer.',
      },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const part = partAsked(c.req.query());
    const conversation = addressed(c.env, c.req.param('id'));
    const read = async () => {
      const access = accessOf(c.var.session);
      const result = await (part.is === 'newest'
        ? conversation.read(access, null)
        : conversation.readAt(access, part));
      return result.outcome === 'not-found'
        ? null
        : { shown: result, practiceId: result.conversation.practiceId };
    };
    // Who reads on has opened it before.
    const isOpening = part.is === 'newest' || part.is === 'around';
    const result = isOpening
      ? await auditedReading(c, conversation, { action: 'conversation-opened' }, read)
      : (await read())?.shown;
    if (result === undefined) throw new Problem('not-found');
    const { outcome: _, nextCursor, newerCursor, ...page } = result;
    return c.json({
      ...page,
      nextCursor: nextCursor?.toString() ?? null,
      newerCursor: newerCursor?.toString() ?? null,
    });
  },
);

/** `cursor` is what the other lists call it: on to what is older. */
const PART_NAMES = { cursor: 'before', after: 'after', around: 'around' } as const;

function partAsked(query: Record<string, string>): Part {
  const asked = Object.entries(PART_NAMES).filter(([name]) => query[name] !== undefined);
  const [first, ...others] = asked;
  if (first === undefined) return { is: 'newest' };
  const { data: seq } = Cursor.safeParse(query[first[0]]);
  if (seq === undefined) throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
  if (others.length > 0)
    throw new Problem('invalid-request', { message: 'Ask for one of cursor, after and around.' });
  return { is: first[1], seq };
}

conversations.post(
  '/api/conversations/:id/messages',
  describeRoute({
    summary:
      'Reply or note; the same id again writes nothing. With `seenSeq`, a reply leaves only if nobody wrote since. `@` and a name in a note tell that colleague',
    responses: {
      200: { description: 'Written before, with this id.' },
      201: { description: '`message`' },
      404: { description: 'Not there, or not yours to see.' },
      409: { description: '`opted-out`, `do-not-text`, `newer-messages`' },
    },
  }),
  jsonBody(NewMessage),
  async (c) => {
    const { kind, seenSeq, ...written } = c.req.valid('json');
    const conversation = addressed(c.env, c.req.param('id'));
    const access = accessOf(c.var.session);
    const result = await (kind === 'reply'
      ? conversation.reply(access, { ...written, seenSeq })
      : conversation.note(access, {
          ...written,
          mentions: await mentioned(c.env, written.body, () => conversation.practiceFor(access)),
        }));
    switch (result.outcome) {
      case 'not-found':
      case 'newer-messages':
      case 'do-not-text':
      case 'opted-out':
        throw new Problem(result.outcome);
      case 'written':
        return c.json({ message: result.message }, 201);
      case 'already-written':
        return c.json({ message: result.message });
    }
  },
);

conversations.post(
  '/api/conversations/:id/messages/:messageId/retry',
  describeRoute({
    summary: 'Send a text once more that failed or may have',
    responses: {
      200: { description: '`message`, queued.' },
      404: { description: 'Not there, or not yours to see.' },
      409: { description: '`cannot-retry`, `opted-out`, `do-not-text`' },
    },
  }),
  async (c) => {
    const conversation = addressed(c.env, c.req.param('id'));
    const result = await conversation.retry(accessOf(c.var.session), c.req.param('messageId'));
    switch (result.outcome) {
      case 'not-found':
      case 'cannot-retry':
      case 'do-not-text':
      case 'opted-out':
        throw new Problem(result.outcome);
      case 'queued':
        return c.json({ message: result.message });
    }
  },
);

conversations.patch(
  '/api/conversations/:id',
  describeRoute({
    summary:
      'Done or open, whose it is, until when it sleeps, whether it needs a reply, that it is not urgent',
    responses: {
      200: {
        description:
          '`conversation`, and `undo`: the version with which the change can be taken back; null where there was nothing to change.',
      },
      404: { description: 'Not there, or not yours to see.' },
      409: { description: '`not-sent`: the reply in `after` has failed, so the conversation is not done.' },
    },
  }),
  jsonBody(ChangeRequest),
  async (c) => {
    const conversation = addressed(c.env, c.req.param('id'));
    const access = accessOf(c.var.session);
    const asked = c.req.valid('json');
    const result =
      asked.after === undefined
        ? await conversation.change(
            access,
            await toChange(c.env, asked, access, () => conversation.practiceFor(access)),
          )
        : await conversation.doneAfter(access, asked.after);
    switch (result.outcome) {
      case 'not-found':
      case 'not-sent':
      case 'changed-meanwhile':
        throw new Problem(result.outcome);
      case 'changed':
        return c.json({ conversation: result.conversation, undo: result.undo });
    }
  },
);

conversations.post(
  '/api/conversations/:id/consent',
  describeRoute({
    summary: 'What the caller told staff about being texted; an opt-in needs a reason',
    responses: {
      200: { description: '`conversation`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  jsonBody(ConsentSaid),
  async (c) => {
    const conversation = addressed(c.env, c.req.param('id'));
    const access = accessOf(c.var.session);
    const said = c.req.valid('json');
    const log = await conversation.practiceFor(access);
    if (log === null) throw new Problem('not-found');
    await auditFirst(c, {
      log,
      subject: conversationSubject(conversation),
      ...(said.state === 'no-opt-out'
        ? { action: 'opt-out-dismissed' }
        : { action: 'consent-recorded', after: { consent: said.state, reason: said.reason } }),
    });
    const result = await (said.state === 'no-opt-out'
      ? conversation.dismissOptOutSuggestion(access)
      : conversation.recordConsent(access, said));
    if (result.outcome === 'not-found') throw new Problem('not-found');
    return c.json({ conversation: result.conversation });
  },
);
