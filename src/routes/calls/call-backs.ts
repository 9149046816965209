import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import {
  CALL_BACK_OUTCOMES,
  CALL_BACK_STATES,
  CALL_BACK_TRIES,
  type CallBackCursor,
  type CallBackState,
  MAX_CALL_BACK_NOTE,
  readCallBackCursor,
} from '../../domain/calls/call-back.ts';
import type { CallBackChange } from '../../domain/calls/call-back-rules.ts';
import { Problem } from '../../problem.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { jsonBody } from '../door/json-body.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** Callers whom no text reaches, to be called back; all staff of the practice work on them. */
export const callBacks = new Hono<SignedInEnv>();

const LIST = '/api/practices/:practice/call-backs';
callBacks.use(LIST, signedIn);
callBacks.use(`${LIST}/*`, signedIn);

const NOT_FOUND = { description: 'Not there, or not yours to see.' };

const Note = z
  .string()
  .trim()
  .max(MAX_CALL_BACK_NOTE, `At most ${MAX_CALL_BACK_NOTE} characters.`)
  .transform((note) => (note === '' ? null : note))
  .nullable()
  .default(null);

/** One thing at a time. */
const Change = z.union(
  [
    z.strictObject({ claim: z.boolean() }),
    z.strictObject({ tried: z.enum(CALL_BACK_TRIES) }),
    z.strictObject({ outcome: z.enum(CALL_BACK_OUTCOMES), note: Note }),
    z.strictObject({ reopen: z.literal(true) }),
  ],
  {
    error: `Send one of {"claim":true|false}, {"tried":"${CALL_BACK_TRIES.join('"|"')}"}, {"outcome":"${CALL_BACK_OUTCOMES.join('"|"')}","note":"at most ${MAX_CALL_BACK_NOTE} characters"}, {"reopen":true}.`,
  },
);

callBacks.get(
  LIST,
  describeRoute({
    summary: 'Call-back tasks: `state=open`, the oldest first, or `closed`, the latest first',
    responses: {
      200: { description: '`callBacks`, 50 at most, and `nextCursor`.' },
      400: { description: 'An unknown state or cursor.' },
      404: NOT_FOUND,
    },
  }),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const { state = '', cursor = '' } = c.req.query();
    return c.json(await inboxOf(c.env, id).callBackPage(stateNamed(state), cursorNamed(cursor)));
  },
);

callBacks.patch(
  `${LIST}/:id`,
  describeRoute({
    summary: 'Claim a call-back or let it go, count a try, close it, open it again',
    responses: {
      200: { description: '`callBack`' },
      404: NOT_FOUND,
      409: { description: '`claimed`, `call-back-closed`: the message says by whom. `open-again`.' },
    },
  }),
  jsonBody(Change),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const { staff } = c.var.session;
    const change: CallBackChange = c.req.valid('json');
    const by = { id: staff.id, name: staff.name };
    const result = await inboxOf(c.env, id).changeCallBack(c.req.param('id'), change, by);
    switch (result.outcome) {
      case 'changed':
      case 'unchanged':
        return c.json({ callBack: result.callBack });
      case 'claimed':
        throw new Problem('claimed', { message: `${result.by} has this one.` });
      case 'closed':
        throw new Problem('call-back-closed', {
          message: `${result.by} has closed this call-back. Open it again to change it.`,
        });
      case 'open-again':
      case 'not-found':
        throw new Problem(result.outcome);
    }
  },
);

function stateNamed(name: string): CallBackState {
  const state = name === '' ? 'open' : CALL_BACK_STATES.find((known) => known === name);
  if (state === undefined)
    throw new Problem('invalid-request', { message: 'There is no such state. Use open or closed.' });
  return state;
}

function cursorNamed(cursor: string): CallBackCursor | null {
  if (cursor === '') return null;
  const read = readCallBackCursor(cursor);
  if (read === null) throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
  return read;
}
