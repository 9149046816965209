import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { type AuditSubject, ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { readCaller } from '../../domain/numbers/phone-number.ts';
import { listedNumber, listedNumbers, putOnList, takeOffList } from '../../practices/do-not-text.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { adminOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { tellLines } from './tell-lines.ts';

/** The numbers that no line of the enterprise texts; an admin's. Empty, it costs nothing and does nothing. */
export const doNotText = new Hono<SignedInEnv>();

const LIST = '/api/enterprise/do-not-text';
const LISTED = '/api/enterprise/do-not-text/:number';

const RETRY_AFTER_SECONDS = 5;

const Entry = z.object({
  number: z.string().max(200),
  reason: z.string().trim().min(1, 'Say why.').max(200, 'At most 200 characters.'),
});

const refusals = {
  400: { description: '`invalid-request`; the message says what is wrong with it.' },
  403: { description: '`not-allowed`' },
  503: { description: '`unavailable`: the list is changed, but not every line knows. Send it again.' },
};

doNotText.get(
  LIST,
  describeRoute({
    summary: 'The do-not-text list of the enterprise, 100 a page; `q` is a part of a number (admins)',
    responses: { 200: { description: '`numbers` and `nextCursor`.' }, 403: refusals[403] },
  }),
  signedIn,
  adminOnly,
  async (c) => {
    const { q = '', cursor = '' } = c.req.query();
    const digits = q.replace(/\D/g, '');
    if (q.trim() !== '' && digits === '')
      throw new Problem('invalid-request', { message: 'Search for some digits of a number.' });
    if (!/^(1\d{10})?$/.test(cursor))
      throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
    return c.json(await listedNumbers(c.env.DB, digits, cursor));
  },
);

doNotText.post(
  LIST,
  describeRoute({
    summary:
      'Put a number on the do-not-text list; again changes nothing, but tells the lines again (admins)',
    responses: {
      200: { description: '`listed`: it was on the list already, and every line knows.' },
      201: { description: '`listed`: it is on the list, and every line knows.' },
      409: { description: '`list-full`' },
      ...refusals,
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(Entry),
  async (c) => {
    const { number: written, reason } = c.req.valid('json');
    const number = usNumber(written);
    const { id, name } = c.var.session.staff;
    const by = { id, name };
    const { outcome } = await audited(c, (entry) => {
      const about = { log: ENTERPRISE_LOG, subject: numberSubject(number) };
      const made = entry({ ...about, action: 'do-not-text-added', after: { reason } });
      return putOnList(c.env.DB, { number, reason, addedBy: by, addedAt: Date.now() }, made);
    });
    if (outcome === 'full') throw new Problem('list-full');
    const { missed } = await tellLines(c.env, { number, by });
    if (missed > 0)
      throw notAllTold('The number is on the list, but not every line knows yet: add it again.');
    const listed = await listedNumber(c.env.DB, number);
    return c.json({ listed }, outcome === 'added' ? 201 : 200);
  },
);

doNotText.delete(
  LISTED,
  describeRoute({
    summary: 'Take a number off the do-not-text list (admins)',
    responses: { 204: { description: 'It is off, now or before, and every line knows.' }, ...refusals },
  }),
  signedIn,
  adminOnly,
  async (c) => {
    const number = usNumber(c.req.param('number'));
    const { id, name } = c.var.session.staff;
    await audited(c, (entry) => {
      const about = { log: ENTERPRISE_LOG, subject: numberSubject(number) };
      return takeOffList(c.env.DB, number, entry({ ...about, action: 'do-not-text-removed' }));
    });
    const { missed } = await tellLines(c.env, { number, by: { id, name } });
    if (missed > 0)
      throw notAllTold('The number is off the list, but not every line knows yet: remove it again.');
    return c.body(null, 204);
  },
);

for (const path of [LIST, LISTED]) {
  doNotText.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function numberSubject(number: string): AuditSubject {
  return { is: 'number', id: number, label: number };
}

/** In any form in which people write one. */
function usNumber(written: string): string {
  const read = readCaller(written);
  switch (read.kind) {
    case 'textable':
      return read.number;
    case 'not-textable':
      throw new Problem('invalid-request', { message: NEVER_TEXTED[read.why] });
    case 'withheld':
    case 'unreadable':
      throw new Problem('invalid-request', {
        message: 'Check “number”: write a US phone number with its area code, such as (206) 202-0123.',
      });
  }
}

const NEVER_TEXTED = {
  foreign: 'Check “number”: only US numbers are ever texted, so this one need not be on the list.',
  'toll-free': 'Check “number”: toll-free numbers are never texted, so this one need not be on the list.',
  premium: 'Check “number”: premium numbers are never texted, so this one need not be on the list.',
  fictional: 'Check “number”: this is one of those kept for films and examples, and is never texted.',
} as const;

function notAllTold(message: string): Problem {
  return new Problem('unavailable', { message, retryAfter: RETRY_AFTER_SECONDS });
}
