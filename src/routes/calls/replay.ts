import { type Activity, REFUSALS } from '../../domain/activity/activity.ts';
import type { Replayed } from '../../domain/activity/activity-entry.ts';
import type { Env } from '../../env.ts';
import { readRequest } from '../../phone-systems/phone-systems.ts';
import { type Trigger, triggersOfLine } from '../../practices/triggers.ts';
import { Problem } from '../../problem.ts';
import { bodyOfTrigger, fieldsOfRequest } from '../triggers/trigger-body.ts';
import { requestAgain } from './received-request.ts';
import { fireTrigger } from './trigger-firing.ts';

/** A request once more, through the same decisions as a new call of the same caller, now. Nothing comes of it. */
export async function replay(
  env: Env,
  practiceId: string,
  activity: Activity,
  now: number,
): Promise<Replayed> {
  const trigger = (await triggersOfLine(env.DB, activity.line.id)).find(
    (one) => one.id === activity.trigger.id && one.practiceId === practiceId,
  );
  if (trigger === undefined)
    throw new Problem('cannot-replay', { message: 'The trigger of this call is no longer there.' });
  const request = requestAgain(activity.request);
  if (request === null) throw new Problem('cannot-replay');
  try {
    return await decided(env, trigger, activity, request, now);
  } catch (error) {
    const outcome = error instanceof Problem && REFUSALS.find((code) => code === error.code);
    if (!outcome || outcome === 'unavailable') throw error;
    return { outcome, decisions: [{ check: 'request', isPassed: false, words: error.message }] };
  }
}

async function decided(
  env: Env,
  trigger: Trigger,
  { request: received, at }: Activity,
  request: Request,
  now: number,
): Promise<Replayed> {
  const fields = await fieldsOfRequest(request, await bodyOfTrigger(request));
  const read = readRequest(trigger.phoneSystem, fields, at);
  if (read.happened === 'answered') {
    throw new Problem('cannot-replay', {
      message: 'This request told of a caller who got through. There is nothing to decide again.',
    });
  }
  const { answer, activity } = await fireTrigger(
    env,
    { trigger, received, at: now },
    {
      ...read,
      isDryRun: true,
      // Another call, as long ago now as the first one was then.
      callId: `replay ${crypto.randomUUID()}`,
      happenedAt: read.happenedAt === null ? null : read.happenedAt + (now - at),
    },
  );
  if (activity !== null) return { outcome: activity.outcome, decisions: activity.decisions };
  throw answer instanceof Problem ? answer : new Problem('internal');
}
