/**
 * Calls as Twilio and Telnyx ask about them: a form comes in, and XML that both read the same way goes out.
 * https://www.twilio.com/docs/voice/twiml, https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs
 */
import * as z from 'zod';
import type { CallAnswer } from '../domain/calls/call-to-line.ts';
import type { CallWebhooks } from './webhooks.ts';

const calling = z.object({
  From: z.string().max(200).default(''),
  To: z.string().min(1).max(200),
  ForwardedFrom: z.string().max(200).optional(),
});

export const markedUpCalls: CallWebhooks = {
  mediaType: 'application/x-www-form-urlencoded',

  readCall({ body }) {
    const { data: call } = calling.safeParse(Object.fromEntries(new URLSearchParams(body)));
    return call === undefined
      ? null
      : { from: call.From, to: call.To, forwardedFrom: call.ForwardedFrom ?? null };
  },

  answerCall: (answer) => new Response(callMarkup(answer), { headers: { 'Content-Type': 'text/xml' } }),
};

/** Only what means the same to both: whatever follows `Dial` would be heard after the conversation too. */
export function callMarkup(answer: CallAnswer): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs(answer)}</Response>`;
}

function verbs(answer: CallAnswer): string {
  switch (answer.kind) {
    case 'forward': {
      const { to, callerId, ringSeconds } = answer;
      return `<Dial callerId="${escaped(callerId)}" timeout="${ringSeconds}"><Number>${escaped(to)}</Number></Dial>`;
    }
    case 'say':
      return `<Say>${escaped(answer.words)}</Say><Hangup/>`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Good in an attribute and between tags. What XML 1.0 cannot hold at all, not even as an entity, is left out. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
      .replace(/[\t\n\r]/g, ' ')
  );
}
