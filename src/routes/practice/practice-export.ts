import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { ConversationSummary } from '../../domain/conversation/conversation-summary.ts';
import type { Message } from '../../domain/conversation/message.ts';
import type { Env } from '../../env.ts';
import { Problem } from '../../problem.ts';
import { auditFirst } from '../audit/audited.ts';
import { conversationWithId } from '../conversations/conversation-address.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { managedPracticeOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/**
 * All conversations of a practice, one JSON object a line: a conversation, its messages, then a cursor. Whoever is cut
 * off goes on behind the last cursor that they have; the last line of all says that it is the end.
 */
export const practiceExport = new Hono<SignedInEnv>();

const EXPORT = '/api/practices/:practice/export';
const CONVERSATIONS_AT_ONCE = 100;

type Line =
  | { type: 'conversation'; conversation: ConversationSummary }
  | { type: 'message'; conversation: string; message: Message }
  | { type: 'cursor'; cursor: string }
  | { type: 'end'; conversations: number };

practiceExport.get(
  EXPORT,
  describeRoute({
    summary: 'All conversations of a practice as NDJSON, streamed (managers)',
    parameters: [{ in: 'query', name: 'cursor', description: 'The last one of an export that was cut off.' }],
    responses: {
      200: { description: 'application/x-ndjson; the last line has the type `end`.' },
      400: { description: '`invalid-request`' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { cursor = '' } = c.req.query();
    if (!/^([0-9a-f]{64})?$/.test(cursor))
      throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
    const subject = { is: 'practice', id, label: name } as const;
    const after = { goesOn: cursor !== '' };
    await auditFirst(c, { log: id, action: 'practice-exported', subject, after });
    const day = new Date().toISOString().slice(0, 10);
    return c.body(streamed(linesOf(c.env, id, cursor)), 200, {
      'Content-Type': 'application/x-ndjson',
      'Content-Disposition': `attachment; filename="conversations-${id}-${day}.ndjson"`,
    });
  },
);

practiceExport.all(EXPORT, () => {
  throw new Problem('wrong-method');
});

/** In the order of their ids, which nothing changes; one page of messages is in memory at a time. */
async function* linesOf(env: Env, practiceId: string, cursor: string): AsyncGenerator<Line[]> {
  let [after, conversations]: [string | null, number] = [cursor, 0];
  while (after !== null) {
    const { ids, lookedTo }: { ids: string[]; lookedTo: string | null } = await inboxOf(env, practiceId).past(
      null,
      after,
      CONVERSATIONS_AT_ONCE,
    );
    for (const id of ids) {
      yield* conversationLines(env, id);
      conversations += 1;
      yield [{ type: 'cursor', cursor: id }];
    }
    after = lookedTo;
  }
  yield [{ type: 'end', conversations }];
}

/** Nothing of one that was deleted meanwhile. */
async function* conversationLines(env: Env, id: string): AsyncGenerator<Line[]> {
  for (let fromSeq = 1; ; ) {
    const page = await conversationWithId(env, id)?.published(fromSeq);
    if (!page) return;
    const { summary, messages } = page;
    const head: Line[] = fromSeq === 1 ? [{ type: 'conversation', conversation: summary }] : [];
    yield [...head, ...messages.map((message): Line => ({ type: 'message', conversation: id, message }))];
    const last = messages.at(-1);
    if (last === undefined || last.seq >= summary.lastSeq) return;
    fromSeq = last.seq + 1;
  }
}

/** Goes no further than its reader. */
function streamed(lines: AsyncGenerator<Line[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((line) => `${JSON.stringify(line)}\n`).join('')));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}
