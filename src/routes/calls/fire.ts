import type { Conversation } from '../../../durable/conversation.ts';
import type { FireResult } from '../../../durable/fire.ts';
import { lineTypeOf } from '../../carriers/line-type.ts';
import type { Firing } from '../../domain/calls/firing.ts';
import type { Env } from '../../env.ts';

export type Decided = Exclude<FireResult, { outcome: 'look-up-first' }>;

/** One call to the conversation; two where it wants to know first what the carrier says about the caller's number. */
export async function fire(
  env: Env,
  conversation: DurableObjectStub<Conversation>,
  firing: Firing,
): Promise<Decided> {
  const first: FireResult = await conversation.fire(firing);
  if (first.outcome !== 'look-up-first') return first;
  const lineType = await lineTypeOf(env, firing.line.carrier, firing.caller);
  const second: FireResult = await conversation.fire({ ...firing, lineType });
  if (second.outcome === 'look-up-first') throw new Error('a line type that was looked up was not taken');
  return second;
}
