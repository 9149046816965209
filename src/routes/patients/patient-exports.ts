import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { PATIENT_CSV_HEAD, patientCsvLine, patientNdjsonLine } from '../../domain/patients/patient-export.ts';
import { BYTE_ORDER_MARK } from '../../domain/text/csv-writing.ts';
import { allPatients } from '../../practices/patients.ts';
import { Problem } from '../../problem.ts';
import { auditFirst } from '../audit/audited.ts';
import { managedPracticeOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** All patients of a practice as a file, streamed. For managers. */
export const patientExports = new Hono<SignedInEnv>();

const EXPORT = '/api/practices/:practice/patient-export';

const FORMATS = {
  // With the mark by which spreadsheets know that it is UTF-8.
  csv: { type: 'text/csv; charset=utf-8', head: BYTE_ORDER_MARK + PATIENT_CSV_HEAD, line: patientCsvLine },
  ndjson: { type: 'application/fhir+ndjson', head: '', line: patientNdjsonLine },
} as const;

patientExports.get(
  EXPORT,
  describeRoute({
    summary:
      'All patients, as `format=csv` or `format=ndjson` (FHIR R4), which can be imported again (managers)',
    responses: {
      200: { description: 'The file' },
      400: { description: '`invalid-request`' },
      403: { description: '`not-allowed`' },
      404: { description: '`not-found`' },
    },
  }),
  signedIn,
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const asked = c.req.query('format') ?? 'csv';
    if (asked !== 'csv' && asked !== 'ndjson')
      throw new Problem('invalid-request', { message: 'Check “format”: use csv or ndjson.' });
    const { type, head, line } = FORMATS[asked];
    await auditFirst(c, {
      log: id,
      action: 'patients-exported',
      subject: { is: 'practice', id, label: name },
      after: { format: asked },
    });
    const pages = allPatients(c.env.DB, id);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        if (head !== '') controller.enqueue(encoder.encode(head));
      },
      async pull(controller) {
        const { done, value } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map(line).join('')));
      },
    });
    return c.body(body, 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="patients-${id}.${asked}"`,
    });
  },
);

patientExports.all(EXPORT, () => {
  throw new Problem('wrong-method');
});
