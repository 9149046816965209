import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type * as z from 'zod';
import { isCarrierHere, missingSettings } from '../../carriers/carrier-settings.ts';
import type { HoursSetting } from '../../domain/hours/after-hours.ts';
import { readLineNumber, readMainNumber } from '../../domain/numbers/line-number.ts';
import {
  CONFIGURATION_KIND,
  type Configuration,
  type ConfigurationPlan,
  planConfiguration,
} from '../../domain/practice/configuration.ts';
import type { LineSettings } from '../../domain/practice/line-settings.ts';
import { mergedPhrases } from '../../domain/words/phrase-edits.ts';
import { importResponses, readFile, writeFile } from '../../domain/words/response-files.ts';
import { applyConfiguration } from '../../practices/configuration.ts';
import { lineHours, practiceHours } from '../../practices/hours.ts';
import { linesOf } from '../../practices/lines.ts';
import { triggersOfPractice } from '../../practices/managed-triggers.ts';
import { neverTexted } from '../../practices/never-texted.ts';
import { profileOf } from '../../practices/practice-changes.ts';
import { quickResponsesOf, responsesStatements } from '../../practices/quick-responses.ts';
import { phrasesOf } from '../../practices/smart-phrases.ts';
import { waitingOf } from '../../practices/waiting.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { type ConfigurationFile, ImportBody, MAX_CONFIGURATION_BYTES } from './configuration-body.ts';
import { tellWaiting } from './tell-waiting.ts';

/** How a practice is set up, as one file: out of demo, into production. For managers. */
export const configuration = new Hono<SignedInEnv>();

const PATH = '/api/practices/:practice/configuration';

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

configuration.get(
  PATH,
  describeRoute({
    summary: 'How the practice is set up, as one JSON file without secrets, people or patients (managers)',
    responses: { 200: { description: 'The file.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const [{ configuration: now }, responses, smartPhrases] = await Promise.all([
      configurationOf(c.env.DB, id),
      quickResponsesOf(c.env.DB, id),
      phrasesOf(c.env.DB, { is: 'practice', practiceId: id }),
    ]);
    const quickResponses: unknown = JSON.parse(writeFile('json', responses));
    const file = { kind: CONFIGURATION_KIND, exportedAt: new Date().toISOString(), ...now };
    c.header('Content-Disposition', `attachment; filename="${id}-configuration.json"`);
    return c.json({ ...file, quickResponses, smartPhrases });
  },
);

configuration.post(
  PATH,
  describeRoute({
    summary: 'Take in such a file, all of it or nothing; what is only here stays (managers)',
    responses: {
      200: { description: '`changes`, in words; made unless it was a dry run.' },
      400: { description: '`invalid-request`, with `refusals`: why nothing of it was taken in.' },
      409: { description: '`changed-meanwhile`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(ImportBody, MAX_CONFIGURATION_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { file, isDryRun } = c.req.valid('json');
    const wanted = configurationFrom(file);
    const db = c.env.DB;
    const [here, profile, before, phrasesBefore] = await Promise.all([
      configurationOf(db, practice.id),
      profileOf(db, practice.id),
      quickResponsesOf(db, practice.id),
      phrasesOf(db, { is: 'practice', practiceId: practice.id }),
    ]);
    if (profile === null) throw new Problem('not-found');
    const plan = await planOf(c, wanted, here);
    const responses = responsesIn(file.quickResponses, before, plan);
    const phrases = mergedPhrases(phrasesBefore, file.smartPhrases);
    if (phrases.is === 'faulty') plan.refusals.push(`Smart phrases: ${phrases.message}`);
    else plan.changes.push(...phrases.changed.map((name) => `Smart phrase ${name}`));
    const { changes, refusals: why } = plan;
    if (why.length > 0 || phrases.is === 'faulty') return refused(c, why);
    if (isDryRun || changes.length === 0) return c.json({ changes });
    const isMade = await audited(c, (entry) => {
      const subject = { is: 'practice', id: practice.id, label: practice.name } as const;
      const about = {
        log: practice.id,
        action: 'configuration-imported',
        subject,
        after: { changes },
      } as const;
      return applyConfiguration(db, {
        practiceId: practice.id,
        version: profile.version,
        file: wanted,
        plan,
        phrases: phrases.phrases,
        responses: responses === null ? [] : responsesStatements(db, practice.id, before, responses),
        isOn: c.env.ENVIRONMENT !== 'production',
        entry: entry(about),
      });
    });
    if (!isMade) throw new Problem('changed-meanwhile');
    await tellWaiting(c.env, practice.id);
    return c.json({ changes });
  },
);

configuration.all(PATH, () => {
  throw new Problem('wrong-method');
});

interface Here {
  configuration: Configuration;
  all: LineSettings[];
}

async function configurationOf(db: D1Database, practiceId: string): Promise<Here> {
  const [profile, all, hours, { settings, version }, triggers] = await Promise.all([
    profileOf(db, practiceId),
    linesOf(db, practiceId),
    practiceHours(db, practiceId),
    waitingOf(db, practiceId),
    triggersOfPractice(db, practiceId),
  ]);
  if (profile === null) throw new Problem('not-found');
  const { name, kind, timeZone, mainNumber } = profile;
  const inUse = all.filter(({ retiredAt }) => retiredAt === null);
  const lines = inUse.map(async (line) => ({
    name: line.name,
    number: line.number,
    carrier: line.carrier,
    mainNumber: line.mainNumber,
    segmentsPerSecond: line.segmentsPerSecond,
    looksUpLineType: line.looksUpLineType,
    hours: (await lineHours(db, practiceId, line.id))?.hours ?? null,
    triggers: triggers
      .filter((trigger) => trigger.line.id === line.id)
      .map(({ useCase, language, text, phoneSystem, rules }) => ({
        useCase,
        language,
        text,
        phoneSystem,
        rules,
      })),
  }));
  const waiting = version === 0 ? null : settings;
  const now = {
    practice: { name, kind, timeZone, mainNumber },
    hours,
    waiting,
    lines: await Promise.all(lines),
  };
  return { configuration: now, all };
}

async function planOf(
  c: Context<SignedInEnv>,
  file: Configuration,
  { configuration: now, all }: Here,
): Promise<ConfigurationPlan> {
  const { ownNumbers } = await neverTexted(c.env.DB);
  const plan = planConfiguration(file, {
    configuration: now,
    lineIds: new Map(all.map(({ number, id }) => [number, id])),
    isTaken: (number) => ownNumbers.has(number),
    carrierFault: (carrier) => {
      if (!isCarrierHere(c.env, carrier)) return 'nothing is simulated in production.';
      const missing = missingSettings(c.env, carrier);
      return missing.length === 0 ? null : `this deployment has no ${missing.join(', ')}.`;
    },
  });
  plan.refusals.push(...numberFaults(c, file, all));
  return plan;
}

/** By the same rules as on the pages. */
function numberFaults(c: Context<SignedInEnv>, file: Configuration, all: LineSettings[]): string[] {
  const isReal = c.env.ENVIRONMENT === 'production';
  const lineNumbers = new Set([...all, ...file.lines].map(({ number }) => number));
  const ofLines = file.lines.flatMap(({ name, number }) => {
    const read = readLineNumber(number);
    return read.is === 'fault' ? [`${name}: ${read.words}`] : [];
  });
  const main = [file.practice, ...file.lines].flatMap(({ name, mainNumber }) => {
    if (mainNumber === null) return [];
    const read = readMainNumber(mainNumber, { isReal });
    if (read.is === 'fault') return [`${name}, main number: ${read.words}`];
    return lineNumbers.has(mainNumber)
      ? [`${name}: its main number is a line, calls would go in a circle.`]
      : [];
  });
  return [...ofLines, ...main];
}

/** Null where they stay as they are. */
function responsesIn(
  content: unknown,
  before: Parameters<typeof importResponses>[0],
  plan: ConfigurationPlan,
): Parameters<typeof importResponses>[0] | null {
  if (content === undefined || content === null) return null;
  const reading = readFile('json', JSON.stringify(content));
  if (reading.is === 'faulty') {
    // A practice may have put all of its own into the archive.
    plan.refusals.push(...reading.faults.map(({ message }) => `Quick responses: ${message}`));
    return null;
  }
  const { edit, plan: responses } = importResponses(before, reading.written, () => crypto.randomUUID());
  const { added, changed } = responses;
  plan.changes.push(...[...added, ...changed].map((title) => `Quick response ${title}`));
  if (edit.is === 'changed') return edit.after;
  if (edit.is !== 'same') plan.refusals.push('Quick responses: there is not enough room for them here.');
  return null;
}

function refused(c: Context<SignedInEnv>, why: string[]): Response {
  const message = 'Nothing was taken in. Put right what stands in the way, then choose the file again.';
  return c.json(
    { error: { code: 'invalid-request', message, requestId: c.var.requestId }, refusals: why },
    400,
  );
}

type Hours = NonNullable<z.output<typeof ConfigurationFile>['hours']>;

function configurationFrom({
  practice,
  hours,
  waiting,
  lines,
}: z.output<typeof ConfigurationFile>): Configuration {
  const own = lines.map((line) => ({ ...line, hours: hoursFrom(line.hours) }));
  return { practice, hours: hoursFrom(hours), waiting, lines: own };
}

function hoursFrom(hours: Hours | null): HoursSetting | null {
  if (hours === null) return null;
  const { timeZone, week, holidays, afterHoursReply } = hours;
  return { timeZone: timeZone ?? null, week, holidays, afterHoursReply };
}
