import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { AuditSubject } from '../../domain/audit/audit-entry.ts';
import {
  PATIENT_LIMITS,
  PATIENT_STATUSES,
  type Patient,
  type PatientDetails,
} from '../../domain/patients/patient.ts';
import { readNumbers } from '../../domain/patients/patient-reading.ts';
import { cleanText, nameFault } from '../../domain/patients/patient-row.ts';
import { languageTag } from '../../domain/text/language-tag.ts';
import { anyPatient } from '../../practices/any-patient.ts';
import { type PatientCursor, searchPatients } from '../../practices/patient-search.ts';
import {
  addPatient,
  editPatient,
  patientWithId,
  removePatient,
  sharingNumbers,
} from '../../practices/patients.ts';
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
import { tellMatches } from './tell-matches.ts';

/** The directory of a practice: staff look people up in it, managers change it. */
export const patients = new Hono<SignedInEnv>();

const PATIENTS = '/api/practices/:practice/patients';
const PATIENT = `${PATIENTS}/:patient`;

const MAX_QUERY_LENGTH = 200;

const Written = z.strictObject({
  name: z.string().max(1000).transform(cleanText),
  numbers: z.array(z.string().max(200)).max(10),
  language: z.string().max(60).nullable(),
  status: z.enum(PATIENT_STATUSES, 'use active, inactive or deceased'),
});
const Changed = Written.extend({ version: z.int().min(1) });

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: '`not-found`' },
};

patients.get(
  PATIENTS,
  describeRoute({
    summary:
      'Patients by name, or by number where `q` is one; `everywhere=1`: of all practices, if that is allowed',
    responses: {
      200: { description: '`patients`, 50 at most, `nextCursor`, and `mayReachAny`' },
      400: { description: '`invalid-request`' },
      ...refusals,
    },
  }),
  signedIn,
  async (c) => {
    const practice = practiceOf(c.var.session, c.req.param('practice'));
    const { q = '', cursor = '', everywhere = '' } = c.req.query();
    if (q.length > MAX_QUERY_LENGTH)
      throw new Problem('invalid-request', { message: 'Search for something shorter.' });
    const { isOn: mayReachAny } = await anyPatient(c.env.DB);
    if (everywhere === '1' && !mayReachAny)
      throw new Problem('not-allowed', {
        message: 'Practices may not search the patients of others here. An admin can change that.',
      });
    const found = await searchPatients(c.env.DB, {
      practiceId: everywhere === '1' ? null : practice.id,
      query: q,
      after: cursor === '' ? null : readCursor(cursor),
    });
    const nextCursor = found.nextCursor && btoa(encodeURIComponent(JSON.stringify(found.nextCursor)));
    return c.json({ patients: found.patients, nextCursor, mayReachAny });
  },
);

patients.post(
  PATIENTS,
  describeRoute({
    summary: 'Add a patient (managers)',
    responses: {
      201: { description: '`patient`' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`patient-exists`, with `patient`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Written),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const details = readDetails(c.req.valid('json'));
    const added = await audited(c, (entry) =>
      addPatient(c.env.DB, practiceId, details, {
        now: Date.now(),
        entryFor: (id) => {
          const subject = { is: 'patient', id, label: details.name } as const;
          return entry({ log: practiceId, action: 'patient-added', subject, after: details });
        },
      }),
    );
    if (added.is === 'there-already') return conflict(c, 'patient-exists', added.patient);
    c.executionCtx.waitUntil(tellMatches(c.env));
    return c.json({ patient: added.patient }, 201);
  },
);

patients.get(
  PATIENT,
  describeRoute({
    summary: 'One patient, and who else has the same numbers',
    responses: { 200: { description: '`patient`, `replacedBy`, and `sharing`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const patient = await patientIn(c, id);
    const { isOn } = await anyPatient(c.env.DB);
    const [sharing, replacedBy] = await Promise.all([
      sharingNumbers(c.env.DB, patient, isOn),
      patient.replacedBy === null ? null : patientWithId(c.env.DB, id, patient.replacedBy),
    ]);
    return c.json({ patient, sharing, replacedBy });
  },
);

patients.put(
  PATIENT,
  describeRoute({
    summary: 'Change a patient; `version` is the one that was seen (managers)',
    responses: {
      200: { description: '`patient` as it is now' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`changed-meanwhile`, with `patient` as it is now' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Changed),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { version, ...written } = c.req.valid('json');
    const details = readDetails(written);
    const before = await patientIn(c, practiceId);
    if (before.version !== version) return conflict(c, 'changed-meanwhile', before);
    const isChanged = await audited(c, (entry) =>
      editPatient(c.env.DB, before, details, {
        now: Date.now(),
        entry: entry({
          log: practiceId,
          action: 'patient-changed',
          subject: subjectOf(before),
          before: detailsOf(before),
          after: details,
        }),
      }),
    );
    const after = await patientIn(c, practiceId);
    if (!isChanged) return conflict(c, 'changed-meanwhile', after);
    c.executionCtx.waitUntil(tellMatches(c.env));
    return c.json({ patient: after });
  },
);

patients.delete(
  PATIENT,
  describeRoute({
    summary: 'Remove a patient; their conversations stay, as those of a number (managers)',
    parameters: [{ in: 'query', name: 'version', description: 'The one that was seen.' }],
    responses: {
      204: { description: 'The directory has them no more.' },
      409: { description: '`changed-meanwhile`, with `patient` as it is now' },
      ...refusals,
    },
  }),
  signedIn,
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const before = await patientIn(c, practiceId);
    if (String(before.version) !== c.req.query('version')) return conflict(c, 'changed-meanwhile', before);
    const subject = subjectOf(before);
    const isRemoved = await audited(c, (entry) =>
      removePatient(
        c.env.DB,
        before,
        entry({ log: practiceId, action: 'patient-removed', subject, before: detailsOf(before) }),
      ),
    );
    if (!isRemoved) return conflict(c, 'changed-meanwhile', await patientIn(c, practiceId));
    c.executionCtx.waitUntil(tellMatches(c.env));
    return c.body(null, 204);
  },
);

for (const path of [PATIENTS, PATIENT]) {
  patients.all(path, () => {
    throw new Problem('wrong-method');
  });
}

async function patientIn(c: Context<SignedInEnv>, practiceId: string): Promise<Patient> {
  const patient = await patientWithId(c.env.DB, practiceId, c.req.param('patient') ?? '');
  if (patient === null) throw new Problem('not-found');
  return patient;
}

function conflict(
  c: Context<SignedInEnv>,
  code: 'changed-meanwhile' | 'patient-exists',
  patient: Patient,
): Response {
  const { message } = new Problem(code);
  return c.json({ error: { code, message, requestId: c.var.requestId }, patient }, 409);
}

function readDetails({ name, numbers: written, language, status }: z.output<typeof Written>): PatientDetails {
  const wrong = nameFault(name);
  if (wrong !== null) throw new Problem('invalid-request', { message: `Check “name”: ${wrong}` });
  const { numbers, faults } = readNumbers(written);
  const [fault] = faults;
  if (fault !== undefined)
    throw new Problem('invalid-request', { message: `Check “numbers.${fault.index}”: ${fault.message}` });
  const tag = language === null ? null : languageTag(language);
  if ((language !== null && tag === null) || (tag?.length ?? 0) > PATIENT_LIMITS.language)
    throw new Problem('invalid-request', { message: 'Check “language”: this is not a language we know.' });
  return { name, numbers, language: tag, status };
}

function detailsOf({ name, numbers, language, status }: Patient): PatientDetails {
  return { name, numbers, language, status };
}

function subjectOf({ id, name }: Patient): AuditSubject {
  return { is: 'patient', id, label: name };
}

const Cursor = z.tuple([z.string().max(64), z.string().max(300), z.string().max(64)]);

function readCursor(cursor: string): PatientCursor {
  try {
    return Cursor.parse(JSON.parse(decodeURIComponent(atob(cursor))));
  } catch {
    throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
  }
}
