import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Env } from '../../env.ts';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Ends with the browser, unless the session itself ends first. */
export const sessionCookie = secretCookie('offhook');

/** Marks a browser in which somebody has signed in before. */
export const browserCookie = secretCookie('offhook-device');

/** Lets the browser that has begun to sign in, and no other, go on with it. */
export const attemptCookie = secretCookie('offhook-attempt');

interface In {
  Bindings: Env;
}

function secretCookie(name: string) {
  return {
    read<E extends In>(c: Context<E>): string | undefined {
      return getCookie(c, nameFor(c, name));
    },
    /** Zero seconds take it back; without an age it ends with the browser. */
    write<E extends In>(c: Context<E>, secret: string, maxAgeSeconds?: number): void {
      setCookie(c, nameFor(c, name), secret, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: !isPlainLocal(c),
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      });
    },
  };
}

/** `__Host-` keeps a neighbouring host from planting a cookie; browsers refuse it without https. */
function nameFor<E extends In>(c: Context<E>, name: string): string {
  return isPlainLocal(c) ? name : `__Host-${name}`;
}

function isPlainLocal<E extends In>(c: Context<E>): boolean {
  const url = new URL(c.req.url);
  return c.env.ENVIRONMENT === 'local' && url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname);
}
