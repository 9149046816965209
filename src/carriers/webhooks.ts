import type { CallAnswer, CallToLine } from '../domain/calls/call-to-line.ts';
import type { CarriedMedia } from '../domain/conversation/media.ts';
import type { Env } from '../env.ts';
import type { DeliveryReport } from './carrier.ts';
import { kannelWebhooks } from './kannel-webhooks.ts';
import { simulatorWebhooks } from './simulator-webhooks.ts';
import { telnyxWebhooks } from './telnyx-webhooks.ts';
import { twilioWebhooks } from './twilio-webhooks.ts';

/** A webhook as it came, before anything in it is believed. */
export interface WebhookRequest {
  /** As it reached us; behind a proxy, or with several host names, not always what the carrier called. */
  url: URL;
  headers: Headers;
  /** Empty where the carrier calls with GET. */
  body: string;
}

/** A text as a carrier hands it over; its line is found by `to`. Numbers are E.164. */
export interface CarriedText {
  messageId: string;
  from: string;
  to: string;
  /** Empty where it only carried media. */
  body: string;
  media: CarriedMedia[];
  at: number;
}

/** What stands for words where a text had none and carried nothing, since an empty bubble looks like a mistake. */
export function wordsOf(body: string, media: readonly CarriedMedia[]): string {
  if (body.trim() !== '') return body;
  return media.length > 0 ? '' : '(a text without words)';
}

/** `ignored`: genuine, and nothing that we act upon. `unreadable`: not what this carrier sends. */
export type Reading<T> = { kind: 'read'; value: T } | { kind: 'ignored' } | { kind: 'unreadable' };

/** How a carrier asks, by POST, what becomes of a call to a line. */
export interface CallWebhooks {
  mediaType: string;
  /** Null for what is not a call as this carrier sends it. The line is found by `to`. */
  readCall(request: WebhookRequest): CallToLine | null;
  /** What makes this carrier do it. */
  answerCall(answer: CallAnswer): Response;
}

/** How one carrier calls us. */
export interface CarrierWebhooks {
  method: 'GET' | 'POST';
  /** Of a POST. */
  mediaType: string | null;
  isGenuine(env: Env, request: WebhookRequest): Promise<boolean>;
  /**
   * Of a request that is not genuine: the number of the line that it says it is about. Null where it carries
   * no signature at all, as what merely happens by does, and where it names no number.
   */
  claimedLine(request: WebhookRequest): string | null;
  readText(request: WebhookRequest): Reading<CarriedText>;
  readReport(request: WebhookRequest): Reading<DeliveryReport>;
  /** What this carrier takes as "you need not tell me again". */
  acknowledgement(): Response;
  /** Null where it carries texts only. */
  calls: CallWebhooks | null;
}

/** Null where no such carrier may call this environment. */
export function webhooksOf(env: Env, carrier: string): CarrierWebhooks | null {
  switch (carrier) {
    case 'simulator':
      return env.ENVIRONMENT === 'production' ? null : simulatorWebhooks;
    case 'twilio':
      return twilioWebhooks;
    case 'telnyx':
      return telnyxWebhooks;
    case 'kannel':
      return kannelWebhooks;
    default:
      return null;
  }
}
