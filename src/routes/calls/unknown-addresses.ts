import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { inboxOfNobody } from '../conversations/inbox-of-practice.ts';
import { adminOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** How often addresses are asked for that no trigger has; only counts are kept of it. */
export const unknownAddresses = new Hono<SignedInEnv>();

unknownAddresses.get(
  '/api/enterprise/unknown-addresses',
  describeRoute({
    summary: 'Requests to addresses that no trigger has, by day in UTC, the last 90 days (admins)',
    responses: { 200: { description: '`days`: `day`, `count`.' }, 403: { description: '`not-allowed`' } },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json({ days: await inboxOfNobody(c.env).strangers() }),
);
