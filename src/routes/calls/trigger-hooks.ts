import { type Context, Hono } from 'hono';
import { type Activity, REFUSALS, withDecisions } from '../../domain/activity/activity.ts';
import type { Env } from '../../env.ts';
import { phoneSystem, readRequest } from '../../phone-systems/phone-systems.ts';
import { validationToken } from '../../phone-systems/ringcentral.ts';
import { type Trigger, triggerByToken } from '../../practices/triggers.ts';
import { Problem, problemResponse } from '../../problem.ts';
import { bodyOfTrigger, fieldsOfRequest, type TriggerBody } from '../triggers/trigger-body.ts';
import { type Arrival, ended, unread } from './firing-activity.ts';
import { countStranger, countTurnedAway } from './flood-counts.ts';
import { type HookAddress, whyNotFired } from './hook-address.ts';
import { receivedRequest } from './received-request.ts';
import { busyOr, type Fired, fireTrigger } from './trigger-firing.ts';
import { countedAsUnderWay, guardStranger, guardTrigger } from './trigger-guard.ts';

type HookEnv = { Bindings: Env; Variables: { requestId: string } };

const WORDS_FOR_FLOOD = {
  'too-many-requests': 'More requests came to this trigger, or from one place, than real calls make.',
  unavailable: 'Too many requests were under way at once, so this one was asked to come again.',
} as const;

const HEARD = { result: 'skipped', reason: 'other-event' } as const;

const TOKEN = /^[A-Za-z0-9_-]{1,128}$/;

/** What phone systems call when a caller asks for a text or hangs up. They wait for the answer. */
export const triggerHooks = new Hono<HookEnv>();

// `all`, because hono would hand a HEAD to a GET route, and a HEAD must not text anybody.
triggerHooks.all('/hooks/:environment/:useCase/:token', (c) => answer(c, c.req.param()));
triggerHooks.all('/webhook/jive/:token', (c) => answer(c, c.req.param()));
// An address that was cut short, or to which something was added, is one that no trigger has.
for (const path of ['/hooks/*', '/webhook/*']) {
  triggerHooks.all(path, (c) => {
    countStranger(c.env, c.executionCtx);
    throw strangerProblem(c, Date.now());
  });
}

async function answer(c: Context<HookEnv>, address: HookAddress): Promise<Response> {
  const at = Date.now();
  const trigger = TOKEN.test(address.token) ? await triggerByToken(c.env.DB, address.token) : null;
  if (trigger === null) {
    countStranger(c.env, c.executionCtx);
    throw strangerProblem(c, at);
  }
  const asked = { trigger, request: c.req.raw, token: address.token, at };
  const why = whyNotFired(address, trigger, c.env.ENVIRONMENT);
  if (why !== null) {
    countTurnedAway(c.env, c.executionCtx, trigger.practiceId, await misled(asked, why));
    throw strangerProblem(c, at);
  }
  const guarded = guardTrigger(trigger.id, c.req.header('CF-Connecting-IP'), at);
  if (!guarded.pass) {
    const { problem, activity } = turnedAway(asked, guarded);
    countTurnedAway(c.env, c.executionCtx, trigger.practiceId, activity);
    throw problem;
  }
  const happened = await countedAsUnderWay(() => arrived(c.env, asked));
  if ('handshake' in happened) return c.body(null, 200, { 'Validation-Token': happened.handshake });
  const { answer: told, takesOnly200 } = happened;
  if (!(told instanceof Problem)) return c.json(told);
  const response = problemResponse(told, c.get('requestId'));
  const isToldInBody = takesOnly200 && told.status < 500;
  return isToldInBody ? new Response(response.body, { headers: response.headers }) : response;
}

function strangerProblem(c: Context<HookEnv>, at: number): Problem {
  const guarded = guardStranger(c.req.header('CF-Connecting-IP'), at);
  if (!guarded.pass) return new Problem(guarded.code, { retryAfter: seconds(guarded.wait) });
  return isTaken(c.req.method) ? new Problem('unknown-trigger') : wrongMethod();
}

interface Asked {
  trigger: Trigger;
  request: Request;
  token: string;
  at: number;
}

/** Somebody set a phone system up wrong, or it was not told of the new address. The practice should see it. */
async function misled({ trigger, request, token, at }: Asked, why: string): Promise<Activity> {
  const text = await bodyOfTrigger(request).then(
    (body) => body.text,
    () => null,
  );
  const start = unread({ trigger, received: receivedRequest(request, text, token), at });
  const decision = { check: 'address', isPassed: false, words: why } as const;
  return ended(withDecisions(start, decision), 'unknown-trigger');
}

function turnedAway(
  { trigger, request, token, at }: Asked,
  { code, wait }: { code: 'too-many-requests' | 'unavailable'; wait: number },
): { problem: Problem; activity: Activity } {
  const problem = new Problem(code, { retryAfter: seconds(wait) });
  const start = unread({ trigger, received: receivedRequest(request, null, token), at });
  const decision = { check: 'pace-of-requests', isPassed: false, words: WORDS_FOR_FLOOD[code] } as const;
  return { problem, activity: ended(withDecisions(start, decision), code) };
}

/** What came of a request; or a phone system only asks whether anybody is here, and wants its token back. */
type Arrived = { answer: Fired['answer']; takesOnly200: boolean } | { handshake: string };

async function arrived(env: Env, { trigger, request, token, at }: Asked): Promise<Arrived> {
  let body: TriggerBody | null = null;
  const arrival = (): Arrival => ({
    trigger,
    received: receivedRequest(request, body?.text ?? null, token),
    at,
  });
  try {
    if (!isTaken(request.method)) throw wrongMethod();
    body = await bodyOfTrigger(request);
    const fields = await fieldsOfRequest(request, body);
    const handshake = validationToken(request.headers, fields);
    if (handshake !== null) {
      await recorded(env, trigger, { answer: HEARD, activity: askedWhetherAnyoneIsHere(arrival()) });
      return { handshake };
    }
    const read = readRequest(trigger.phoneSystem, fields, at);
    const takesOnly200 = phoneSystem(read.system)?.takesOnly200 ?? false;
    return { answer: await recorded(env, trigger, await fireTrigger(env, arrival(), read)), takesOnly200 };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('internal');
    const outcome = REFUSALS.find((code) => code === problem.code) ?? 'internal';
    const decision = { check: 'request', isPassed: false, words: problem.message } as const;
    const activity = ended(withDecisions(unread(arrival()), decision), outcome);
    const told = await recorded(env, trigger, { answer: problem, activity });
    if (problem !== error) throw error;
    return { answer: told, takesOnly200: false };
  }
}

/** Whoever sets a phone system up sees that it found the address. */
function askedWhetherAnyoneIsHere(arrival: Arrival): Activity {
  const words = 'The phone system only asked whether its calls are heard here, and was told that they are.';
  return ended(withDecisions(unread(arrival), { check: 'request', isPassed: false, words }), 'other-event');
}

/** Recorded before it is answered, unless the conversation has seen to it; else the phone system is to ask again. */
async function recorded(
  env: Env,
  { practiceId }: Trigger,
  { answer, activity }: Fired,
): Promise<Fired['answer']> {
  if (activity === null) return answer;
  try {
    await env.INBOX.get(env.INBOX.idFromName(practiceId)).recordActivity(activity);
    return answer;
  } catch (error) {
    return busyOr(error);
  }
}

function wrongMethod(): Problem {
  return new Problem('wrong-method', { allow: 'GET, POST' });
}

function isTaken(method: string): boolean {
  return method === 'GET' || method === 'POST';
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
