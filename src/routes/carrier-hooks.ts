import { Hono } from 'hono';
import type { Reading } from '../carriers/webhooks.ts';
import { afterHoursAt } from '../domain/after-hours.ts';
import type { Env } from '../env.ts';
import { scheduleOf } from '../practices/hours.ts';
import { lineByNumber } from '../practices/lines.ts';
import { neverTexted } from '../practices/never-texted.ts';
import { Problem } from '../problem.ts';
import { askedAs, genuine, webhooksHere } from './carrier-request.ts';
import { conversationOf, conversationWithId } from './conversation-address.ts';

/** What carriers tell us: texts in, and what became of texts out. Unsigned requests leave nothing behind. */
export const carrierHooks = new Hono<{ Bindings: Env }>();

const asked = askedAs((webhooks) => webhooks);

carrierHooks.all('/carriers/:carrier/messages', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const text = toActUpon(webhooks.readText(await genuine(c, webhooks)));
  if (text === null) return webhooks.acknowledgement();
  const found = await lineByNumber(c.env.DB, text.to);
  if (found === null || found.line.carrier !== c.req.param('carrier')) {
    throw new Problem('not-found', { message: 'No line has the number this text was sent to.' });
  }
  const hours = await scheduleOf(c.env.DB, found.practiceId, found.line.id);
  const { doNotText } = await neverTexted(c.env.DB);
  await conversationOf(c.env, found.line.id, text.from).receive({
    messageId: text.messageId,
    practiceId: found.practiceId,
    practiceName: found.practiceName,
    line: found.line,
    caller: text.from,
    body: text.body,
    at: text.at,
    afterHours: hours && afterHoursAt(hours, Date.now()),
    doNotText: doNotText.has(text.from),
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
