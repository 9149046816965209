import { createMiddleware } from 'hono/factory';
import { publicOrigins } from '../../domain/practice/public-origins.ts';
import type { Env } from '../../env.ts';
import { Problem } from '../../problem.ts';
import { bearerOf } from '../people/bearer.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Mounted once, for all of /api. A browser adds the session cookie by itself, so whatever changes something,
 * and a socket (which no same-origin policy holds back), must come from our own pages. Programs that send
 * neither header have no cookie that a foreign page could borrow.
 */
export const sameOrigin = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  const opensSocket = c.req.header('upgrade')?.toLowerCase() === 'websocket';
  if ((!READS.has(c.req.method) || opensSocket) && !isOurs(c.req.raw, c.env)) {
    throw new Problem('foreign-origin');
  }
  await next();
});

function isOurs(request: Request, env: Env): boolean {
  // No browser adds a key by itself: without a cookie beside it there is nothing to borrow.
  if (bearerOf(request) !== undefined && !request.headers.has('cookie')) return true;
  const origin = request.headers.get('origin');
  if (origin !== null)
    return origin === new URL(request.url).origin || publicOrigins(env.PUBLIC_ORIGIN).all.includes(origin);
  const site = request.headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none';
}
