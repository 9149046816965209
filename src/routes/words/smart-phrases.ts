import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { openingAhead } from '../../domain/hours/opening-ahead.ts';
import {
  MAX_OWN_PHRASES,
  MAX_PRACTICE_PHRASES,
  phraseFault,
  repeatedPhrase,
  type SmartPhrase,
  tidyPhrase,
} from '../../domain/words/phrase-edits.ts';
import { lineHours, scheduleOf } from '../../practices/hours.ts';
import {
  phrasesOf,
  setClaims,
  setPhrases,
  setUndoSeconds,
  writingOf,
} from '../../practices/smart-phrases.ts';
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

/** What fills in a reply: of a practice, of whoever replies, and what is true at the moment. */
export const smartPhrases = new Hono<SignedInEnv>();

const OF_PRACTICE = '/api/practices/:practice/smart-phrases';
const OWN = '/api/session/smart-phrases';
const UNDO = '/api/session/undo-send';
const CLAIMS = '/api/session/claims';

const MAX_BYTES = 256 * 1024;

const Phrase = z
  .strictObject({
    name: z.string(),
    text: z.string().nullable().describe('Null: whoever replies is asked each time.'),
  })
  .transform(tidyPhrase)
  .superRefine((phrase, context) => {
    const fault = phraseFault(phrase);
    if (fault !== null) context.addIssue({ code: 'custom', path: [fault.field], message: fault.message });
  });

function phrasesBody(most: number) {
  const Phrases = z
    .array(Phrase)
    .max(most, `there is room for ${most} smart phrases`)
    .superRefine((phrases, context) => {
      const repeated = repeatedPhrase(phrases);
      if (repeated !== null)
        context.addIssue({ code: 'custom', message: `{${repeated.name}} is there twice` });
    });
  return z.strictObject({
    phrases: Phrases,
    expected: Phrases.describe('What was seen before the change.'),
  });
}

const set = {
  200: { description: '`phrases` as they are now' },
  400: { description: '`invalid-request`; the message names the field.' },
  409: { description: '`changed-meanwhile`, with `phrases` as they are now' },
};

smartPhrases.get(
  OF_PRACTICE,
  describeRoute({
    summary: 'All that fills in a reply now: `general`, `own`, and when it is open',
    parameters: [
      { in: 'query', name: 'line', description: 'A line of the practice, which may have other hours.' },
    ],
    responses: {
      200: {
        description: '`general`, `own`, `opening` (null where nobody set hours), `undoSeconds` and `claims`',
      },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const line = c.req.query('line') ?? null;
    if (line !== null && (await lineHours(c.env.DB, id, line)) === null) throw new Problem('not-found');
    const [general, { phrases: own, undoSeconds, claims }, hours] = await Promise.all([
      phrasesOf(c.env.DB, { is: 'practice', practiceId: id }),
      writingOf(c.env.DB, c.var.session.staff.id),
      scheduleOf(c.env.DB, id, line),
    ]);
    const opening = hours && openingAhead(hours.schedule, Date.now());
    return c.json({ general, own, opening, undoSeconds, claims });
  },
);

smartPhrases.put(
  OF_PRACTICE,
  describeRoute({
    summary: 'Set the smart phrases of a practice (managers)',
    responses: {
      ...set,
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(phrasesBody(MAX_PRACTICE_PHRASES), MAX_BYTES),
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { phrases: wanted, expected: seen } = c.req.valid('json');
    const answer = await audited(c, (entry) =>
      setPhrases(
        c.env.DB,
        { is: 'practice', practiceId: id },
        {
          wanted,
          seen,
          entryOf: (before, after) =>
            entry({
              log: id,
              action: 'smart-phrases-changed',
              subject: { is: 'practice', id, label: name },
              before: byName(before),
              after: byName(after),
            }),
        },
      ),
    );
    return answerSet(c, answer);
  },
);

smartPhrases.put(
  OWN,
  describeRoute({ summary: 'Set the own smart phrases', responses: set }),
  signedIn,
  jsonBody(phrasesBody(MAX_OWN_PHRASES), MAX_BYTES),
  async (c) => {
    const { phrases: wanted, expected: seen } = c.req.valid('json');
    const of = { is: 'staff', staffId: c.var.session.staff.id } as const;
    return answerSet(c, await setPhrases(c.env.DB, of, { wanted, seen, entryOf: null }));
  },
);

smartPhrases.put(
  UNDO,
  describeRoute({
    summary: 'For how many seconds an own reply can be taken back before it leaves; 0 for not at all',
    responses: { 204: { description: 'Set.' }, 400: { description: '`invalid-request`' } },
  }),
  signedIn,
  jsonBody(z.strictObject({ seconds: z.int().min(0, 'use 0 to 30').max(30, 'use 0 to 30') })),
  async (c) => {
    await setUndoSeconds(c.env.DB, c.var.session.staff.id, c.req.valid('json').seconds);
    return c.body(null, 204);
  },
);

smartPhrases.put(
  CLAIMS,
  describeRoute({
    summary: 'Whether you take a conversation that is nobody’s by beginning to write a reply',
    responses: { 204: { description: 'Set.' }, 400: { description: '`invalid-request`' } },
  }),
  signedIn,
  jsonBody(z.strictObject({ claims: z.boolean() })),
  async (c) => {
    await setClaims(c.env.DB, c.var.session.staff.id, c.req.valid('json').claims);
    return c.body(null, 204);
  },
);

for (const path of [OF_PRACTICE, OWN, UNDO, CLAIMS]) {
  smartPhrases.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function answerSet(
  c: Context<SignedInEnv>,
  { is, phrases }: { is: 'set' | 'conflict'; phrases: SmartPhrase[] },
): Response {
  if (is === 'set') return c.json({ phrases });
  const { code, message } = new Problem('changed-meanwhile');
  return c.json({ error: { code, message, requestId: c.var.requestId }, phrases }, 409);
}

/** So that an entry names those that differ. */
function byName(phrases: readonly SmartPhrase[]): Record<string, string | null> {
  return Object.fromEntries(phrases.map(({ name, text }) => [name, text]));
}
