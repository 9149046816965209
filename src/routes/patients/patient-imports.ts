import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { PATIENT_STATUSES } from '../../domain/patients/patient.ts';
import type { PatientImport, RowsTaken } from '../../domain/patients/patient-import.ts';
import { readPatientRow, type TakenPatient } from '../../domain/patients/patient-reading.ts';
import {
  MAX_CELL,
  MAX_ROWS_AT_ONCE,
  type PatientRow,
  PREVIEW_ROWS,
  type RowFault,
} from '../../domain/patients/patient-row.ts';
import { beginImport, endImport, importRows, importWithId } from '../../practices/patient-imports.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { tellMatches } from './tell-matches.ts';

/**
 * A file is read in the browser, which sends its rows a batch at a time: neither it nor this Worker ever holds the
 * whole. Each batch is taken whole or not at all, and again it changes nothing. For managers.
 */
export const patientImports = new Hono<SignedInEnv>();

const IMPORTS = '/api/practices/:practice/patient-imports';
const IMPORT = `${IMPORTS}/:import`;
const ROWS = `${IMPORT}/rows`;
// Beside the imports, not below: the router tells no fixed part from an id in the same place.
const CHECKS = '/api/practices/:practice/patient-checks';

/** Every cell of every row as long as it may be. */
const MAX_ROWS_BYTES = 8 * 1024 * 1024;

const Cell = z.string().max(MAX_CELL);
const Row = z.strictObject({
  row: z.int().min(1),
  name: Cell,
  numbers: z.array(Cell).max(10),
  language: Cell.nullable(),
  status: z.enum(PATIENT_STATUSES).nullable(),
  externalId: Cell,
  replacedBy: Cell.nullable(),
});
const Beginning = z.strictObject({
  fingerprint: z.string().min(1).max(100),
  fileName: z.string().trim().min(1).max(200),
});
const Checked = z.strictObject({ rows: z.array(Row).max(PREVIEW_ROWS) });
const Rows = z
  .strictObject({
    from: z.int().min(0),
    to: z.int().min(0),
    rows: z.array(Row).max(MAX_ROWS_AT_ONCE),
    /** Of rows that the browser could not make sense of. */
    unreadable: z.int().min(0).max(MAX_ROWS_AT_ONCE),
  })
  .refine(({ from, to }) => to > from, { path: ['to'], error: 'an import only goes on' });
const Ending = z.strictObject({ isCancelled: z.boolean() });

const refusals = {
  400: { description: '`invalid-request`; the message names the field.' },
  403: { description: '`not-allowed`' },
  404: { description: '`not-found`' },
};

patientImports.post(
  CHECKS,
  describeRoute({
    summary: 'What would be wrong with these rows; nothing is written (managers)',
    responses: { 200: { description: '`faults`' }, ...refusals },
  }),
  signedIn,
  managersOnly,
  jsonBody(Checked, MAX_ROWS_BYTES),
  async (c) => {
    managedPracticeOf(c.var.session, c.req.param('practice'));
    return c.json({ faults: read(c.req.valid('json').rows).faults });
  },
);

patientImports.post(
  IMPORTS,
  describeRoute({
    summary: 'Begin to import a file, or go on with it (managers)',
    responses: { 200: { description: '`import`; `rowsDone` is where to go on' }, ...refusals },
  }),
  signedIn,
  managersOnly,
  jsonBody(Beginning),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { fingerprint, fileName } = c.req.valid('json');
    const begun = await audited(c, (entry) =>
      beginImport(c.env.DB, {
        practiceId,
        fingerprint,
        fileName,
        startedBy: c.var.session.staff.id,
        now: Date.now(),
        entryFor: (id) =>
          entry({ log: practiceId, action: 'import-begun', subject: { is: 'import', id, label: fileName } }),
      }),
    );
    return c.json({ import: begun });
  },
);

patientImports.post(
  ROWS,
  describeRoute({
    summary: 'The next rows of a file: `from` rows were dealt with before, `to` are with these (managers)',
    responses: {
      200: { description: '`import` and `faults`' },
      409: { description: '`changed-meanwhile`, with `import`: it has gone on, or has ended.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Rows, MAX_ROWS_BYTES),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { from, to, rows, unreadable } = c.req.valid('json');
    const before = await importIn(c, practiceId);
    if (before.endedAt !== null || before.rowsDone !== from) return conflict(c, before);
    const { patients, faults } = read(rows);
    const refused = unreadable + rows.length - patients.length;
    await importRows(c.env.DB, practiceId, {
      importId: before.id,
      from,
      to,
      patients,
      refused,
      now: Date.now(),
    });
    c.executionCtx.waitUntil(tellMatches(c.env));
    return c.json({ import: await importIn(c, practiceId), faults } satisfies RowsTaken);
  },
);

patientImports.get(
  IMPORT,
  describeRoute({
    summary: 'How far an import has come (managers)',
    responses: { 200: { description: '`import`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    return c.json({ import: await importIn(c, id) });
  },
);

patientImports.put(
  IMPORT,
  describeRoute({
    summary: 'It is at its end, or is called off; what was taken stays (managers)',
    responses: { 200: { description: '`import`' }, ...refusals },
  }),
  signedIn,
  managersOnly,
  jsonBody(Ending),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { isCancelled } = c.req.valid('json');
    const { id, fileName, rowsDone, added, changed, refused } = await importIn(c, practiceId);
    const after = { rowsDone, added, changed, refused, isCancelled };
    const subject = { is: 'import', id, label: fileName } as const;
    await audited(c, (entry) =>
      endImport(
        c.env.DB,
        { practiceId, id, isCancelled, now: Date.now() },
        entry({ log: practiceId, action: 'import-ended', subject, after }),
      ),
    );
    return c.json({ import: await importIn(c, practiceId) });
  },
);

for (const path of [CHECKS, IMPORTS, ROWS, IMPORT]) {
  patientImports.all(path, () => {
    throw new Problem('wrong-method');
  });
}

async function importIn(c: Context<SignedInEnv>, practiceId: string): Promise<PatientImport> {
  const found = await importWithId(c.env.DB, practiceId, c.req.param('import') ?? '');
  if (found === null) throw new Problem('not-found');
  return found;
}

function conflict(c: Context<SignedInEnv>, now: PatientImport): Response {
  const { code, message } = new Problem('changed-meanwhile');
  return c.json({ error: { code, message, requestId: c.var.requestId }, import: now }, 409);
}

function read(rows: readonly PatientRow[]): { patients: TakenPatient[]; faults: RowFault[] } {
  const patients: TakenPatient[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const one = readPatientRow(row);
    if (one.is === 'refused') faults.push({ row: row.row, message: one.message, isRefused: true });
    else {
      patients.push(one.patient);
      faults.push(...one.notes.map((message) => ({ row: row.row, message, isRefused: false })));
    }
  }
  return { patients, faults };
}
