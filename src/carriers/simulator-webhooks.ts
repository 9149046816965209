/** What the simulated carrier sends us: JSON, signed with a secret that both sides hold. */
import * as z from 'zod';
import { FAILURE_REASONS } from '../domain/conversation/failure-reason.ts';
import { MAX_HANDSET_TEXT_LENGTH } from '../domain/conversation/handset.ts';
import { contentTypeOf, MAX_MEDIA } from '../domain/conversation/media.ts';
import { isSigned, SIGNATURE_HEADER } from './simulator-signature.ts';
import type { CarrierWebhooks, Reading } from './webhooks.ts';

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/);

const carriedText = z
  .object({
    messageId: z.string().min(1).max(100),
    from: e164,
    to: e164,
    body: z.string().max(MAX_HANDSET_TEXT_LENGTH),
    media: z
      .array(z.object({ contentType: z.string().transform(contentTypeOf), reference: z.string().max(200) }))
      .max(MAX_MEDIA)
      .default([]),
    at: z.int().nonnegative(),
  })
  .refine(({ body, media }) => body !== '' || media.length > 0);

const deliveryReport = z.object({
  conversationId: z.string().min(1).max(100),
  messageId: z.string().min(1).max(200),
  attempt: z.int().positive(),
  status: z.enum(['sent', 'delivered', 'undelivered', 'failed']),
  reason: z.enum(FAILURE_REASONS).nullable(),
});

const calling = z.object({ from: e164, to: e164 });

export type SimulatorText = z.infer<typeof carriedText>;
export type SimulatorReport = z.infer<typeof deliveryReport>;

export const simulatorWebhooks: CarrierWebhooks = {
  method: 'POST',
  mediaType: 'application/json',

  async isGenuine(env, request) {
    const secret = env.SIMULATOR_SECRET;
    if (!secret) return false;
    const signed = { path: request.url.pathname, body: request.body };
    return isSigned(secret, signed, request.headers.get(SIGNATURE_HEADER), Date.now());
  },

  claimedLine({ headers, body }) {
    const text = headers.has(SIGNATURE_HEADER) ? readAs(carriedText, body) : null;
    return text?.kind === 'read' ? text.value.to : null;
  },

  readText: ({ body }) => readAs(carriedText, body),
  readReport: ({ body }) => readAs(deliveryReport, body),
  acknowledgement: () => new Response(null, { status: 204 }),

  calls: {
    mediaType: 'application/json',
    readCall({ body }) {
      const { data: call } = calling.safeParse(jsonOf(body));
      return call === undefined ? null : { ...call, forwardedFrom: null };
    },
    answerCall: (answer) => Response.json(answer),
  },
};

function readAs<T>(schema: z.ZodType<T>, body: string): Reading<T> {
  const { data: value } = schema.safeParse(jsonOf(body));
  return value === undefined ? { kind: 'unreadable' } : { kind: 'read', value };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
