import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { openPeriods } from '../../domain/hours/opening-hours.ts';
import type { WaitingClock } from '../../domain/waiting/waiting-clock.ts';
import { waitingInWords } from '../../domain/waiting/waiting-differences.ts';
import type { WaitingRules } from '../../domain/waiting/waiting-rules.ts';
import { setWaiting, waitingOf, waitingRulesOf } from '../../practices/waiting.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import {
  managedPracticeOf,
  managersOnly,
  practiceOf,
  type SignedInEnv,
  signedIn,
} from '../people/signed-in.ts';
import { tellWaiting } from './tell-waiting.ts';
import { MAX_WAITING_BYTES, WaitingBody } from './waiting-body.ts';

/** How long callers may wait and which words do not wait at all; and what a page needs to count by itself. */
export const waiting = new Hono<SignedInEnv>();

const WAITING = '/api/practices/:practice/waiting';
const CLOCK = '/api/practices/:practice/waiting-clock';

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

waiting.get(
  WAITING,
  describeRoute({
    summary: 'How long callers may wait, and which words are urgent (managers)',
    responses: { 200: { description: '`settings`, `version`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    return c.json(await waitingOf(c.env.DB, id));
  },
);

waiting.put(
  WAITING,
  describeRoute({
    summary: 'Set how long callers may wait, and which words are urgent (managers)',
    responses: {
      200: { description: 'As the answer to GET, now.' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`changed-meanwhile`, with `waiting` as it is now.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(WaitingBody, MAX_WAITING_BYTES),
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const wanted = c.req.valid('json');
    const { settings: before } = await waitingOf(c.env.DB, id);
    const isSet = await audited(c, (entry) => {
      const subject = { is: 'practice', id, label: name } as const;
      const words = waitingInWords(before, wanted.settings);
      return setWaiting(
        c.env.DB,
        id,
        wanted,
        entry({ log: id, action: 'waiting-changed', subject, ...words }),
      );
    });
    const now = await waitingOf(c.env.DB, id);
    if (isSet) {
      await tellWaiting(c.env, id);
      return c.json(now);
    }
    const { code, message } = new Problem('changed-meanwhile');
    return c.json({ error: { code, message, requestId: c.var.requestId }, waiting: now }, 409);
  },
);

waiting.get(
  CLOCK,
  describeRoute({
    summary: 'By what the page counts how long callers wait: the limits, and when it is open around now',
    responses: {
      200: { description: 'See src/domain/waiting/waiting-clock.ts.' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    return c.json(clockOf(await waitingRulesOf(c.env.DB, id), Date.now()));
  },
);

for (const path of [WAITING, CLOCK]) {
  waiting.all(path, () => {
    throw new Problem('wrong-method');
  });
}

const DAY_MS = 86_400_000;

/** Who has waited for longer is over any target; and a page that is open for longer asks again. */
const KNOWN_MS = { back: 21 * DAY_MS, ahead: 9 * DAY_MS };

function clockOf({ hours, returnsToQueue: _, ...limits }: WaitingRules, now: number): WaitingClock {
  const known = { from: now - KNOWN_MS.back, to: now + KNOWN_MS.ahead };
  const lines = Object.entries(hours.lines).map(
    ([id, schedule]) => [id, openPeriods(schedule, known.from, known.to)] as const,
  );
  return {
    ...limits,
    known,
    open: hours.practice && openPeriods(hours.practice, known.from, known.to),
    lines: Object.fromEntries(lines),
  };
}
