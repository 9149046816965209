import { exports } from 'cloudflare:workers';
import { Hono } from 'hono';
import * as z from 'zod';
import type { Handset } from '../../../durable/handset.ts';
import type { LineToCall, SimulatedCall } from '../../domain/conversation/handset.ts';
import { USE_CASES } from '../../domain/triggers/use-case.ts';
import type { Env } from '../../env.ts';
import { callableLines, lineByNumber } from '../../practices/lines.ts';
import { Problem } from '../../problem.ts';
import { jsonBody } from '../door/json-body.ts';
import { decoded, HandsetText, MAX_HANDSET_TEXT_BYTES } from './handset-text.ts';

/** The simulated phone: its page, its texts, and the phone system it calls. Not there in production. */
export const simulator = new Hono<{ Bindings: Env }>();

const tenDigits = z.string().regex(/^\d{10}$/, 'Write the number of the phone as 10 digits.');

const Call = z.object({
  from: tenDigits,
  lineId: z.string().min(1).max(100),
  useCase: z.enum(USE_CASES),
  language: z.string().min(2).max(35),
  callId: z.string().min(1).max(100),
  waitedSeconds: z.int().min(0).max(86_400),
});

simulator.use('/simulator/*', async (c, next) => {
  if (c.env.ENVIRONMENT === 'production') throw new Problem('not-found');
  await next();
});

for (const path of ['/simulator', '/simulator/']) {
  simulator.get(path, (c) => asset(c.env, c.req.url, '/simulator/'));
}
for (const file of ['main.js', 'simulator.css']) {
  simulator.get(`/simulator/${file}`, (c) => asset(c.env, c.req.url, `/simulator/${file}`));
}

simulator.get('/simulator/handsets/:number/messages', async (c) => {
  const { handset } = handsetOf(c.env, c.req.param('number'));
  return c.json({ messages: await handset.messages() });
});

simulator.post(
  '/simulator/handsets/:number/messages',
  jsonBody(HandsetText, MAX_HANDSET_TEXT_BYTES),
  async (c) => {
    const { handset, number } = handsetOf(c.env, c.req.param('number'));
    const { to, body, media } = c.req.valid('json');
    const found = await lineByNumber(c.env.DB, asE164(to));
    if (found === null) {
      throw new Problem('invalid-request', {
        message: 'No line has the number in “to”. GET /simulator/lines lists those that one can write to.',
      });
    }
    const message = await handset.write({ from: `+1${number}`, to: found.line.number, body }, decoded(media));
    return c.json({ message }, 202);
  },
);

simulator.get('/simulator/lines', async (c) => {
  const lines = await callableLines(c.env.DB);
  return c.json({
    lines: lines.map(({ practiceName, line, triggers }) => ({
      practiceName,
      ...line,
      // Never the token: who has it can text anybody.
      triggers: triggers.map(({ useCase, language }) => ({ useCase, language })),
    })),
  } satisfies { lines: LineToCall[] });
});

/** Plays the phone system: fires the webhook of the line just as one outside would. */
simulator.post('/simulator/calls', jsonBody(Call), async (c) => {
  const call = c.req.valid('json');
  const line = (await callableLines(c.env.DB)).find((one) => one.line.id === call.lineId);
  const trigger = line?.triggers.find(
    (one) => one.useCase === call.useCase && one.language === call.language,
  );
  if (trigger === undefined) {
    throw new Problem('not-found', {
      message: 'This line has no such trigger. Choose one from /simulator/lines.',
    });
  }
  const sent = { CALLER_ID_NUMBER: call.from, call_id: call.callId, waited_seconds: call.waitedSeconds };
  const response = await exports.default.fetch(
    new URL(`/hooks/demo/${call.useCase}/${trigger.token}`, c.req.url),
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(sent),
    },
  );
  const answer = await response.json().catch(() => null);
  return c.json({ useCase: call.useCase, sent, status: response.status, answer } satisfies SimulatedCall);
});

for (const path of [
  '/simulator',
  '/simulator/handsets/:number/messages',
  '/simulator/lines',
  '/simulator/calls',
]) {
  simulator.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** `/simulator/` and not `/simulator/index.html`, which the assets would answer with a redirect to here. */
function asset(env: Env, url: string, path: string): Promise<Response> {
  return env.ASSETS.fetch(new URL(path, url));
}

function handsetOf(env: Env, number: string): { handset: DurableObjectStub<Handset>; number: string } {
  const valid = tenDigits.safeParse(number);
  if (!valid.success) throw new Problem('invalid-request', { message: 'A handset is named by 10 digits.' });
  return { handset: env.HANDSET.get(env.HANDSET.idFromName(valid.data)), number: valid.data };
}

/** As people type it: spaces, dots, dashes, brackets, with or without the 1. */
function asE164(number: string): string {
  const [, digits] = /^(?:\+?1)?(\d{10})$/.exec(number.replace(/[\s().-]/g, '')) ?? [];
  return `+1${digits ?? ''}`;
}
