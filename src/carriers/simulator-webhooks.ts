/** What the simulated carrier sends us: JSON, signed with a secret that both sides hold. */
import * as z from 'zod';
import { FAILURE_REASONS } from '../domain/failure-reason.ts';
import { MAX_HANDSET_TEXT_LENGTH } from '../domain/handset.ts';
import { isSigned, SIGNATURE_HEADER } from './simulator-signature.ts';
import type { CarrierWebhooks } from './webhooks.ts';

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/);

const carriedText = z.object({
  messageId: z.string().min(1).max(100),
  from: e164,
  to: e164,
  body: z.string().min(1).max(MAX_HANDSET_TEXT_LENGTH),
  at: z.int().nonnegative(),
});

const deliveryReport = z.object({
  conversationId: z.string().min(1).max(100),
  messageId: z.string().min(1).max(200),
  attempt: z.int().positive(),
  status: z.enum(['sent', 'delivered', 'undelivered', 'failed']),
  reason: z.enum(FAILURE_REASONS).nullable(),
});

export type SimulatorText = z.infer<typeof carriedText>;
export type SimulatorReport = z.infer<typeof deliveryReport>;

export const simulatorWebhooks: CarrierWebhooks = {
  mediaType: 'application/json',

  async isGenuine(env, request) {
    const secret = env.SIMULATOR_SECRET;
    return secret ? isSigned(secret, request, request.headers.get(SIGNATURE_HEADER), Date.now()) : false;
  },

  readText(body) {
    return carriedText.safeParse(jsonOf(body)).data ?? null;
  },

  readReport(body) {
    return deliveryReport.safeParse(jsonOf(body)).data ?? null;
  },
};

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
