import { exports } from 'cloudflare:workers';
import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { atHours } from '../../domain/hours/hours-rule.ts';
import { TEST_CALL } from '../../domain/triggers/test-call.ts';
import type { Env } from '../../env.ts';
import { scheduleOf } from '../../practices/hours.ts';
import { Problem } from '../../problem.ts';
import { hookPath } from '../calls/hook-address.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { instantFrom } from '../door/instant.ts';
import { jsonBody } from '../door/json-body.ts';
import { managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { managedTriggerOf, TRIGGER } from './managed-trigger.ts';
import { TrialBody } from './trigger-bodies.ts';

/** The test bench: fires a trigger just as a phone system would, and says what came of it. For managers. */
export const triggerTrials = new Hono<SignedInEnv>();

const TEST = `${TRIGGER}/test`;
const WOULD_HAPPEN = `${TRIGGER}/what-would-happen`;

triggerTrials.post(
  TEST,
  describeRoute({
    summary: 'Fire a trigger for a number, through the real pipeline (managers)',
    responses: {
      200: {
        description:
          'What was `sent` to the address, the `status` and `answer` that a phone system would get, and the `activityId` under which each decision is told; null where it is not recorded yet.',
      },
      400: { description: '`invalid-request`' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(TrialBody),
  async (c) => {
    const { practice, trigger } = await managedTriggerOf(c);
    const { number, dryRun } = c.req.valid('json');
    const callId = TEST_CALL + crypto.randomUUID();
    const sentAt = Date.now();
    const sent = { CALLER_ID_NUMBER: number, call_id: callId, ...(dryRun ? { dry_run: '1' } : {}) };
    const address = new URL(hookPath(c.env.ENVIRONMENT, trigger.useCase, trigger.token), c.req.url);
    const response = await exports.default.fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(sent),
    });
    const answer: unknown = await response.json().catch(() => null);
    const activityId = await activityOf(c.env, {
      practiceId: practice.id,
      triggerId: trigger.id,
      callId,
      sentAt,
    });
    return c.json({ sent, status: response.status, answer, activityId });
  },
);

triggerTrials.get(
  WOULD_HAPPEN,
  describeRoute({
    summary: 'What this trigger would do at an instant, as far as the hours have a say (managers)',
    parameters: [
      {
        in: 'query',
        name: 'at',
        description: 'Epoch milliseconds, or ISO 8601 with an offset; now if left out.',
      },
    ],
    responses: {
      200: { description: '`does`: `text` with the `text`, `hold` with `until`, or `nothing`; and `isOn`.' },
      400: { description: '`invalid-request`' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { practice, trigger } = await managedTriggerOf(c);
    const at = instantFrom(c.req.query('at'));
    const hours = await scheduleOf(c.env.DB, practice.id, trigger.line.id);
    return c.json({ at, isOn: trigger.isOn, ...atHours(trigger, hours?.schedule ?? null, at) });
  },
);

for (const path of [TEST, WOULD_HAPPEN]) {
  triggerTrials.all(path, () => {
    throw new Problem('wrong-method');
  });
}

interface Trial {
  practiceId: string;
  triggerId: string;
  callId: string;
  sentAt: number;
}

const TRIES = 10;
const BETWEEN_TRIES_MS = 100;

/** A conversation tells the inbox a moment after it has answered. */
async function activityOf(
  env: Env,
  { practiceId, triggerId, callId, sentAt }: Trial,
): Promise<string | null> {
  const inbox = inboxOf(env, practiceId);
  const asked = { filter: null, triggerId, typed: '', sight: 'whole', after: null } as const;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { activity } = await inbox.activityPage(asked);
    for (const { id } of activity.filter(({ at }) => at >= sentAt)) {
      const found = await inbox.activityWithId(id);
      if (found?.activity.request.body.includes(callId)) return id;
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
  return null;
}
