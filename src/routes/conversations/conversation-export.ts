import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { conversationPage } from '../../domain/conversation/conversation-print.ts';
import type { ConversationSummary } from '../../domain/conversation/conversation-summary.ts';
import type { Message } from '../../domain/conversation/message.ts';
import { Problem } from '../../problem.ts';
import { auditedReading } from '../audit/audited-reading.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { accessOf, conversationWithId } from './conversation-address.ts';

/** One conversation whole, to be handed over: as JSON, or as a page that prints well. In the audit log either way. */
export const conversationExport = new Hono<SignedInEnv>();

const JSON_FILE = '/api/conversations/:id/export';
const PAGE = '/api/conversations/:id/print';

const notFound = { 404: { description: 'Not there, or not yours to see.' } };

conversationExport.get(
  JSON_FILE,
  describeRoute({
    summary: 'A conversation with all its messages, as a file',
    responses: { 200: { description: '`conversation`, `messages`, `exportedAt`' }, ...notFound },
  }),
  signedIn,
  async (c) => {
    const whole = await wholeConversation(c, 'JSON');
    const name = whole.conversation.id.slice(0, 8);
    c.header('Content-Disposition', `attachment; filename="conversation-${name}.json"`);
    return c.json({ ...whole, exportedAt: Date.now() });
  },
);

conversationExport.get(
  PAGE,
  describeRoute({
    summary: 'A conversation as a page to be printed or kept as PDF',
    responses: { 200: { description: 'text/html' }, ...notFound },
  }),
  signedIn,
  async (c) => {
    const { conversation, messages } = await wholeConversation(c, 'page');
    const { name: practice, timeZone, role } = practiceOf(c.var.session, conversation.practiceId);
    const by = c.var.session.staff.name;
    const about = { practice, timeZone, by, now: Date.now(), mayHold: role !== 'staff' };
    return c.html(conversationPage(conversation, messages, about));
  },
);

for (const path of [JSON_FILE, PAGE]) {
  conversationExport.all(path, () => {
    throw new Problem('wrong-method');
  });
}

interface Whole {
  conversation: ConversationSummary;
  messages: Message[];
}

async function wholeConversation(c: Context<SignedInEnv>, as: string): Promise<Whole> {
  const conversation = conversationWithId(c.env, c.req.param('id') ?? '');
  if (conversation === null) throw new Problem('not-found');
  const what = { action: 'conversation-exported', after: { as } } as const;
  return auditedReading(c, conversation, what, async () => {
    if ((await conversation.practiceFor(accessOf(c.var.session))) === null) return null;
    const messages: Message[] = [];
    for (;;) {
      const page = await conversation.published((messages.at(-1)?.seq ?? 0) + 1);
      if (page === null) return null;
      messages.push(...page.messages);
      if (page.messages.length === 0 || (messages.at(-1)?.seq ?? 0) >= page.summary.lastSeq) {
        return { shown: { conversation: page.summary, messages }, practiceId: page.summary.practiceId };
      }
    }
  });
}
