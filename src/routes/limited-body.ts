import { createMiddleware } from 'hono/factory';
import { Problem } from '../problem.ts';

/** The whole body, and no more of it than allowed, whatever Content-Length says. */
export async function bodyUpTo(maxBytes: number, request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('Content-Length')) > maxBytes) throw new Problem('too-large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBytes) throw new Problem('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed-request', { message: 'The body broke off. Send the request again.' });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** What comes after it reads a body that is there, whole and small enough. */
export function limitedBody(maxBytes: number) {
  return createMiddleware(async (c, next) => {
    if (c.req.raw.body !== null) {
      c.req.raw = new Request(c.req.raw, { body: await bodyUpTo(maxBytes, c.req.raw) });
    }
    await next();
  });
}
