import { type Context, Hono } from 'hono';
import { type CarrierWebhooks, type WebhookRequest, webhooksOf } from '../carriers/webhooks.ts';
import type { Env } from '../env.ts';
import { lineByNumber } from '../practices/lines.ts';
import { Problem } from '../problem.ts';
import { conversationOf, conversationWithId } from './conversation-address.ts';
import { limitedBody } from './limited-body.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** What carriers tell us: texts in, and what became of texts out. Unsigned requests leave nothing behind. */
export const carrierHooks = new Hono<{ Bindings: Env }>();

const limit = limitedBody(MAX_BODY_BYTES);

carrierHooks.all('/carriers/:carrier/:kind{messages|status}', async (c, next) => {
  const webhooks = webhooksHere(c);
  if (c.req.method !== 'POST') throw new Problem('wrong-method');
  if (mediaTypeOf(c.req.header('Content-Type')) !== webhooks.mediaType) {
    throw new Problem('wrong-media-type', { message: `Send ${webhooks.mediaType}.` });
  }
  await next();
});

carrierHooks.post('/carriers/:carrier/messages', limit, async (c) => {
  const webhooks = webhooksHere(c);
  const text = webhooks.readText(await genuineBody(c, webhooks));
  if (text === null) throw new Problem('invalid-request');
  const found = await lineByNumber(c.env.DB, text.to);
  if (found === null)
    throw new Problem('not-found', { message: 'No line has the number this text was sent to.' });
  await conversationOf(c.env, found.line.id, text.from).receive({
    messageId: text.messageId,
    practiceId: found.practiceId,
    line: found.line,
    caller: text.from,
    body: text.body,
    at: text.at,
  });
  return c.body(null, 204);
});

carrierHooks.post('/carriers/:carrier/status', limit, async (c) => {
  const webhooks = webhooksHere(c);
  const report = webhooks.readReport(await genuineBody(c, webhooks));
  if (report === null) throw new Problem('invalid-request');
  const conversation = conversationWithId(c.env, report.conversationId);
  if (conversation === null) throw new Problem('not-found');
  const recorded = await conversation.recordDelivery(report);
  if (recorded.outcome === 'not-found') throw new Problem('not-found');
  return c.body(null, 204);
});

type HookContext = Context<{ Bindings: Env }>;

function webhooksHere(c: HookContext): CarrierWebhooks {
  const webhooks = webhooksOf(c.env, c.req.param('carrier') ?? '');
  if (webhooks === null) throw new Problem('not-found');
  return webhooks;
}

/** Signatures are over the body as it came, so it is read as text and parsed only afterwards. */
async function genuineBody(c: HookContext, webhooks: CarrierWebhooks): Promise<string> {
  const request: WebhookRequest = {
    path: new URL(c.req.url).pathname,
    headers: c.req.raw.headers,
    body: await c.req.text(),
  };
  if (!(await webhooks.isGenuine(c.env, request))) throw new Problem('bad-signature');
  return request.body;
}

function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
