import type { Context } from 'hono';
import { type ApiKeyScope, KEY_PREFIX, SCOPES, shouldNoteKeyUse } from '../../domain/people/api-key.ts';
import type { SignedIn } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import { keyBySecret, noteKeyUse } from '../../practices/api-keys.ts';
import { Problem } from '../../problem.ts';

/** All that a key of a scope is good for: whatever is not here is refused, and so is what will be added elsewhere. */
export const SCOPE_CALLS: Record<ApiKeyScope, readonly string[]> = {
  activity: ['GET /api/practices/:practice/activity', 'GET /api/practices/:practice/activity/:id'],
  patients: [
    'GET /api/practices/:practice/patients',
    'POST /api/practices/:practice/patients',
    'GET /api/practices/:practice/patients/:patient',
    'PUT /api/practices/:practice/patients/:patient',
    'DELETE /api/practices/:practice/patients/:patient',
    'POST /api/practices/:practice/patient-checks',
    'POST /api/practices/:practice/patient-imports',
    'GET /api/practices/:practice/patient-imports/:import',
    'PUT /api/practices/:practice/patient-imports/:import',
    'POST /api/practices/:practice/patient-imports/:import/rows',
    'GET /api/practices/:practice/patient-export',
  ],
  configuration: ['GET /api/practices/:practice/configuration'],
};

const PATTERNS = new Map(
  SCOPES.map((scope) => [
    scope,
    SCOPE_CALLS[scope].map((call) => new RegExp(`^${call.replace(/:\w+/g, '[^/]+')}$`)),
  ]),
);

const SECRET_SHAPE = new RegExp(`^${KEY_PREFIX}[\\w-]{43}$`);

/** What was sent as a bearer, of whatever shape; undefined where nothing was. */
export function bearerOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer +(.*)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return bearer?.trim();
}

/** A program, as routes see it: a manager of the one practice of its key, and of nothing else. */
export async function signedInByKey<E extends { Bindings: Env }>(
  c: Context<E>,
  bearer: string,
  now: number,
): Promise<SignedIn> {
  // Whatever does not look like one costs no question to D1.
  const key = SECRET_SHAPE.test(bearer) ? await keyBySecret(c.env.DB, bearer) : null;
  if (key === null)
    throw new Problem('not-signed-in', {
      message: 'This API key is unknown or no longer good. Ask an admin for a new one.',
    });
  const { id, name, scopes, practice, usedAt } = key;
  if (!isCovered(c, scopes))
    throw new Problem('not-allowed', {
      message: 'This API key is not good for this. An admin sees what it is good for, and can make another.',
    });
  if (shouldNoteKeyUse(usedAt, now)) await noteKeyUse(c.env.DB, id, now);
  return {
    staff: { id, name, email: '', isAdmin: false },
    isApiKey: true,
    practices: [{ ...practice, role: 'manager' }],
    worksIn: [practice.id],
    sessionExpiresAt: now,
    idleMinutes: 0,
    passkey: 'none',
  };
}

function isCovered<E extends { Bindings: Env }>(c: Context<E>, scopes: readonly ApiKeyScope[]): boolean {
  // Patients of other practices, where people may search them: a key never leaves its own.
  if (c.req.query('everywhere') !== undefined) return false;
  const call = `${c.req.method} ${c.req.path}`;
  return scopes.some((scope) => PATTERNS.get(scope)?.some((pattern) => pattern.test(call)));
}
