import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { OLD_ADDRESS_HOURS } from '../../domain/triggers/managed-trigger.ts';
import { revokeTrigger, rotateToken } from '../../practices/trigger-changes.ts';
import { Problem } from '../../problem.ts';
import { audited, auditFirst } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { addressOf, managedTriggerOf, shown, TRIGGER, triggerSubject } from './managed-trigger.ts';
import { RotateBody } from './trigger-bodies.ts';

/** The secret addresses of triggers: whoever has one can have any caller texted. For managers. */
export const triggerAddresses = new Hono<SignedInEnv>();

const HOUR_MS = 3_600_000;

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, revoked, or not yours to see.' },
};

triggerAddresses.get(
  `${TRIGGER}/address`,
  describeRoute({
    summary: 'The whole secret address of a trigger (managers)',
    responses: { 200: { description: '`url`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { practice, trigger } = await managedTriggerOf(c);
    const subject = triggerSubject(trigger.id, trigger);
    await auditFirst(c, { log: practice.id, action: 'trigger-address-shown', subject });
    return c.json({ url: addressOf(c.env, c.req.url, trigger) });
  },
);

triggerAddresses.post(
  `${TRIGGER}/rotate`,
  describeRoute({
    summary: `Replace the address of a trigger; the old one works for ${OLD_ADDRESS_HOURS} hours more (managers)`,
    responses: {
      200: { description: '`trigger`, and its new `url`.' },
      409: { description: '`changed-meanwhile`: the address is no longer the expected one.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(RotateBody),
  async (c) => {
    const managed = await managedTriggerOf(c);
    const now = Date.now();
    const { masked } = shown(managed.trigger, c.env.ENVIRONMENT, now).address;
    const isMeant = c.req.valid('json').expected === masked;
    if (!isMeant) throw new Problem('changed-meanwhile');
    const isDone = await audited(c, (entry) => {
      const { practice, trigger } = managed;
      const subject = triggerSubject(trigger.id, trigger);
      const worksUntil = now + OLD_ADDRESS_HOURS * HOUR_MS;
      const after = { oldAddressWorksUntil: worksUntil };
      const made = entry({ log: practice.id, action: 'trigger-rotated', subject, after });
      return rotateToken(c.env.DB, trigger, worksUntil, made);
    });
    if (!isDone) throw new Problem('changed-meanwhile');
    const { trigger } = await managedTriggerOf(c);
    return c.json({
      trigger: shown(trigger, c.env.ENVIRONMENT, now),
      url: addressOf(c.env, c.req.url, trigger),
    });
  },
);

triggerAddresses.post(
  `${TRIGGER}/revoke`,
  describeRoute({
    summary: 'End a trigger and its address, at once and for good (managers)',
    responses: { 204: { description: 'It has ended.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { practice, trigger } = await managedTriggerOf(c);
    await audited(c, (entry) => {
      const subject = triggerSubject(trigger.id, trigger);
      const made = entry({ log: practice.id, action: 'trigger-revoked', subject });
      return revokeTrigger(c.env.DB, trigger.id, Date.now(), made);
    });
    return c.body(null, 204);
  },
);

for (const action of ['address', 'rotate', 'revoke']) {
  triggerAddresses.all(`${TRIGGER}/${action}`, () => {
    throw new Problem('wrong-method');
  });
}
