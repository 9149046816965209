import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { type ManagedTrigger, maskedToken } from '../domain/managed-trigger.ts';
import type { EnvironmentName } from '../env.ts';
import { linesOfPractice } from '../practices/lines.ts';
import { type StoredTrigger, triggersOfPractice } from '../practices/managed-triggers.ts';
import { hookPath } from './hook-address.ts';
import { managedPracticeOf, type SignedInEnv, signedIn } from './signed-in.ts';

/** The triggers of a practice, for its managers. */
export const triggers = new Hono<SignedInEnv>();

const TRIGGERS = '/api/practices/:practice/triggers';
triggers.use(TRIGGERS, signedIn);

triggers.get(
  TRIGGERS,
  describeRoute({
    summary: 'The triggers of a practice, and the lines that can have some (managers)',
    responses: {
      200: { description: '`triggers`, their addresses masked, and `lines`.' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const [stored, lines] = await Promise.all([
      triggersOfPractice(c.env.DB, id),
      linesOfPractice(c.env.DB, id),
    ]);
    return c.json({ triggers: stored.map((one) => shown(one, c.env.ENVIRONMENT, Date.now())), lines });
  },
);

/** Without what would let the reader text anybody. */
export function shown(
  { token, previousUntil, ...trigger }: StoredTrigger,
  environment: EnvironmentName,
  now: number,
): ManagedTrigger {
  return {
    ...trigger,
    address: {
      masked: hookPath(environment, trigger.useCase, maskedToken(token)),
      previousUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
    },
  };
}
