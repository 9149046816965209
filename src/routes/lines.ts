import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { carrierOf } from '../carriers/carrier.ts';
import { changeLine, type LineSettings, linesOf } from '../practices/lines.ts';
import { Problem } from '../problem.ts';
import { audited } from './audited.ts';
import { jsonBody } from './json-body.ts';
import { managedPracticeOf, practiceOf, type SignedInEnv, signedIn } from './signed-in.ts';

/** The lines of a practice, and how texts leave by them. */
export const lines = new Hono<SignedInEnv>();

const LINES = '/api/practices/:practice/lines';
const LINE = '/api/practices/:practice/lines/:line';

const PACE = 'From 0.1 to 1000 segments a second.';

const Change = z
  .object({
    looksUpLineType: z.boolean().optional(),
    segmentsPerSecond: z.number().min(0.1, PACE).max(1000, PACE).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'Say what to change: looksUpLineType or segmentsPerSecond.',
  });

lines.get(
  LINES,
  describeRoute({
    summary: 'The lines of a practice, with their carrier and pace',
    responses: { 200: { description: '`lines`' }, 404: { description: 'Not there, or not yours to see.' } },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    return c.json({ lines: (await linesOf(c.env.DB, id)).map(answered) });
  },
);

lines.patch(
  LINE,
  describeRoute({
    summary: 'Change how texts leave by a line; what is left out stays (managers)',
    responses: {
      200: { description: '`line` as it is now; in effect everywhere within 10 s.' },
      400: { description: '`invalid-request`; the message names the field.' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  jsonBody(Change),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const change = c.req.valid('json');
    const before = (await linesOf(c.env.DB, practiceId)).find(({ id }) => id === c.req.param('line'));
    if (before === undefined) throw new Problem('not-found');
    if (change.looksUpLineType && !canLookUp(before)) {
      throw new Problem('invalid-request', {
        message:
          'Check “looksUpLineType”: the carrier of this line cannot tell what kind of line a number is.',
      });
    }
    const line = await audited(c, (entry) => {
      const subject = { is: 'line', id: before.id, label: before.name } as const;
      const made = entry({
        log: practiceId,
        action: 'line-changed',
        subject,
        before,
        after: { ...before, ...change },
      });
      return changeLine(c.env.DB, before, change, made);
    });
    return c.json({ line: answered(line) });
  },
);

for (const path of [LINES, LINE]) {
  lines.all(path, signedIn, () => {
    throw new Problem('wrong-method');
  });
}

function answered(line: LineSettings) {
  return { ...line, canLookUpLineType: canLookUp(line) };
}

function canLookUp({ carrier }: LineSettings): boolean {
  return carrierOf(carrier).lineTypeOf !== undefined;
}
