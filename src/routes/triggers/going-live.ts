import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import type { WentLive } from '../../domain/triggers/managed-trigger.ts';
import { PROOF_DAYS, readProof, signProof } from '../../domain/triggers/test-proof.ts';
import type { Env } from '../../env.ts';
import { recordLive } from '../../practices/trigger-changes.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { type Managed, managedTriggerOf, shownNow, TRIGGER, triggerSubject } from './managed-trigger.ts';
import { passedTestAt } from './passed-test.ts';
import { GoLiveBody } from './trigger-bodies.ts';

/** A use case goes live in production after it was tested in demo, or on an admin's word (B47). */
export const goingLive = new Hono<SignedInEnv>();

const DAY_MS = 86_400_000;

goingLive.post(
  `${TRIGGER}/test-proof`,
  describeRoute({
    summary:
      'A signed proof that this use case was tested here, for production (managers; not in production)',
    responses: {
      200: { description: '`proof`, to be pasted in production, and when it was tested and ends.' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, not yours to see, or this is production.' },
      409: { description: '`not-tested`' },
    },
  }),
  signedIn,
  async (c) => {
    if (c.env.ENVIRONMENT === 'production') throw new Problem('not-found');
    const { practice, trigger } = await managedTriggerOf(c);
    const secret = c.env.TEST_PROOF_SECRET;
    if (secret === undefined) throw new Problem('not-found', { message: NO_SECRET });
    const testedAt = await passedTestAt(c.env, { practice, trigger, staff: c.var.session.staff });
    if (testedAt === null) throw new Problem('not-tested');
    const { useCase, language } = trigger;
    const expiresAt = Date.now() + PROOF_DAYS * DAY_MS;
    const proof = await signProof(secret, {
      practiceId: practice.id,
      useCase,
      language,
      testedAt,
      expiresAt,
    });
    return c.json({ proof, testedAt, expiresAt });
  },
);

goingLive.post(
  `${TRIGGER}/go-live`,
  describeRoute({
    summary: 'Take a trigger live, with a proof from demo (managers) or without one (admins; production)',
    responses: {
      200: { description: '`trigger`, which is on now, and says who answers for it.' },
      403: { description: '`not-allowed`: only admins go without a proof.' },
      404: { description: 'Not there, not yours to see, or this is not production.' },
      422: { description: '`bad-proof`; the message says why.' },
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(GoLiveBody),
  async (c) => {
    if (c.env.ENVIRONMENT !== 'production') throw new Problem('not-found');
    const managed = await managedTriggerOf(c);
    const { id, name } = c.var.session.staff;
    const said = c.req.valid('json');
    const now = Date.now();
    const word = { at: now, by: { id, name } };
    if ('override' in said && managed.practice.role !== 'admin') {
      throw new Problem('not-allowed', {
        message: 'Only an admin takes a trigger live without a test. Test it in demo and paste the proof.',
      });
    }
    const live: WentLive =
      'override' in said
        ? { how: 'override', ...word, reason: said.reason }
        : { how: 'proof', ...word, testedAt: await testedAtBy(said.proof, managed, c.env, now) };
    await audited(c, (entry) => {
      const { practice, trigger } = managed;
      const subject = triggerSubject(trigger.id, trigger);
      const entryOfLive =
        live.how === 'override'
          ? ({
              log: [practice.id, ENTERPRISE_LOG],
              action: 'trigger-live-by-override',
              after: { reason: live.reason },
            } as const)
          : ({
              log: practice.id,
              action: 'trigger-live-by-proof',
              after: { testedAt: live.testedAt },
            } as const);
      return recordLive(c.env.DB, trigger.id, live, entry({ ...entryOfLive, subject }));
    });
    return c.json({ trigger: await shownNow(c, managed) });
  },
);

const NO_SECRET =
  'Proofs are not set up. Set the secret TEST_PROOF_SECRET to the same value in demo and in production, or let an admin go live without one.';

async function testedAtBy(pasted: string, managed: Managed, env: Env, now: number): Promise<number> {
  const { practice, trigger } = managed;
  if (env.TEST_PROOF_SECRET === undefined) throw new Problem('bad-proof', { message: NO_SECRET });
  const read = await readProof(env.TEST_PROOF_SECRET, pasted, now);
  switch (read.is) {
    case 'unreadable':
      throw bad('This is no whole proof. Copy all of it in demo and paste it here again.');
    case 'forged':
      throw bad(
        'The signature does not match: the proof was changed, or demo has another TEST_PROOF_SECRET.',
      );
    case 'expired':
      throw bad(`The proof is older than ${PROOF_DAYS} days. Make a new one in demo.`);
    case 'valid': {
      const { proof } = read;
      if (proof.practiceId !== practice.id) throw bad('The proof is of another practice.');
      if (proof.useCase !== trigger.useCase) throw bad('The proof is of the other use case.');
      if (proof.language !== trigger.language) throw bad('The proof is of another language.');
      return proof.testedAt;
    }
  }
}

function bad(message: string): Problem {
  return new Problem('bad-proof', { message });
}

for (const action of ['test-proof', 'go-live']) {
  goingLive.all(`${TRIGGER}/${action}`, () => {
    throw new Problem('wrong-method');
  });
}
