import type { CarriedText } from '../carriers/webhooks.ts';
import { afterHoursAt } from '../domain/after-hours.ts';
import type { Env } from '../env.ts';
import { scheduleOf } from '../practices/hours.ts';
import type { LineOfPractice } from '../practices/lines.ts';
import { neverTexted } from '../practices/never-texted.ts';
import { conversationOf } from './conversation-address.ts';
import { matchCaller } from './match-caller.ts';

/** Later than that, "we are closed" would answer something long past. */
const REPLY_AFTER_HOURS_WITHIN_MS = 15 * 60_000;

/** Hands a text to its conversation, whether a webhook brought it or the carrier had to be asked for it. */
export async function receiveText(
  env: Env,
  { practiceId, practiceName, line }: LineOfPractice,
  { messageId, from, body, media: carried, at }: CarriedText,
  { isRecovered }: { isRecovered: boolean },
): Promise<'received' | 'duplicate'> {
  const now = Date.now();
  const matching = matchCaller(env, { practiceId, lineId: line.id, caller: from });
  const isLate = isRecovered && now - at > REPLY_AFTER_HOURS_WITHIN_MS;
  const hours = isLate ? null : await scheduleOf(env.DB, practiceId, line.id);
  const afterHours = hours && afterHoursAt(hours, now);
  const doNotText = (await neverTexted(env.DB)).doNotText.has(from);
  const practice = { practiceId, practiceName, line, afterHours, doNotText };
  const media = carried.map((one) => ({ ...one, carrier: line.carrier }));
  const match = await matching.inTime;
  const text = { ...practice, messageId, caller: from, body, media, at, isRecovered, match };
  const { outcome } = await conversationOf(env, line.id, from).receive(text);
  matching.seeToLate();
  return outcome;
}
