import { Hono } from 'hono';
import type { CallWebhooks, CarrierWebhooks } from '../../carriers/webhooks.ts';
import { answerToCall } from '../../domain/calls/call-to-line.ts';
import type { Env } from '../../env.ts';
import { calledLine } from '../../practices/called-lines.ts';
import { Problem } from '../../problem.ts';
import { askedBy, genuine, webhooksHere } from '../carriers/carrier-request.ts';

/** A call to a line, which carries on at the practice's main number. Nothing is kept of it. */
export const callHooks = new Hono<{ Bindings: Env }>();

const asked = askedBy((webhooks) => {
  callsOf(webhooks);
  return 'POST';
});

callHooks.all('/carriers/:carrier/voice', asked, async (c) => {
  const webhooks = webhooksHere(c);
  const calls = callsOf(webhooks);
  const call = calls.readCall(await genuine(c, webhooks, calls.mediaType));
  if (call === null) throw new Problem('invalid-request');
  const line = await calledLine(c.env.DB, call.to);
  if (line === null || line.carrier !== c.req.param('carrier')) {
    throw new Problem('not-found', { message: 'No line has the number that was called.' });
  }
  return calls.answerCall(answerToCall(call, line));
});

function callsOf({ calls }: CarrierWebhooks): CallWebhooks {
  if (calls === null) {
    throw new Problem('not-found', {
      message: 'This carrier carries texts and no calls. Let whoever does forward them to the main number.',
    });
  }
  return calls;
}
