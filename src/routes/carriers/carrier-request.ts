import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type CarrierWebhooks, type WebhookRequest, webhooksOf } from '../../carriers/webhooks.ts';
import type { Env } from '../../env.ts';
import { Problem } from '../../problem.ts';
import { bodyUpTo } from '../door/limited-body.ts';
import { noteWrongSignature } from './wrong-signature.ts';

/** What all requests of carriers have to pass before anything in them is believed. */

const MAX_BODY_BYTES = 64 * 1024;

type HookContext = Context<{ Bindings: Env }>;

/** By the method that this carrier uses: anything else is not from it. `how` may refuse. */
export function askedBy(how: (webhooks: CarrierWebhooks) => 'GET' | 'POST') {
  return createMiddleware<{ Bindings: Env }>(async (c, next) => {
    const method = how(webhooksHere(c));
    if (c.req.method !== method) throw new Problem('wrong-method', { allow: method });
    await next();
  });
}

export function webhooksHere(c: HookContext): CarrierWebhooks {
  const webhooks = webhooksOf(c.env, c.req.param('carrier') ?? '');
  if (webhooks === null) throw new Problem('not-found');
  return webhooks;
}

/**
 * Signatures are over the body as it came, so it is read as text and parsed only afterwards. Who cannot sign
 * learns nothing else. `mediaType` is null where the carrier sends no body.
 */
export async function genuine(
  c: HookContext,
  webhooks: CarrierWebhooks,
  mediaType: string | null,
): Promise<WebhookRequest> {
  const request = { url: new URL(c.req.url), headers: c.req.raw.headers, body: await bodyOf(c) };
  if (!(await webhooks.isGenuine(c.env, request))) {
    await noteWrongSignature(c.env, c.req.param('carrier') ?? '', webhooks.claimedLine(request));
    throw new Problem('bad-signature');
  }
  if (mediaType !== null && mediaTypeOf(c.req.header('Content-Type')) !== mediaType) {
    throw new Problem('wrong-media-type', { message: `Send ${mediaType}.` });
  }
  return request;
}

/** Not `text()`: the runtime warns whenever a form is read as text. */
async function bodyOf(c: HookContext): Promise<string> {
  return new TextDecoder().decode(await bodyUpTo(MAX_BODY_BYTES, c.req.raw));
}

function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
