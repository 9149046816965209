import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { bringBackLine, retireLine } from '../../practices/line-changes.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { answered, checked, LINE, lineMeant, practiceIdIn, subjectOf } from './managed-line.ts';

/** What becomes of a line: its carrier is asked about it, it is retired, it comes back. */
export const lineStates = new Hono<SignedInEnv>();

const CHECK = `${LINE}/carrier-check`;
const RETIRE = `${LINE}/retired`;

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

lineStates.post(
  CHECK,
  describeRoute({
    summary: 'Ask the carrier whether it knows our credentials and has this number; sends nothing (managers)',
    responses: { 200: { description: '`line`, with `carrierCheck`.' }, ...refusals },
  }),
  signedIn,
  async (c) => c.json({ line: answered(await checked(c.env, await lineMeant(c))) }),
);

lineStates.post(
  RETIRE,
  describeRoute({
    summary: 'Retire a line: its triggers end for good, who writes to it is still heard (managers)',
    responses: { 204: { description: 'It is retired, now or before.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const line = await lineMeant(c);
    await audited(c, (entry) => {
      const made = entry({ log: practiceIdIn(c), action: 'line-retired', subject: subjectOf(line) });
      return retireLine(c.env.DB, line.id, Date.now(), made);
    });
    return c.body(null, 204);
  },
);

lineStates.delete(
  RETIRE,
  describeRoute({
    summary: 'Bring a retired line back; it needs new triggers (managers)',
    responses: { 204: { description: 'It is in use, now or before.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const line = await lineMeant(c);
    await audited(c, (entry) => {
      const made = entry({ log: practiceIdIn(c), action: 'line-brought-back', subject: subjectOf(line) });
      return bringBackLine(c.env.DB, line.id, made);
    });
    return c.body(null, 204);
  },
);

for (const path of [CHECK, RETIRE]) {
  lineStates.all(path, () => {
    throw new Problem('wrong-method');
  });
}
