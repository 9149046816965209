import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type CarrierWebhooks, type Reading, type WebhookRequest, webhooksOf } from '../carriers/webhooks.ts';
import { afterHoursAt } from '../domain/after-hours.ts';
import type { Env } from '../env.ts';
import { scheduleOf } from '../practices/hours.ts';
import { lineByNumber } from '../practices/lines.ts';
import { Problem } from '../problem.ts';
import { conversationOf, conversationWithId } from './conversation-address.ts';
import { bodyUpTo } from './limited-body.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** What carriers tell us: texts in, and what became of texts out. Unsigned requests leave nothing behind. */
export const carrierHooks = new Hono<{ Bindings: Env }>();

/** As this carrier asks: anything else is not from it. */
const asked = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  const { method, mediaType } = webhooksHere(c);
  if (c.req.method !== method) throw new Problem('wrong-method');
  if (mediaType !== null && mediaTypeOf(c.req.header('Content-Type')) !== mediaType) {
    throw new Problem('wrong-media-type', { message: `Send ${mediaType}.` });
  }
  await next();
});

carrierHooks.all('/carriers/:carrier/messages', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const text = toActUpon(webhooks.readText(await genuine(c, webhooks)));
  if (text === null) return webhooks.acknowledgement();
  const found = await lineByNumber(c.env.DB, text.to);
  if (found === null || found.line.carrier !== c.req.param('carrier')) {
    throw new Problem('not-found', { message: 'No line has the number this text was sent to.' });
  }
  const hours = await scheduleOf(c.env.DB, found.practiceId, found.line.id);
  await conversationOf(c.env, found.line.id, text.from).receive({
    messageId: text.messageId,
    practiceId: found.practiceId,
    practiceName: found.practiceName,
    line: found.line,
    caller: text.from,
    body: text.body,
    at: text.at,
    afterHours: hours && afterHoursAt(hours, Date.now()),
  });
  return webhooks.acknowledgement();
});

carrierHooks.all('/carriers/:carrier/status', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const report = toActUpon(webhooks.readReport(await genuine(c, webhooks)));
  if (report === null) return webhooks.acknowledgement();
  const conversation = conversationWithId(c.env, report.conversationId);
  if (conversation === null) throw new Problem('not-found');
  await conversation.recordDelivery(report);
  return webhooks.acknowledgement();
});

type HookContext = Context<{ Bindings: Env }>;

function webhooksHere(c: HookContext): CarrierWebhooks {
  const webhooks = webhooksOf(c.env, c.req.param('carrier') ?? '');
  if (webhooks === null) throw new Problem('not-found');
  return webhooks;
}

/** Signatures are over the body as it came, so it is read as text and parsed only afterwards. */
async function genuine(c: HookContext, webhooks: CarrierWebhooks): Promise<WebhookRequest> {
  const request = { url: new URL(c.req.url), headers: c.req.raw.headers, body: await bodyOf(c) };
  if (!(await webhooks.isGenuine(c.env, request))) throw new Problem('bad-signature');
  return request;
}

/** Not `text()`: the runtime warns whenever a form is read as text. */
async function bodyOf(c: HookContext): Promise<string> {
  return new TextDecoder().decode(await bodyUpTo(MAX_BODY_BYTES, c.req.raw));
}

/** Null where there is nothing to do. */
function toActUpon<T>(reading: Reading<T>): T | null {
  switch (reading.kind) {
    case 'read':
      return reading.value;
    case 'ignored':
      return null;
    case 'unreadable':
      throw new Problem('invalid-request');
  }
}

function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
