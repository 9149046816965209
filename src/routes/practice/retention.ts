import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { type AuditSubject, ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import {
  DEFAULT_KEEPING,
  type DeletionRun,
  type EnterpriseRetentionAnswer,
  KEEPING_LIMITS,
  keepingFrom,
  type RetentionAnswer,
} from '../../domain/practice/retention.ts';
import { deletionRun, holdsOf, keepingSet, type StoredRun, setKeeping } from '../../practices/retention.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import {
  adminOnly,
  managedPracticeOf,
  managersOnly,
  type SignedInEnv,
  signedIn,
} from '../people/signed-in.ts';

/** How long things are kept: of a practice for its managers, of the enterprise for admins. */
export const retention = new Hono<SignedInEnv>();

const PRACTICE = '/api/practices/:practice/retention';
const ENTERPRISE = '/api/enterprise/retention';

const days = (field: keyof typeof KEEPING_LIMITS, orForEver = false) => {
  const { min, max } = KEEPING_LIMITS[field];
  const allowed = `from ${min} to ${max} days${orForEver ? ', or 0 for ever' : ''}`;
  const isAllowed = (value: number) => (orForEver && value === 0) || (value >= min && value <= max);
  return z.int(allowed).refine(isAllowed, allowed).nullable();
};

const Body = z.strictObject({
  set: z.strictObject({
    conversationDays: days('conversationDays', true),
    activityDays: days('activityDays'),
    auditDays: days('auditDays'),
  }),
  /** That of the answer which somebody has before them. */
  version: z.int().min(0),
});

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};
const setOrRefused = {
  200: { description: 'As the answer to GET, now.' },
  400: { description: '`invalid-request`; the message names the field.' },
  409: { description: '`changed-meanwhile`, with `retention` as it is now.' },
  ...refusals,
};

retention.get(
  PRACTICE,
  describeRoute({
    summary: 'How long a practice keeps things, what is on hold, and the last deletion (managers)',
    responses: { 200: { description: '`set`, `version`, `above`, `holds`, `lastRun`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    return c.json(await practiceAnswer(c.env.DB, id));
  },
);

retention.put(
  PRACTICE,
  describeRoute({
    summary: 'Set how long a practice keeps things; null as the enterprise (managers)',
    responses: setOrRefused,
  }),
  signedIn,
  managersOnly,
  jsonBody(Body),
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const subject = { is: 'practice', id, label: name } as const;
    return answerSet(c, id, subject, c.req.valid('json'), () => practiceAnswer(c.env.DB, id));
  },
);

retention.get(
  ENTERPRISE,
  describeRoute({
    summary: 'How long things are kept where a practice sets nothing (admins)',
    responses: { 200: { description: '`set`, `version`, `above`' }, ...refusals },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json(await enterpriseAnswer(c.env.DB)),
);

retention.put(
  ENTERPRISE,
  describeRoute({
    summary: 'Set how long things are kept where a practice sets nothing (admins)',
    responses: setOrRefused,
  }),
  signedIn,
  adminOnly,
  jsonBody(Body),
  async (c) => {
    const subject = { is: 'enterprise', id: ENTERPRISE_LOG, label: 'The enterprise' } as const;
    return answerSet(c, ENTERPRISE_LOG, subject, c.req.valid('json'), () => enterpriseAnswer(c.env.DB));
  },
);

for (const path of [PRACTICE, ENTERPRISE]) {
  retention.all(path, () => {
    throw new Problem('wrong-method');
  });
}

async function answerSet(
  c: Context<SignedInEnv>,
  owner: string,
  subject: AuditSubject,
  wanted: z.output<typeof Body>,
  answer: () => Promise<object>,
): Promise<Response> {
  const { set: before } = await keepingSet(c.env.DB, owner);
  const isSet = await audited(c, (entry) => {
    const about = { log: owner, action: 'retention-changed', subject } as const;
    return setKeeping(c.env.DB, owner, wanted, entry({ ...about, before, after: wanted.set }));
  });
  if (isSet) return c.json(await answer());
  const { code, message } = new Problem('changed-meanwhile');
  const error = { code, message, requestId: c.var.requestId };
  return c.json({ error, retention: await answer() }, 409);
}

async function practiceAnswer(db: D1Database, id: string): Promise<RetentionAnswer> {
  const [own, above, holds, run] = await Promise.all([
    keepingSet(db, id),
    keepingSet(db, ENTERPRISE_LOG),
    holdsOf(db, id),
    deletionRun(db, id),
  ]);
  return { ...own, above: keepingFrom(above.set), holds, lastRun: run && shownRun(run) };
}

async function enterpriseAnswer(db: D1Database): Promise<EnterpriseRetentionAnswer> {
  return { ...(await keepingSet(db, ENTERPRISE_LOG)), above: DEFAULT_KEEPING };
}

function shownRun({ beganAt, endedAt, deleted, held, failed }: StoredRun): DeletionRun {
  return { beganAt, endedAt, deleted, held, failed };
}
