import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { type BulkResult, MAX_BULK } from '../../domain/conversation/bulk-change.ts';
import type { Change } from '../../domain/conversation/conversation-change.ts';
import type { Access } from '../../domain/people/access.ts';
import type { Env } from '../../env.ts';
import { jsonBody } from '../door/json-body.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { accessOf, conversationWithId } from './conversation-address.ts';
import { ChangeRequest, toChange } from './staff-change.ts';

/** Many conversations of a practice at once. Each decides for itself: what refuses one says nothing of the others. */
export const bulkChanges = new Hono<SignedInEnv>();

const PATH = '/api/practices/:practice/conversations/bulk';
bulkChanges.use(PATH, signedIn);

const Seen = z
  .array(z.strictObject({ id: z.string().max(100), version: z.int().min(0) }))
  .min(1, 'Name at least one conversation.')
  .max(MAX_BULK, `At most ${MAX_BULK} conversations at once.`)
  .refine((seen) => new Set(seen.map(({ id }) => id)).size === seen.length, {
    error: 'Name each conversation once.',
  });

const ChangeOfMany = ChangeRequest.refine(({ after }) => after === undefined, {
  error: 'A reply in after is of one conversation.',
});

const Request = z.union(
  [z.strictObject({ conversations: Seen, change: ChangeOfMany }), z.strictObject({ undo: Seen })],
  {
    error: `Send {"conversations":[{"id","version"}],"change":{…}} as for one conversation, or {"undo":[{"id","version"}]}; at most ${MAX_BULK}, each once.`,
  },
);

bulkChanges.post(
  PATH,
  describeRoute({
    summary:
      'Change up to 100 conversations, each only if its `version` is still the one that was seen; or take back what changed them, by the `undo` that the change answered with',
    responses: {
      200: {
        description:
          '`changed`: each `conversation` and its `undo`. `refused`: each `id` with its `reason`: `changed-meanwhile`, `not-found`, `unavailable`.',
      },
      400: { description: '`invalid-request`; nothing was changed.' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  jsonBody(Request),
  async (c) => {
    const { id: practiceId } = practiceOf(c.var.session, c.req.param('practice'));
    // Of this practice only, also where somebody sees others.
    const access = { ...accessOf(c.var.session), practiceIds: [practiceId] };
    const asked = c.req.valid('json');
    if ('undo' in asked) return c.json(await eachOf(c.env, asked.undo, access, null));
    const change = await toChange(c.env, asked.change, access, async () => practiceId);
    return c.json(await eachOf(c.env, asked.conversations, access, change));
  },
);

/** `change` null takes back what was changed. */
async function eachOf(
  env: Env,
  seen: z.output<typeof Seen>,
  access: Access,
  change: Change | null,
): Promise<BulkResult> {
  const results = await Promise.all(seen.map((one) => decided(env, one, access, change)));
  return {
    changed: results.flatMap((result) => ('conversation' in result ? [result] : [])),
    refused: results.flatMap((result) => ('reason' in result ? [result] : [])),
  };
}

async function decided(
  env: Env,
  { id, version }: z.output<typeof Seen>[number],
  access: Access,
  change: Change | null,
): Promise<BulkResult['changed'][number] | BulkResult['refused'][number]> {
  const conversation = conversationWithId(env, id);
  if (conversation === null) return { id, reason: 'not-found' };
  try {
    const result = await (change === null
      ? conversation.undo(access, version)
      : conversation.change(access, change, version));
    if (result.outcome !== 'changed') return { id, reason: result.outcome };
    return { conversation: result.conversation, undo: result.undo };
  } catch (error) {
    console.error('a conversation among many was not changed', { conversation: id, error: String(error) });
    return { id, reason: 'unavailable' };
  }
}
