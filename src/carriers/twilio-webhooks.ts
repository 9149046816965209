/** What Twilio sends us: forms, signed with the account's auth token. A line is found by `To` and by nothing else. */
import * as z from 'zod';
import type { DeliveryStatus } from '../domain/conversation/delivery-status.ts';
import type { FailureReason } from '../domain/conversation/failure-reason.ts';
import { type CarriedMedia, contentTypeOf, MAX_MEDIA } from '../domain/conversation/media.ts';
import { publicOrigins } from '../domain/practice/public-origins.ts';
import type { DeliveryReport } from './carrier.ts';
import { markedUpCalls } from './marked-up-calls.ts';
import { reportedText } from './status-address.ts';
import { mediaCount } from './twilio-body.ts';
import { reasonOf } from './twilio-errors.ts';
import { calledAddresses, isSigned, SIGNATURE_HEADER } from './twilio-signature.ts';
import {
  type CarriedText,
  type CarrierWebhooks,
  type Reading,
  type WebhookRequest,
  wordsOf,
} from './webhooks.ts';

const E164 = /^\+[1-9]\d{6,14}$/;

const incoming = z.object({
  MessageSid: z.string().min(1).max(100),
  From: z.string().min(1).max(200),
  To: z.string().min(1).max(200),
  Body: z.string().default(''),
});

/** What is not in here tells nothing that we do not know: it was taken, or it is about a text in. */
const STATUSES: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

export const twilioWebhooks: CarrierWebhooks = {
  method: 'POST',
  mediaType: 'application/x-www-form-urlencoded',

  async isGenuine(env, request) {
    if (!env.TWILIO_AUTH_TOKEN) return false;
    const addresses = calledAddresses(request.url, publicOrigins(env.PUBLIC_ORIGIN).all);
    return isSigned(env.TWILIO_AUTH_TOKEN, request.headers.get(SIGNATURE_HEADER), addresses, formOf(request));
  },

  claimedLine(request) {
    if (!request.headers.get(SIGNATURE_HEADER)) return null;
    const form = formOf(request);
    // A report is about a text from the line.
    return form.get(form.has('MessageStatus') ? 'From' : 'To');
  },

  readText,
  readReport,

  /** TwiML that asks for nothing: Twilio reports any other content type as an error to the account. */
  acknowledgement: () => new Response('<Response/>', { headers: { 'Content-Type': 'text/xml' } }),

  calls: markedUpCalls,
};

function readText(request: WebhookRequest): Reading<CarriedText> {
  const form = formOf(request);
  const { data: text } = incoming.safeParse(Object.fromEntries(form));
  if (text === undefined) return { kind: 'unreadable' };
  // Short codes, senders by name, and other channels such as `whatsapp:+1…` are no callers.
  if (!E164.test(text.From) || !E164.test(text.To)) return { kind: 'ignored' };
  const { MessageSid: messageId, From: from, To: to } = text;
  const media = mediaIn(form);
  const body = wordsOf(text.Body, media);
  // Twilio does not say when the text was sent.
  return { kind: 'read', value: { messageId, from, to, body, media, at: Date.now() } };
}

/** Staff must not miss that there was more to it than words, also where Twilio does not say where that is. */
function mediaIn(form: URLSearchParams): CarriedMedia[] {
  const count = mediaCount(form.get('NumMedia'));
  return Array.from({ length: Math.min(count, MAX_MEDIA) }, (_, index) => ({
    contentType: contentTypeOf(form.get(`MediaContentType${index}`)),
    reference: form.get(`MediaUrl${index}`) ?? '',
  }));
}

function readReport(request: WebhookRequest): Reading<DeliveryReport> {
  const form = formOf(request);
  const said = form.get('MessageStatus');
  if (said === null) return { kind: 'unreadable' };
  const status = STATUSES.get(said);
  const text = reportedText(request.url);
  // A status callback set in Twilio's console also tells of texts that others sent.
  if (status === undefined || text === null) return { kind: 'ignored' };
  const reason = reasonFor(status, form.get('ErrorCode'));
  return {
    kind: 'read',
    value: { ...text, status, reason },
  };
}

function reasonFor(status: DeliveryStatus, errorCode: string | null): FailureReason | null {
  if (status !== 'undelivered' && status !== 'failed') return null;
  const otherwise = status === 'undelivered' ? 'unreachable' : 'refused';
  return reasonOf(errorCode === null ? null : Number(errorCode)) ?? otherwise;
}

function formOf(request: WebhookRequest): URLSearchParams {
  return new URLSearchParams(request.body);
}
