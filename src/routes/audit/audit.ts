import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AuditAnswer, VerifyAnswer } from '../../domain/audit/audit-answer.ts';
import { AUDIT_KINDS, type AuditSubject, ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { notedHead } from '../../practices/audit-outbox.ts';
import { Problem } from '../../problem.ts';
import { adminOnly, managedPracticeOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { auditCsv } from './audit-csv.ts';
import { auditQuery, seqFrom, shownEntry } from './audit-query.ts';
import { auditFirst } from './audited.ts';
import { auditLogOf } from './deliver-audit.ts';

/** Who did or read what: of a practice for its managers, of the enterprise for admins. Read only; nothing here writes but that it was exported. */
export const audit = new Hono<SignedInEnv>();

const everybody: MiddlewareHandler<SignedInEnv> = (_, next) => next();

mount('/api/practices/:practice/audit', everybody, 'managers', (c) => {
  const { id, name } = managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  return { log: id, subject: { is: 'practice', id, label: name } };
});
mount('/api/enterprise/audit', adminOnly, 'admins', () => ({
  log: ENTERPRISE_LOG,
  subject: { is: 'enterprise', id: ENTERPRISE_LOG, label: 'The enterprise' },
}));

function mount(
  base: string,
  guard: MiddlewareHandler<SignedInEnv>,
  whose: string,
  placeOf: (c: Context<SignedInEnv>) => { log: string; subject: AuditSubject },
): void {
  const refusals = {
    403: { description: '`not-allowed`' },
    404: { description: 'Not there, or not yours to see.' },
  };
  const filters = [
    {
      in: 'query',
      name: 'q',
      description: 'Part of a name, of an action in words, or of what it was done to.',
    },
    { in: 'query', name: 'kind', description: `One of ${Object.keys(AUDIT_KINDS).join(', ')}.` },
    { in: 'query', name: 'from', description: 'Epoch milliseconds; nothing earlier.' },
    { in: 'query', name: 'to', description: 'Epoch milliseconds; nothing from then on.' },
  ] as const;

  audit.get(
    base,
    describeRoute({
      summary: `The audit log, the newest entry first, 50 a page (${whose})`,
      parameters: [...filters, { in: 'query', name: 'cursor' }],
      responses: {
        200: {
          description:
            '`entries`, `nextCursor`, and `readTo` where a search paused: a page may be empty and have a next one.',
        },
        400: { description: '`invalid-request`' },
        ...refusals,
      },
    }),
    signedIn,
    guard,
    async (c) => {
      const { log } = placeOf(c);
      const { entries, nextCursor, readTo } = await auditLogOf(c.env, log).page(auditQuery(c.req.query()));
      return c.json({
        entries: entries.map(shownEntry),
        nextCursor: nextCursor === null ? null : String(nextCursor),
        readTo,
      } satisfies AuditAnswer);
    },
  );

  audit.get(
    `${base}/verify`,
    describeRoute({
      summary: `Whether entries are as they were written, some thousand at a time (${whose})`,
      parameters: [{ in: 'query', name: 'from', description: '`checkedTo` of the answer before, plus 1.' }],
      responses: { 200: { description: '`fault`, `checkedTo`, `first`, `head`' }, ...refusals },
    }),
    signedIn,
    guard,
    async (c) => {
      const { log } = placeOf(c);
      const from = c.req.query('from') === undefined ? 1 : seqFrom(c.req.query('from'));
      const noted = await notedHead(c.env.DB, log);
      return c.json((await auditLogOf(c.env, log).verify(from, noted)) satisfies VerifyAnswer);
    },
  );

  audit.get(
    `${base}/export`,
    describeRoute({
      summary: `What the same filters find, all of it, as CSV; that is in the log then, too (${whose})`,
      parameters: [...filters],
      responses: { 200: { description: 'text/csv, the newest entry first.' }, ...refusals },
    }),
    signedIn,
    guard,
    async (c) => {
      const { log, subject } = placeOf(c);
      const { cursor: _, ...asked } = c.req.query();
      const query = auditQuery(asked);
      await auditFirst(c, { log, action: 'audit-exported', subject, after: asked });
      const day = new Date().toISOString().slice(0, 10);
      const name = log === ENTERPRISE_LOG ? 'enterprise' : log;
      return c.body(auditCsv(auditLogOf(c.env, log), query), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-${name}-${day}.csv"`,
      });
    },
  );

  for (const path of [base, `${base}/verify`, `${base}/export`]) {
    audit.all(path, () => {
      throw new Problem('wrong-method');
    });
  }
}
