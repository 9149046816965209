import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { FoundActivity } from '../../../durable/activity-store.ts';
import type { Activity } from '../../domain/activity/activity.ts';
import { deliverySteps } from '../../domain/activity/activity-delivery.ts';
import {
  ACTIVITY_FILTERS,
  type ActivityDetail,
  type ActivityFilter,
  readActivityId,
  sightOf,
  sightOfRole,
} from '../../domain/activity/activity-entry.ts';
import { maskedActivity, maskedDecisions } from '../../domain/activity/activity-masking.ts';
import type { Message } from '../../domain/conversation/message.ts';
import { daysUntil } from '../../domain/hours/days.ts';
import { PHONE_SYSTEMS } from '../../phone-systems/phone-systems.ts';
import { Problem } from '../../problem.ts';
import { accessOf, conversationWithId } from '../conversations/conversation-address.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { replay } from './replay.ts';

/** What fired in a practice, and why it did or did not lead to a text. Staff see numbers that a conversation shows. */
export const activity = new Hono<SignedInEnv>();

const LIST = '/api/practices/:practice/activity';
const ONE = '/api/practices/:practice/activity/:id';
activity.use(LIST, signedIn);
activity.use(`${LIST}/*`, signedIn);

/** By id. */
const NAMES = Object.fromEntries(PHONE_SYSTEMS.map(({ id, name }) => [id, name]));

const MAX_QUERY_LENGTH = 100;
const NOT_FOUND = { description: 'Not there, or not yours to see.' };

activity.get(
  LIST,
  describeRoute({
    summary:
      'What fired, the newest first; `outcome`, `trigger` and `q` (any part of a number, in any form) narrow it',
    responses: {
      200: {
        description:
          '`activity`, 50 at most, and `nextCursor`; on the first page also `beyondText`: callers whom no text can reach, and the names of `phoneSystems`.',
      },
      400: { description: 'An unknown outcome or cursor.' },
      404: NOT_FOUND,
    },
  }),
  async (c) => {
    const { id, role, timeZone } = practiceOf(c.var.session, c.req.param('practice'));
    const { outcome = '', q: typed = '', cursor = '', trigger = '' } = c.req.query();
    if (typed.length > MAX_QUERY_LENGTH)
      throw new Problem('invalid-request', { message: 'Search for something shorter.' });
    const query = {
      filter: outcome === '' ? null : filterNamed(outcome),
      triggerId: trigger === '' ? null : trigger.slice(0, MAX_QUERY_LENGTH),
      typed,
      sight: sightOfRole(role),
      after: cursor === '' ? null : cursorNamed(cursor),
    };
    const inbox = inboxOf(c.env, id);
    if (query.after !== null) return c.json(await inbox.activityPage(query));
    const [page, beyondText] = await Promise.all([
      inbox.activityPage(query),
      inbox.callersBeyondText(daysUntil(Date.now(), timeZone)),
    ]);
    return c.json({ ...page, beyondText, phoneSystems: NAMES });
  },
);

activity.get(
  ONE,
  describeRoute({
    summary: 'One firing: the request as it came, each decision, the text and how it went on its way',
    responses: {
      200: { description: '`activity`, `failure`, `isMasked`, `text`, `steps`.' },
      404: NOT_FOUND,
    },
  }),
  async (c) => {
    const { found, isMasked } = await openedActivity(c);
    const message = await messageOf(c, found.activity);
    const detail: ActivityDetail = {
      activity: isMasked ? maskedActivity(found.activity) : found.activity,
      failure: found.failure,
      isMasked,
      text: message?.body ?? null,
      steps: deliverySteps(found.activity, message),
    };
    return c.json(detail);
  },
);

activity.post(
  `${ONE}/replay`,
  describeRoute({
    summary: 'The same request once more as a dry run: what would be decided now, and why. Nothing is sent',
    responses: {
      200: { description: '`outcome`, and `decisions` in their order.' },
      404: NOT_FOUND,
      409: { description: '`cannot-replay`; the message says why.' },
    },
  }),
  async (c) => {
    const { found, isMasked, practiceId } = await openedActivity(c);
    const { outcome, decisions } = await replay(c.env, practiceId, found.activity, Date.now());
    return c.json({ outcome, decisions: isMasked ? maskedDecisions(decisions) : decisions });
  },
);

async function openedActivity(
  c: Context<SignedInEnv>,
): Promise<{ found: FoundActivity; isMasked: boolean; practiceId: string }> {
  const { id: practiceId, role } = practiceOf(c.var.session, c.req.param('practice') ?? '');
  const id = readActivityId(c.req.param('id') ?? '');
  const found = id === null ? null : await inboxOf(c.env, practiceId).activityWithId(id);
  if (found === null) throw new Problem('not-found');
  return { found, practiceId, isMasked: sightOf(found.activity, sightOfRole(role)) === 'masked' };
}

async function messageOf(c: Context<SignedInEnv>, found: Activity): Promise<Message | null> {
  const { conversationId, messageId } = found;
  const conversation = conversationId === null ? null : conversationWithId(c.env, conversationId);
  if (conversation === null || messageId === null) return null;
  return conversation.messageFor(accessOf(c.var.session), messageId);
}

function filterNamed(name: string): ActivityFilter {
  const filter = ACTIVITY_FILTERS.find((known) => known === name);
  if (filter === undefined) {
    throw new Problem('invalid-request', {
      message: `There is no such outcome. Use one of ${ACTIVITY_FILTERS.join(', ')}.`,
    });
  }
  return filter;
}

function cursorNamed(cursor: string): string {
  const id = readActivityId(cursor);
  if (id === null) throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
  return id;
}
