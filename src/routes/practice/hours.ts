import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { afterHoursReplyFor, type HoursSetting } from '../../domain/hours/after-hours.ts';
import { hoursInWords } from '../../domain/hours/hours-differences.ts';
import { type Opening, openingAt } from '../../domain/hours/opening-hours.ts';
import type { Practice } from '../../domain/people/signed-in.ts';
import {
  dropLineHours,
  editHoursOf,
  type HoursOf,
  hoursOf,
  lineHours,
  practiceHours,
  scheduleOf,
  setHours,
} from '../../practices/hours.ts';
import { Problem } from '../../problem.ts';
import { type Audited, audited } from '../audit/audited.ts';
import { instantFrom } from '../door/instant.ts';
import { jsonBody } from '../door/json-body.ts';
import {
  managedPracticeOf,
  managersOnly,
  practiceOf,
  type SignedInEnv,
  signedIn,
} from '../people/signed-in.ts';
import { HoursBody, MAX_HOURS_BYTES } from './hours-body.ts';
import { tellWaiting } from './tell-waiting.ts';

/** When staff answer, and what a caller gets otherwise: of a practice, and of a line that differs from it. */
export const hours = new Hono<SignedInEnv>();

const PRACTICE_HOURS = '/api/practices/:practice/hours';
const LINE_HOURS = '/api/practices/:practice/lines/:line/hours';
const OPEN_AT = '/api/practices/:practice/open-at';

const hoursOr404 = {
  200: { description: 'The hours; null where nobody set any.' },
  404: { description: '`not-found`' },
};
const setOrRefused = {
  200: { description: 'The hours as they are now.' },
  400: { description: '`invalid-request`; the message names the field.' },
  403: { description: '`not-allowed`' },
  404: { description: '`not-found`' },
  409: { description: '`changed-meanwhile`, with `hours` as they are now; only where `expected` was sent.' },
};

hours.get(
  PRACTICE_HOURS,
  describeRoute({ summary: 'The hours of a practice; without any it is always open', responses: hoursOr404 }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    return c.json({ hours: await practiceHours(c.env.DB, id) });
  },
);

hours.put(
  PRACTICE_HOURS,
  describeRoute({ summary: 'Set the hours of a practice (managers)', responses: setOrRefused }),
  signedIn,
  managersOnly,
  jsonBody(HoursBody, MAX_HOURS_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    return answerSet(c, practice, { is: 'practice', practiceId: practice.id }, c.req.valid('json'));
  },
);

hours.get(
  LINE_HOURS,
  describeRoute({
    summary: 'The hours of a line where they differ from its practice',
    responses: hoursOr404,
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const found = await lineHours(c.env.DB, id, c.req.param('line'));
    if (found === null) throw new Problem('not-found');
    return c.json(found);
  },
);

hours.put(
  LINE_HOURS,
  describeRoute({ summary: 'Let a line have hours of its own (managers)', responses: setOrRefused }),
  signedIn,
  managersOnly,
  jsonBody(HoursBody, MAX_HOURS_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const lineId = await lineIn(c, practice.id);
    return answerSet(c, practice, { is: 'line', lineId }, c.req.valid('json'));
  },
);

hours.delete(
  LINE_HOURS,
  describeRoute({
    summary: 'Let a line go by its practice again (managers)',
    responses: {
      204: { description: 'It does, now or before.' },
      403: { description: '`not-allowed`' },
      404: { description: '`not-found`' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const lineId = await lineIn(c, id);
    await audited(c, (entry) => {
      const subject = { is: 'line', id: lineId, label: lineId } as const;
      return dropLineHours(c.env.DB, lineId, entry({ log: id, action: 'line-hours-ended', subject }));
    });
    await tellWaiting(c.env, id);
    return c.body(null, 204);
  },
);

hours.get(
  OPEN_AT,
  describeRoute({
    summary: 'Is it open at that moment, and what would a caller get who texts then?',
    parameters: [
      {
        in: 'query',
        name: 'at',
        description: 'Epoch milliseconds, or ISO 8601 with an offset; now if left out.',
      },
      { in: 'query', name: 'line', description: 'A line of the practice.' },
      { in: 'query', name: 'language', description: 'Of the conversation; en if left out.' },
    ],
    responses: {
      200: {
        description: '`opening`, and `reply`: null, or its `text` and the `closedSince` of the period.',
      },
      400: { description: '`invalid-request`' },
      404: { description: '`not-found`' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const { at, line, language } = c.req.query();
    const now = instantFrom(at);
    if (line !== undefined && (await lineHours(c.env.DB, id, line)) === null) throw new Problem('not-found');
    const found = await scheduleOf(c.env.DB, id, line ?? null);
    const opening: Opening =
      found === null ? { isOpen: true, closesAt: null } : openingAt(found.schedule, now);
    return c.json({ opening, reply: found && afterHoursReplyFor(found, language ?? 'en', now) });
  },
);

for (const path of [PRACTICE_HOURS, LINE_HOURS, OPEN_AT]) {
  hours.all(path, () => {
    throw new Problem('wrong-method');
  });
}

type Sent = Omit<HoursSetting, 'timeZone'> & { timeZone?: string | null | undefined };

async function lineIn(c: Context<SignedInEnv>, practiceId: string): Promise<string> {
  const lineId = c.req.param('line') ?? '';
  if ((await lineHours(c.env.DB, practiceId, lineId)) === null) throw new Problem('not-found');
  return lineId;
}

/** Without `expected` the last one wins. */
async function answerSet(
  c: Context<SignedInEnv>,
  practice: Practice,
  of: HoursOf,
  { expected, ...sent }: Sent & { expected?: Sent | null | undefined },
): Promise<Response> {
  const wanted = settingFrom(sent);
  if (expected === undefined) {
    const before = await hoursOf(c.env.DB, of);
    await audited(c, (entry) =>
      setHours(c.env.DB, of, wanted, entry(changedHours(practice, of, before, wanted))),
    );
    await tellWaiting(c.env, practice.id);
    return c.json({ hours: wanted });
  }
  const edited = await audited(c, (entry) =>
    editHoursOf(c.env.DB, of, wanted, expected && settingFrom(expected), (before, after) =>
      entry(changedHours(practice, of, before, after)),
    ),
  );
  if (edited.is === 'set') {
    await tellWaiting(c.env, practice.id);
    return c.json({ hours: edited.hours });
  }
  const { code, message } = new Problem('changed-meanwhile');
  return c.json({ error: { code, message, requestId: c.var.requestId }, hours: edited.hours }, 409);
}

function changedHours(
  practice: Practice,
  of: HoursOf,
  before: HoursSetting | null,
  after: HoursSetting,
): Audited {
  const subject =
    of.is === 'line'
      ? ({ is: 'line', id: of.lineId, label: of.lineId } as const)
      : ({ is: 'practice', id: practice.id, label: practice.name } as const);
  return { log: practice.id, action: 'hours-changed', subject, ...hoursInWords(before, after) };
}

function settingFrom({ timeZone, week, holidays, afterHoursReply }: Sent): HoursSetting {
  return { timeZone: timeZone ?? null, week, holidays, afterHoursReply };
}
