/** What Telnyx sends us: events in JSON, up to three times each and in any order. It wants an answer within 2 s. */
import * as z from 'zod';
import type { DeliveryStatus } from '../domain/conversation/delivery-status.ts';
import { type CarriedMedia, contentTypeOf, MAX_MEDIA } from '../domain/conversation/media.ts';
import type { DeliveryReport } from './carrier.ts';
import { markedUpCalls } from './marked-up-calls.ts';
import { reportedText } from './status-address.ts';
import { errorList, reasonOf } from './telnyx-errors.ts';
import { isSigned, SIGNATURE_HEADER } from './telnyx-signature.ts';
import {
  type CarriedText,
  type CarrierWebhooks,
  type Reading,
  type WebhookRequest,
  wordsOf,
} from './webhooks.ts';

const E164 = /^\+[1-9]\d{6,14}$/;

const event = z.object({ data: z.object({ event_type: z.string(), payload: z.unknown() }) });

const incoming = z.object({
  /** Of the text; the event has another one. */
  id: z.string().min(1).max(100),
  from: z.object({ phone_number: z.string() }),
  to: z.array(z.object({ phone_number: z.string() })).min(1),
  text: z.string().nullish(),
  media: z.array(z.object({ content_type: z.string().nullish(), url: z.string().nullish() })).nullish(),
  /** ISO 8601. */
  received_at: z.string().nullish(),
});

const phone = z.object({ phone_number: z.string() });
const numbered = z.object({ from: phone, to: z.array(phone) });

const outgoing = z.object({ to: z.array(z.object({ status: z.string() })).min(1), errors: errorList });

const STATUSES: ReadonlyMap<string, DeliveryStatus> = new Map([
  // On its way there, and so surely taken, which the answer to our request may have failed to say.
  ['queued', 'sent'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  // No receipt came, and none will.
  ['delivery_unconfirmed', 'sent'],
  ['delivered', 'delivered'],
  ['delivery_failed', 'undelivered'],
  ['sending_failed', 'failed'],
  ['expired', 'failed'],
]);

export const telnyxWebhooks: CarrierWebhooks = {
  method: 'POST',
  mediaType: 'application/json',

  async isGenuine(env, request) {
    return env.TELNYX_PUBLIC_KEY ? isSigned(env.TELNYX_PUBLIC_KEY, request, Date.now()) : false;
  },

  claimedLine(request) {
    if (!request.headers.get(SIGNATURE_HEADER)) return null;
    const { data: said } = numbered.safeParse(eventIn(request)?.payload);
    // A report is about a text from the line.
    const isTextIn = eventIn(request)?.event_type === 'message.received';
    return (isTextIn ? said?.to[0] : said?.from)?.phone_number ?? null;
  },

  readText,
  readReport,
  acknowledgement: () => new Response(null, { status: 200 }),
  /** Of a TeXML application. Its GET, which is the default there, has no body and so nothing that is signed. */
  calls: markedUpCalls,
};

function readText(request: WebhookRequest): Reading<CarriedText> {
  const said = eventIn(request);
  if (said === null) return { kind: 'unreadable' };
  if (said.event_type !== 'message.received') return { kind: 'ignored' };
  const { data: text } = incoming.safeParse(said.payload);
  const to = text?.to[0]?.phone_number;
  if (text === undefined || to === undefined) return { kind: 'unreadable' };
  const from = text.from.phone_number;
  // Short codes and senders by name are no callers.
  if (!E164.test(from) || !E164.test(to)) return { kind: 'ignored' };
  const receivedAt = Date.parse(text.received_at ?? '');
  const at = Number.isNaN(receivedAt) ? Date.now() : receivedAt;
  const media = mediaIn(text);
  const body = wordsOf(text.text ?? '', media);
  return { kind: 'read', value: { messageId: text.id, from, to, body, media, at } };
}

/** Each address is its own key, for as long as Telnyx keeps what is there. */
function mediaIn({ media }: z.infer<typeof incoming>): CarriedMedia[] {
  return (media ?? []).slice(0, MAX_MEDIA).map(({ content_type: type, url }) => ({
    contentType: contentTypeOf(type),
    reference: url ?? '',
  }));
}

function readReport(request: WebhookRequest): Reading<DeliveryReport> {
  const said = eventIn(request);
  // A messaging profile that points here instead of at the address for texts: refused, so that its owner notices.
  if (said === null || said.event_type === 'message.received') return { kind: 'unreadable' };
  if (said.event_type !== 'message.sent' && said.event_type !== 'message.finalized')
    return { kind: 'ignored' };
  const text = reportedText(request.url);
  if (text === null) return { kind: 'ignored' };
  const { data: payload } = outgoing.safeParse(said.payload);
  if (payload === undefined) return { kind: 'unreadable' };
  const status = STATUSES.get(payload.to[0]?.status ?? '');
  if (status === undefined) return { kind: 'ignored' };
  const reason = reasonFor(status, payload.errors);
  return { kind: 'read', value: { ...text, status, reason } };
}

function reasonFor(status: DeliveryStatus, errors: z.infer<typeof errorList>): DeliveryReport['reason'] {
  if (status !== 'undelivered' && status !== 'failed') return null;
  return reasonOf(errors) ?? (status === 'undelivered' ? 'unreachable' : 'refused');
}

function eventIn({ body }: WebhookRequest): z.infer<typeof event>['data'] | null {
  try {
    return event.safeParse(JSON.parse(body)).data?.data ?? null;
  } catch {
    return null;
  }
}
