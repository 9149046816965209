import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { carrierOffers, isCarrierHere, missingSettings } from '../../carriers/carrier-settings.ts';
import { CARRIERS, type CarrierName } from '../../domain/calls/firing.ts';
import { readLineNumber } from '../../domain/numbers/line-number.ts';
import { publicOrigins } from '../../domain/practice/public-origins.ts';
import type { Env } from '../../env.ts';
import { addLine, changeLine, ownerOfNumber } from '../../practices/line-changes.ts';
import { linesOf } from '../../practices/lines.ts';
import { profileOf } from '../../practices/practice-changes.ts';
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
import {
  answered,
  canLookUp,
  checked,
  LINE,
  LINES,
  lineMeant,
  practiceIdIn,
  subjectOf,
} from './managed-line.ts';
import { mainNumberFrom } from './practice-profiles.ts';

/** The lines of a practice: where texts go out from, how, and whether the carrier knows of it. */
export const lines = new Hono<SignedInEnv>();

const PACE = 'From 0.1 to 1000 segments a second.';

const refusals = {
  400: { description: '`invalid-request`; the message names the field.' },
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

const FIELDS = {
  name: z.string().trim().min(1, 'give it a name').max(100),
  carrier: z.enum(CARRIERS, `use ${CARRIERS.join(', ')}`),
  mainNumber: z.string().trim().max(200).nullable(),
};
const NewLine = z.strictObject({
  ...FIELDS,
  number: z.string().trim().max(200),
  mainNumber: FIELDS.mainNumber.optional().describe('Left out: that of the practice.'),
});
const Change = z
  .strictObject({
    ...FIELDS,
    looksUpLineType: z.boolean(),
    segmentsPerSecond: z.number().min(0.1, PACE).max(1000, PACE),
    version: z.int().describe('The one that was seen. Left out: whatever is there is changed.'),
  })
  .partial()
  .refine(({ version: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
    error: 'Say what to change: name, carrier, mainNumber, looksUpLineType or segmentsPerSecond.',
  });

lines.get(
  LINES,
  describeRoute({
    summary:
      'The lines of a practice; for managers also the carriers that a line can have, and what these miss',
    responses: {
      200: { description: '`lines` in use; `retired` and `carriers` for managers.' },
      404: refusals[404],
    },
  }),
  signedIn,
  async (c) => {
    const { id, role } = practiceOf(c.var.session, c.req.param('practice'));
    const all = await linesOf(c.env.DB, id);
    const inUse = all.filter(({ retiredAt }) => retiredAt === null).map(answered);
    if (role === 'staff') return c.json({ lines: inUse });
    const retired = all.filter(({ retiredAt }) => retiredAt !== null).map(answered);
    return c.json({ lines: inUse, retired, carriers: carrierOffers(c.env, ownOrigin(c)) });
  },
);

lines.post(
  LINES,
  describeRoute({
    summary: 'Add a line; its carrier is asked at once whether it knows us (managers)',
    responses: {
      201: { description: '`line`' },
      409: { description: '`number-taken`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(NewLine),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const said = c.req.valid('json');
    refuseCarrier(c.env, said.carrier);
    const number = readLineNumber(said.number);
    if (number.is === 'fault')
      throw new Problem('invalid-request', { message: `Check “number”: ${number.words}` });
    const mainNumber =
      said.mainNumber === undefined
        ? ((await profileOf(c.env.DB, practice.id))?.mainNumber ?? null)
        : await mainNumberFrom(c.env, said.mainNumber);
    if (said.mainNumber !== undefined && mainNumber === number.number) throw inCircles();
    const added = await audited(c, (entry) => {
      const id = crypto.randomUUID();
      const settings = { name: said.name, number: number.number, carrier: said.carrier, mainNumber };
      const subject = { is: 'line', id, label: said.name } as const;
      const made = entry({ log: practice.id, action: 'line-added', subject, after: settings });
      return addLine(c.env.DB, { id, practiceId: practice.id, ...settings }, made);
    });
    if (added === null) throw await taken(c, number.number);
    return c.json({ line: answered(await checked(c.env, added)) }, 201);
  },
);

lines.patch(
  LINE,
  describeRoute({
    summary: 'Change a line; what is left out stays (managers)',
    responses: {
      200: { description: '`line` as it is now; in effect everywhere within 10 s.' },
      409: { description: '`changed-meanwhile`, with `line` as it is now; only where `version` was sent.' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Change),
  async (c) => {
    const before = await lineMeant(c);
    const { version, ...change } = c.req.valid('json');
    if (change.carrier !== undefined && change.carrier !== before.carrier)
      refuseCarrier(c.env, change.carrier);
    const carrier = change.carrier ?? before.carrier;
    const looksUp = change.looksUpLineType ?? before.looksUpLineType;
    if (looksUp && !canLookUp(carrier)) {
      throw new Problem('invalid-request', {
        message:
          'Check “looksUpLineType”: the carrier of this line cannot tell what kind of line a number is.',
      });
    }
    const mainNumber =
      change.mainNumber === undefined ? undefined : await mainNumberFrom(c.env, change.mainNumber);
    const changed = await audited(c, (entry) => {
      const after = { ...before, ...definedOf({ ...change, mainNumber }) };
      const made = entry({
        log: practiceIdIn(c),
        action: 'line-changed',
        subject: subjectOf(before),
        before,
        after,
      });
      const seen = { id: before.id, version: version ?? null };
      return changeLine(c.env.DB, seen, { ...change, mainNumber }, made);
    });
    if (changed !== null) {
      const isAsked = changed.carrier !== before.carrier;
      return c.json({ line: answered(isAsked ? await checked(c.env, changed) : changed) });
    }
    const { code, message } = new Problem('changed-meanwhile');
    const error = { code, message, requestId: c.var.requestId };
    return c.json({ error, line: answered(await lineMeant(c)) }, 409);
  },
);

for (const path of [LINES, LINE]) {
  lines.all(path, signedIn, () => {
    throw new Problem('wrong-method');
  });
}

function definedOf<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function refuseCarrier(env: Env, carrier: CarrierName): void {
  if (!isCarrierHere(env, carrier))
    throw new Problem('invalid-request', { message: 'Check “carrier”: nothing is simulated in production.' });
  const missing = missingSettings(env, carrier);
  if (missing.length > 0) {
    throw new Problem('invalid-request', {
      message: `Check “carrier”: this deployment has no ${missing.join(', ')}. Set it first, then add the line.`,
    });
  }
}

/** Whose it is, only who may see that practice is told. */
async function taken(c: Context<SignedInEnv>, number: string): Promise<Problem> {
  const owner = await ownerOfNumber(c.env.DB, number);
  const practice = c.var.session.practices.find(({ id }) => id === owner?.practiceId);
  if (owner === null || practice === undefined) return new Problem('number-taken');
  if (!owner.isLine) {
    const message = `This is a main number of ${practice.name}: calls to it would go in a circle. Use another one.`;
    return new Problem('number-taken', { message });
  }
  const message = owner.isRetired
    ? `A retired line of ${practice.name} has this number. Bring that one back.`
    : `A line of ${practice.name} has this number already.`;
  return new Problem('number-taken', { message });
}

function inCircles(): Problem {
  return new Problem('invalid-request', {
    message:
      'Check “mainNumber”: calls to the line would be forwarded to the line itself. Use another number.',
  });
}

function ownOrigin(c: Context<SignedInEnv>): string {
  return publicOrigins(c.env.PUBLIC_ORIGIN).givenOut ?? new URL(c.req.url).origin;
}
