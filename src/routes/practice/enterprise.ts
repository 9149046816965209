import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { IDLE_MINUTES, MAX_HOURS } from '../../domain/people/session-rules.ts';
import { changeEnterprise, enterprise as readEnterprise } from '../../practices/enterprise.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { adminOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';

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
  async (c) => {
    const change = c.req.valid('json');
    const before = await readEnterprise(c.env.DB);
    const changed = await audited(c, (entry) => {
      const subject = { is: 'enterprise', id: ENTERPRISE_LOG, label: before.name } as const;
      const about = { log: ENTERPRISE_LOG, action: 'enterprise-changed', subject } as const;
      return changeEnterprise(c.env.DB, change, entry({ ...about, before, after: { ...before, ...change } }));
    });
    return c.json({ enterprise: changed });
  },
);

enterprise.all('/api/enterprise', () => {
  throw new Problem('wrong-method');
});
