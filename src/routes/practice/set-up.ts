import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { StaffRef } from '../../domain/conversation/message.ts';
import type { PracticeInReach } from '../../domain/people/signed-in.ts';
import { type SetUpAnswer, type SetUpTrigger, setUpSteps } from '../../domain/practice/set-up.ts';
import { MAX_FIRST_TEXT_LENGTH } from '../../domain/triggers/use-case.ts';
import type { Env } from '../../env.ts';
import { practiceHours } from '../../practices/hours.ts';
import { linesOf } from '../../practices/lines.ts';
import { profileOf } from '../../practices/practice-changes.ts';
import { setUpTriggers, teammatesOf } from '../../practices/set-up.ts';
import { Problem } from '../../problem.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { managedTriggerOf, TRIGGER } from '../triggers/managed-trigger.ts';
import { noteTextReview } from '../triggers/note-text-review.ts';
import { passedTestAt } from '../triggers/passed-test.ts';

/** How far a practice is set up, by facts; and the word of whoever looked at a text. */
export const setUp = new Hono<SignedInEnv>();

const SET_UP = '/api/practices/:practice/setup';
const REVIEW = `${TRIGGER}/text-review`;

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

const Review = z.strictObject({
  text: z.string().min(1).max(MAX_FIRST_TEXT_LENGTH).describe('The one that was looked at, word for word.'),
});

setUp.get(
  SET_UP,
  describeRoute({
    summary: 'How far the practice is set up: each step with the facts that tick it (managers)',
    responses: {
      200: { description: '`steps` in their order, and the `triggers` with their texts.' },
      ...refusals,
    },
  }),
  signedIn,
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { DB: db, ENVIRONMENT: environment } = c.env;
    const [profile, lines, hours, triggers, teammates, firstCallAt] = await Promise.all([
      profileOf(db, practice.id),
      linesOf(db, practice.id),
      practiceHours(db, practice.id),
      setUpTriggers(db, practice.id),
      teammatesOf(db, practice.id),
      inboxOf(c.env, practice.id).firstCallAt(),
    ]);
    if (profile === null) throw new Problem('not-found');
    const arrivedAt =
      environment === 'production' ? null : await arrived(c.env, practice, triggers, c.var.session.staff);
    const steps = setUpSteps({
      environment,
      practice: profile,
      lines: lines.filter(({ retiredAt }) => retiredAt === null),
      hours: hours && { holidays: hours.holidays.length },
      triggers,
      firstCallAt,
      teammates,
      arrivedAt,
    });
    return c.json({ steps, triggers } satisfies SetUpAnswer);
  },
);

setUp.put(
  REVIEW,
  describeRoute({
    summary: 'Say that the text of a trigger is right as it is; saving another one says so too (managers)',
    responses: {
      204: { description: 'Noted, with who and when.' },
      400: { description: '`invalid-request`' },
      409: { description: '`changed-meanwhile`: its text is another one by now.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Review),
  async (c) => {
    const managed = await managedTriggerOf(c);
    if (!(await noteTextReview(c, managed, c.req.valid('json').text))) throw new Problem('changed-meanwhile');
    return c.body(null, 204);
  },
);

for (const path of [SET_UP, REVIEW]) {
  setUp.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** The first trigger that has a text which arrived says enough. */
async function arrived(
  env: Env,
  practice: PracticeInReach,
  triggers: SetUpTrigger[],
  staff: StaffRef,
): Promise<number | null> {
  for (const trigger of triggers) {
    const at = await passedTestAt(env, { practice, trigger, staff });
    if (at !== null) return at;
  }
  return null;
}
