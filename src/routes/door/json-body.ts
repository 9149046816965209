import type { Env, MiddlewareHandler } from 'hono';
import { uniqueSymbol, validator } from 'hono-openapi';
import type * as z from 'zod';
import { Problem } from '../../problem.ts';
import { limitedBody } from './limited-body.ts';
import './plain-faults.ts';

const MAX_BODY_BYTES = 16 * 1024;

/**
 * The one door for JSON: `app.post(path, jsonBody(Schema), (c) => c.req.valid('json'))`. The same schema
 * goes into the OpenAPI document. The order matters: nothing is read before its kind and size are known.
 */
export function jsonBody<S extends z.ZodType, E extends Env>(
  schema: S,
  maxBytes = MAX_BODY_BYTES,
): MiddlewareHandler<E, string, { in: { json: z.input<S> }; out: { json: z.output<S> } }> {
  const limit = limitedBody(maxBytes);
  const check = validator('json', schema, (result) => {
    if (!result.success) throw new Problem('invalid-request', { message: inWords(result.error[0]) });
  });
  // Carries a mark by which hono-openapi finds the schema; its types keep that to itself.
  const marked = check as typeof check & Record<typeof uniqueSymbol, unknown>;
  const middleware: MiddlewareHandler = async (c, next) => {
    if (mediaType(c.req.header('content-type')) !== 'application/json') {
      throw new Problem('wrong-media-type', { message: 'Send JSON, with content-type application/json.' });
    }
    return limit(c, async () => {
      // Parsed here, and kept by hono, because its validator has its own answer to what is not JSON.
      await c.req.json().catch(() => {
        throw new Problem('malformed-request', {
          message: 'The body is not JSON. Check it and send it again.',
        });
      });
      await check(c, next);
    });
  };
  return Object.assign(middleware, { [uniqueSymbol]: marked[uniqueSymbol] });
}

function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase();
}

type Issue =
  | { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined }
  | undefined;

/** Names the field. Zod's messages tell what was expected and of what type it was, never what was sent. */
function inWords(issue: Issue): string {
  if (issue === undefined) return 'Something in the request is missing or wrong.';
  const field = (issue.path ?? [])
    .map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.');
  return field === '' ? issue.message : `Check “${field}”: ${issue.message}`;
}
