import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { Conversation } from '../../../durable/conversation.ts';
import { entryOf } from '../../domain/activity/activity-entry.ts';
import { type ConversationContext, mergedCalls } from '../../domain/conversation/conversation-context.ts';
import type { Env } from '../../env.ts';
import { matchOf, patientsWithNumber } from '../../practices/caller-matches.ts';
import { linkOf, linkPatient, unlinkPatient } from '../../practices/patient-links.ts';
import { patientWithId } from '../../practices/patients.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { auditedReading, conversationSubject } from '../audit/audited-reading.ts';
import { auditLogOf } from '../audit/deliver-audit.ts';
import { jsonBody } from '../door/json-body.ts';
import { tellMatches } from '../patients/tell-matches.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { accessOf, conversationWithId } from './conversation-address.ts';
import { inboxOf } from './inbox-of-practice.ts';

/** Whom one is writing with: what the practice knows of a caller, and which patient staff say that it is. */
export const conversationContext = new Hono<SignedInEnv>();

const CONTEXT = '/api/conversations/:id/context';
const PATIENT = '/api/conversations/:id/patient';

const notFound = { 404: { description: 'Not there, or not yours to see.' } };
const MOST_OPENED = 10;

conversationContext.get(
  CONTEXT,
  describeRoute({
    summary: 'What is known of the caller of a conversation; in the audit log as one reading with opening it',
    responses: {
      200: {
        description:
          '`conversation`, `patients`, `link`, `events`, `calls`, `elsewhere`, `callBacks`; `openedBy` for managers.',
      },
      ...notFound,
    },
  }),
  signedIn,
  async (c) => {
    const conversation = addressed(c);
    return c.json(
      await auditedReading(c, conversation, { action: 'conversation-opened' }, async () => {
        const shown = await contextOf(c, conversation);
        return shown && { shown, practiceId: shown.conversation.practiceId };
      }),
    );
  },
);

const Said = z.strictObject({ patient: z.string().min(1).max(64) });

conversationContext.put(
  PATIENT,
  describeRoute({
    summary:
      'Say which patient of the practice’s directory the caller is; it stays, whatever their number says',
    responses: {
      200: { description: '`conversation`' },
      400: { description: '`invalid-request`: no active patient of this practice' },
      ...notFound,
    },
  }),
  signedIn,
  jsonBody(Said),
  async (c) => {
    const conversation = addressed(c);
    const { practiceId, caller } = await seen(c, conversation);
    const patient = await patientWithId(c.env.DB, practiceId, c.req.valid('json').patient);
    if (patient === null || patient.status !== 'active' || patient.replacedBy !== null)
      throw new Problem('invalid-request', {
        message: 'Choose an active patient of this practice. Search for them again.',
      });
    await audited(c, (entry) =>
      linkPatient(
        c.env.DB,
        {
          conversationId: conversation.id.toString(),
          practiceId,
          patientId: patient.id,
          number: caller.number,
          by: c.var.session.staff.id,
          now: Date.now(),
        },
        entry({
          log: practiceId,
          action: 'patient-linked',
          subject: conversationSubject(conversation),
          after: { patient: patient.name, patientId: patient.id },
        }),
      ),
    );
    return linked(c, conversation, practiceId, { id: patient.id, name: patient.name });
  },
);

conversationContext.delete(
  PATIENT,
  describeRoute({
    summary:
      'The caller is not, or not surely, the patient that staff said; again it is what the number says',
    responses: { 200: { description: '`conversation`' }, ...notFound },
  }),
  signedIn,
  async (c) => {
    const conversation = addressed(c);
    const { practiceId, caller } = await seen(c, conversation);
    await audited(c, (entry) =>
      unlinkPatient(
        c.env.DB,
        { conversationId: conversation.id.toString(), number: caller.number },
        entry({
          log: practiceId,
          action: 'patient-unlinked',
          subject: conversationSubject(conversation),
          before: { patient: caller.linked?.name ?? null, patientId: caller.linked?.id ?? null },
        }),
      ),
    );
    return linked(c, conversation, practiceId, null);
  },
);

for (const path of [CONTEXT, PATIENT]) {
  conversationContext.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function addressed(c: Context<SignedInEnv>): DurableObjectStub<Conversation> {
  const conversation = conversationWithId(c.env, c.req.param('id') ?? '');
  if (conversation === null) throw new Problem('not-found');
  return conversation;
}

async function seen(c: Context<SignedInEnv>, conversation: DurableObjectStub<Conversation>) {
  const summary = await conversation.summaryFor(accessOf(c.var.session));
  if (summary === null) throw new Problem('not-found');
  return summary;
}

/** What is written in D1 is the truth; where the conversation is not reached now, the schedule tells it. */
async function linked(
  c: Context<SignedInEnv>,
  conversation: DurableObjectStub<Conversation>,
  practiceId: string,
  patient: { id: string; name: string } | null,
): Promise<Response> {
  const access = accessOf(c.var.session);
  const { caller } = await seen(c, conversation);
  const result = await conversation.link(access, patient, await matchOf(c.env.DB, practiceId, caller.number));
  c.executionCtx.waitUntil(tellMatches(c.env));
  if (result.outcome === 'not-found') throw new Problem('not-found');
  return c.json({ conversation: result.conversation });
}

async function contextOf(
  c: Context<SignedInEnv>,
  conversation: DurableObjectStub<Conversation>,
): Promise<ConversationContext | null> {
  const happenings = await conversation.happenings(accessOf(c.var.session));
  if (happenings === null) return null;
  const { conversation: summary, events, calls: kept } = happenings;
  const { id, practiceId, caller } = summary;
  const [inbox, patients, link, openedBy] = await Promise.all([
    inboxOf(c.env, practiceId).contextOf(id, caller.number),
    patientsWithNumber(c.env.DB, practiceId, caller.number),
    caller.linked ? linkOf(c.env.DB, id) : null,
    practiceOf(c.var.session, practiceId).role === 'staff' ? null : openers(c.env, practiceId, id),
  ]);
  const calls = mergedCalls(
    inbox.calls,
    kept.map((activity) => entryOf(activity, null, 'whole')),
  );
  return { ...inbox, conversation: summary, events, calls, patients, link, openedBy };
}

async function openers(
  env: Env,
  practiceId: string,
  conversationId: string,
): Promise<NonNullable<ConversationContext['openedBy']>> {
  const { entries } = await auditLogOf(env, practiceId).page({
    words: null,
    actionsMeant: [],
    actions: ['conversation-opened', 'opened-from-outside'],
    subjectId: conversationId,
    from: null,
    to: null,
    before: null,
    limit: MOST_OPENED,
  });
  return entries.flatMap(({ who, at }) => (who.is === 'staff' ? [{ name: who.name, at }] : []));
}
