import { type Context, Hono } from 'hono';
import type { Firing } from '../domain/firing.ts';
import { decideTrigger, type SkipReason } from '../domain/trigger-decision.ts';
import type { Env } from '../env.ts';
import { phoneSystem, readRequest } from '../phone-systems/phone-systems.ts';
import type { TriggerRequest } from '../phone-systems/reading.ts';
import { validationToken } from '../phone-systems/ringcentral.ts';
import { neverTexted } from '../practices/never-texted.ts';
import { type Trigger, triggerByToken } from '../practices/triggers.ts';
import { Problem, problemResponse } from '../problem.ts';
import { conversationOf } from './conversation-address.ts';
import { fire } from './fire.ts';
import { NAME_IN_ADDRESS } from './hook-address.ts';
import { fieldsOfRequest } from './trigger-body.ts';
import { messageIdOf } from './trigger-message-id.ts';

type HookEnv = { Bindings: Env; Variables: { requestId: string } };
type HookAddress = { token: string; environment?: string; useCase?: string };
type HookAnswer =
  | { result: 'texting'; conversation: string }
  | { result: 'skipped'; reason: SkipReason; conversation?: string };

const TOKEN = /^[A-Za-z0-9_-]{1,128}$/;
const RETRY_AFTER_SECONDS = 5;

/** What phone systems call when a caller asks for a text or hangs up. They wait for the answer. */
export const triggerHooks = new Hono<HookEnv>();

// `all`, because hono would hand a HEAD to a GET route, and a HEAD must not text anybody.
triggerHooks.all('/hooks/:environment/:useCase/:token', (c) => answer(c, c.req.param()));
triggerHooks.all('/webhook/jive/:token', (c) => answer(c, c.req.param()));

async function answer(c: Context<HookEnv>, address: HookAddress): Promise<Response> {
  if (c.req.method !== 'GET' && c.req.method !== 'POST') return wrongMethod(c.get('requestId'));
  const trigger = await triggerAt(c.env, address);
  const now = Date.now();
  const fields = await fieldsOfRequest(c.req.raw);
  const token = validationToken(c.req.raw.headers, fields);
  if (token !== null) return c.body(null, 200, { 'Validation-Token': token });
  const request = readRequest(trigger.phoneSystem, fields, now);
  try {
    return c.json(await fired(c.env, trigger, request, now));
  } catch (error) {
    const isRefusal = error instanceof Problem && error.status < 500;
    if (!isRefusal || !phoneSystem(request.system)?.takesOnly200) throw error;
    const { body, headers } = problemResponse(error, c.get('requestId'));
    return new Response(body, { status: 200, headers });
  }
}

async function triggerAt(env: Env, { token, environment, useCase }: HookAddress): Promise<Trigger> {
  const isHere = environment === undefined || environment === NAME_IN_ADDRESS[env.ENVIRONMENT];
  const trigger = isHere && TOKEN.test(token) ? await triggerByToken(env.DB, token) : null;
  if (!trigger || (useCase !== undefined && useCase !== trigger.useCase))
    throw new Problem('unknown-trigger');
  return trigger;
}

async function fired(env: Env, trigger: Trigger, request: TriggerRequest, now: number): Promise<HookAnswer> {
  const { isOn, practiceId, line, useCase, language, text } = trigger;
  const { happened } = request;
  if (happened === 'other') return { result: 'skipped', reason: 'other-event' };
  const decided = decideTrigger({
    caller: request.caller,
    happenedAt: request.happenedAt,
    now,
    isOn,
    isDryRun: request.isDryRun,
    ...(await neverTexted(env.DB)),
  });
  if (happened === 'answered' && decided.decision !== 'refuse')
    return { result: 'skipped', reason: 'answered' };
  switch (decided.decision) {
    case 'refuse':
      throw new Problem(decided.problem);
    case 'skip':
      return { result: 'skipped', reason: decided.reason };
    case 'text': {
      const { caller } = decided;
      const { callId, waitedSeconds } = request;
      const messageId = await messageIdOf(line.id, caller, callId);
      return record(env, {
        messageId,
        practiceId,
        line,
        caller,
        useCase,
        language,
        text,
        firedAt: now,
        waitedSeconds,
        lineType: null,
      });
    }
  }
}

async function record(env: Env, firing: Firing): Promise<HookAnswer> {
  const conversation = conversationOf(env, firing.line.id, firing.caller);
  const { outcome } = await fire(env, conversation, firing).catch((error: unknown) => {
    throw isBusy(error) ? new Problem('unavailable', { retryAfter: RETRY_AFTER_SECONDS }) : error;
  });
  const id = conversation.id.toString();
  return outcome === 'texting'
    ? { result: 'texting', conversation: id }
    : { result: 'skipped', reason: outcome, conversation: id };
}

/** The runtime marks its own errors so: an object that has too much to do, or that was just restarted. */
function isBusy(error: unknown): boolean {
  const { overloaded, retryable } = error as { overloaded?: unknown; retryable?: unknown };
  return overloaded === true || retryable === true;
}

function wrongMethod(requestId: string): Response {
  const response = problemResponse(new Problem('wrong-method'), requestId);
  response.headers.set('Allow', 'GET, POST');
  return response;
}
