import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { type AuditSubject, ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { isTimeZone } from '../../domain/hours/schedule-faults.ts';
import { readMainNumber } from '../../domain/numbers/line-number.ts';
import { PRACTICE_KINDS } from '../../domain/people/signed-in.ts';
import type { PracticeProfile } from '../../domain/practice/practice-profile.ts';
import type { Env } from '../../env.ts';
import { everyPersonId } from '../../practices/people.ts';
import {
  archivePractice,
  bringBackPractice,
  changePractice,
  isLineNumber,
  makePractice,
  profileOf,
  profiles,
} from '../../practices/practice-changes.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { recheckSockets } from '../people/recheck-sockets.ts';
import {
  adminOnly,
  managedPracticeOf,
  managersOnly,
  type SignedInEnv,
  signedIn,
} from '../people/signed-in.ts';
import { tellWaiting } from './tell-waiting.ts';

/** Practices as people set them up: made and archived by admins, changed by their managers. */
export const practiceProfiles = new Hono<SignedInEnv>();

const PRACTICES = '/api/practices';
const PRACTICE = '/api/practices/:practice';
const ARCHIVE = `${PRACTICE}/archive`;

const refusals = {
  400: { description: '`invalid-request`; the message names the field.' },
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

const FIELDS = {
  name: z.string().trim().min(1, 'give it a name').max(100),
  kind: z.enum(PRACTICE_KINDS, 'use clinic or call-center'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'this is no time zone; use a name such as America/Los_Angeles'),
  mainNumber: z.string().trim().max(200).nullish().describe('In any usual form; null for none.'),
};
const NewPractice = z.strictObject(FIELDS);
const Change = z
  .strictObject({ version: z.int('send the version that you saw') })
  .extend(z.strictObject(FIELDS).partial().shape);

practiceProfiles.get(
  PRACTICES,
  describeRoute({
    summary: 'All practices of the enterprise, archived ones too (admins)',
    responses: { 200: { description: '`practices`' }, 403: refusals[403] },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json({ practices: await profiles(c.env.DB) }),
);

practiceProfiles.post(
  PRACTICES,
  describeRoute({
    summary: 'Make a practice; its id is made of its name (admins)',
    responses: { 201: { description: '`practice`' }, 400: refusals[400], 403: refusals[403] },
  }),
  signedIn,
  adminOnly,
  jsonBody(NewPractice),
  async (c) => {
    const { mainNumber, ...said } = c.req.valid('json');
    const number = await mainNumberFrom(c.env, mainNumber ?? null);
    const after = { ...said, mainNumber: number };
    const made = await audited(c, (entry) =>
      makePractice(c.env.DB, after, Date.now(), (id) =>
        entry({
          log: [id, ENTERPRISE_LOG],
          action: 'practice-made',
          subject: { is: 'practice', id, label: said.name },
          after,
        }),
      ),
    );
    return c.json({ practice: made }, 201);
  },
);

practiceProfiles.get(
  PRACTICE,
  describeRoute({
    summary: 'What a practice is (managers)',
    responses: { 200: { description: '`practice`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const found = await profileOf(c.env.DB, id);
    if (found === null) throw new Problem('not-found');
    return c.json({ practice: found });
  },
);

practiceProfiles.patch(
  PRACTICE,
  describeRoute({
    summary: 'Change what a practice is; what is left out stays (managers)',
    responses: {
      200: { description: '`practice` as it is now.' },
      409: { description: '`changed-meanwhile`, with `practice` as it is now.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Change),
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { version, mainNumber, ...said } = c.req.valid('json');
    const before = await profileOf(c.env.DB, id);
    if (before === null) throw new Problem('not-found');
    const after = {
      name: said.name ?? before.name,
      kind: said.kind ?? before.kind,
      timeZone: said.timeZone ?? before.timeZone,
      mainNumber: mainNumber === undefined ? before.mainNumber : await mainNumberFrom(c.env, mainNumber),
    };
    const changed = await audited(c, (entry) => {
      const made = entry({
        log: id,
        action: 'practice-changed',
        subject: subjectOf(before),
        before,
        after: { ...before, ...after },
      });
      return changePractice(c.env.DB, id, { version, ...after }, made);
    });
    if (changed !== null) {
      await tellWaiting(c.env, id);
      return c.json({ practice: changed });
    }
    const { code, message } = new Problem('changed-meanwhile');
    const error = { code, message, requestId: c.var.requestId };
    return c.json({ error, practice: await profileOf(c.env.DB, id) }, 409);
  },
);

practiceProfiles.post(
  ARCHIVE,
  describeRoute({
    summary:
      'Archive a practice whose lines are retired: nobody works there any more, and all stays (admins)',
    responses: {
      204: { description: 'It is archived, now or before.' },
      409: { description: '`lines-in-use`' },
      ...refusals,
    },
  }),
  signedIn,
  adminOnly,
  async (c) => {
    const id = c.req.param('practice');
    const found = await profileOf(c.env.DB, id);
    if (found === null) throw new Problem('not-found');
    if (found.archivedAt !== null) return c.body(null, 204);
    const isArchived = await audited(c, (entry) => {
      const made = entry({
        log: [id, ENTERPRISE_LOG],
        action: 'practice-archived',
        subject: subjectOf(found),
      });
      return archivePractice(c.env.DB, id, Date.now(), made);
    });
    if (!isArchived) throw new Problem('lines-in-use');
    for (const staffId of await everyPersonId(c.env.DB, id)) await recheckSockets(c.env, [id], staffId);
    return c.body(null, 204);
  },
);

practiceProfiles.delete(
  ARCHIVE,
  describeRoute({
    summary: 'Bring an archived practice back (admins)',
    responses: { 204: { description: 'It is in use, now or before.' }, ...refusals },
  }),
  signedIn,
  adminOnly,
  async (c) => {
    const id = c.req.param('practice');
    const found = await profileOf(c.env.DB, id);
    if (found === null) throw new Problem('not-found');
    await audited(c, (entry) => {
      const log = [id, ENTERPRISE_LOG];
      const made = entry({ log, action: 'practice-brought-back', subject: subjectOf(found) });
      return bringBackPractice(c.env.DB, id, made);
    });
    return c.body(null, 204);
  },
);

for (const path of [PRACTICES, PRACTICE, ARCHIVE]) {
  practiceProfiles.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function subjectOf({ id, name }: PracticeProfile): AuditSubject {
  return { is: 'practice', id, label: name };
}

/** Not a line's: a call forwarded to it would come back to us. */
export async function mainNumberFrom(env: Env, typed: string | null): Promise<string | null> {
  if (typed === null || typed === '') return null;
  const read = readMainNumber(typed, { isReal: env.ENVIRONMENT === 'production' });
  if (read.is === 'fault')
    throw new Problem('invalid-request', { message: `Check “mainNumber”: ${read.words}` });
  if (await isLineNumber(env.DB, read.number)) {
    throw new Problem('invalid-request', {
      message:
        'Check “mainNumber”: this is the number of a line. Calls forwarded to it would go in a circle.',
    });
  }
  return read.number;
}
