import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import {
  FILE_FORMATS,
  type FileFormat,
  type ImportPlan,
  importResponses,
  readFile,
  writeFile,
} from '../../domain/words/response-files.ts';
import { editQuickResponses, quickResponsesOf } from '../../practices/quick-responses.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { ImportBody, MAX_IMPORT_BYTES } from './quick-response-bodies.ts';
import { refusalOf } from './quick-responses.ts';

/** The quick responses of a practice as a file, out and in. For managers. */
export const quickResponseFiles = new Hono<SignedInEnv>();

const EXPORT = '/api/practices/:practice/quick-response-export';
const IMPORT = '/api/practices/:practice/quick-response-import';

const MEDIA_TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

quickResponseFiles.get(
  EXPORT,
  describeRoute({
    summary: 'All quick responses but those in the archive as one file (managers)',
    parameters: [{ in: 'query', name: 'format', description: '`csv` or `json`; json if left out.' }],
    responses: {
      200: { description: 'The file' },
      400: { description: '`invalid-request`' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const asked = c.req.query('format') ?? 'json';
    const format = FILE_FORMATS.find((known) => known === asked);
    if (format === undefined)
      throw new Problem('invalid-request', { message: 'Use the format csv or json.' });
    c.header('Content-Type', MEDIA_TYPES[format]);
    c.header('Content-Disposition', `attachment; filename="quick-responses-${id}.${format}"`);
    return c.body(writeFile(format, await quickResponsesOf(c.env.DB, id)));
  },
);

quickResponseFiles.post(
  IMPORT,
  describeRoute({
    summary: 'Take in a file of quick responses, all of it or nothing (managers)',
    responses: {
      200: {
        description:
          '`added` and `changed`, their titles; `same`, how many; unless it was a dry run, all as it is now. One of the same title says the new texts.',
      },
      400: { description: '`invalid-request`; `faults` say what is wrong where' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
      409: { description: '`list-full`' },
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(ImportBody, MAX_IMPORT_BYTES),
  async (c) => {
    const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { format, content, isDryRun } = c.req.valid('json');
    const reading = readFile(format, content);
    if (reading.is === 'faulty') {
      const { faults } = reading;
      const message = 'Nothing was taken in. Put right what is wrong in the file, then choose it again.';
      return c.json({ error: { code: 'invalid-request', message, requestId: c.var.requestId }, faults }, 400);
    }
    let plan: ImportPlan = { added: [], changed: [], same: 0 };
    const decide = (before: Parameters<typeof importResponses>[0]) => {
      const imported = importResponses(before, reading.written, () => crypto.randomUUID());
      plan = imported.plan;
      return imported.edit;
    };
    const edit = isDryRun
      ? decide(await quickResponsesOf(c.env.DB, id))
      : (
          await audited(c, (entry) =>
            editQuickResponses(c.env.DB, id, decide, () =>
              entry({
                log: id,
                action: 'quick-responses-imported',
                subject: { is: 'practice', id, label: name },
                after: { added: plan.added, changed: plan.changed },
              }),
            ),
          )
        ).edit;
    switch (edit.is) {
      case 'changed':
        return c.json(isDryRun ? plan : { ...plan, ...edit.after });
      case 'same':
        return c.json(plan);
      case 'conflict':
        throw new Problem('changed-meanwhile');
      case 'not-found':
      case 'full':
      case 'title-taken':
        throw refusalOf(edit);
    }
  },
);

for (const path of [EXPORT, IMPORT]) {
  quickResponseFiles.all(path, () => {
    throw new Problem('wrong-method');
  });
}
