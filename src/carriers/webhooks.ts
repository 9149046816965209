import type { Env } from '../env.ts';
import type { DeliveryReport } from './carrier.ts';
import { simulatorWebhooks } from './simulator-webhooks.ts';

/** A webhook as it came, before anything in it is believed. */
export interface WebhookRequest {
  path: string;
  headers: Headers;
  body: string;
}

/** A text as a carrier hands it over; its line is found by `to`. Numbers are E.164. */
export interface CarriedText {
  messageId: string;
  from: string;
  to: string;
  body: string;
  at: number;
}

/** How one carrier calls us. Reading answers null where the body is not what that carrier sends. */
export interface CarrierWebhooks {
  mediaType: string;
  isGenuine(env: Env, request: WebhookRequest): Promise<boolean>;
  readText(body: string): CarriedText | null;
  readReport(body: string): DeliveryReport | null;
}

/** Null where no such carrier may call this environment. */
export function webhooksOf(env: Env, carrier: string): CarrierWebhooks | null {
  switch (carrier) {
    case 'simulator':
      return env.ENVIRONMENT === 'production' ? null : simulatorWebhooks;
    default:
      return null;
  }
}
