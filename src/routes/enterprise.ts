import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { IDLE_MINUTES, MAX_HOURS } from '../domain/session-rules.ts';
import { changeEnterprise, enterprise as readEnterprise } from '../practices/enterprise.ts';
import { Problem } from '../problem.ts';
import { jsonBody } from './json-body.ts';
import { adminOnly, type SignedInEnv, signedIn } from './signed-in.ts';

/** What holds for all practices; an admin's. */
export const enterprise = new Hono<SignedInEnv>();

const Change = z
  .object({
    name: z.string().trim().min(1).max(100),
    sessionIdleMinutes: z.int().min(IDLE_MINUTES.min).max(IDLE_MINUTES.max),
    sessionMaxHours: z.int().min(MAX_HOURS.min).max(MAX_HOURS.max),
  })
  .partial();

enterprise.get(
  '/api/enterprise',
  describeRoute({
    summary: 'Settings of the enterprise',
    responses: { 200: { description: 'The settings.' }, 403: { description: '`not-allowed`' } },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json({ enterprise: await readEnterprise(c.env.DB) }),
);

enterprise.patch(
  '/api/enterprise',
  describeRoute({
    summary: 'Change settings of the enterprise; what is left out stays',
    responses: {
      200: { description: 'The settings as they are now.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(Change),
  async (c) => c.json({ enterprise: await changeEnterprise(c.env.DB, c.req.valid('json')) }),
);

enterprise.all('/api/enterprise', () => {
  throw new Problem('wrong-method');
});
