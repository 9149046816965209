import { Hono } from 'hono';
import type { Reading } from '../../carriers/webhooks.ts';
import type { Env } from '../../env.ts';
import { lineByNumber, noteTextIn } from '../../practices/lines.ts';
import { Problem } from '../../problem.ts';
import { conversationWithId } from '../conversations/conversation-address.ts';
import { askedBy, genuine, webhooksHere } from './carrier-request.ts';
import { receiveText } from './receive-text.ts';

/** What carriers tell us: texts in, and what became of texts out. What is signed wrongly is at most noted. */
export const carrierHooks = new Hono<{ Bindings: Env }>();

const asked = askedBy(({ method }) => method);

carrierHooks.all('/carriers/:carrier/messages', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const text = toActUpon(webhooks.readText(await genuine(c, webhooks, webhooks.mediaType)));
  if (text === null) return webhooks.acknowledgement();
  const found = await lineByNumber(c.env.DB, text.to);
  if (found === null || found.line.carrier !== c.req.param('carrier')) {
    throw new Problem('not-found', { message: 'No line has the number this text was sent to.' });
  }
  await receiveText(c.env, found, text, { isRecovered: false });
  c.executionCtx.waitUntil(
    noteTextIn(c.env.DB, found, Date.now()).catch((error: unknown) =>
      console.error('that texts come in was not noted', { line: found.line.id, error: String(error) }),
    ),
  );
  return webhooks.acknowledgement();
});

carrierHooks.all('/carriers/:carrier/status', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const report = toActUpon(webhooks.readReport(await genuine(c, webhooks, webhooks.mediaType)));
  if (report === null) return webhooks.acknowledgement();
  const conversation = conversationWithId(c.env, report.conversationId);
  if (conversation === null) throw new Problem('not-found');
  await conversation.recordDelivery(report);
  return webhooks.acknowledgement();
});

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
