import type { CarriedText } from '../../carriers/webhooks.ts';
import { afterHoursAt, emergencyAt } from '../../domain/hours/after-hours.ts';
import type { Env } from '../../env.ts';
import { scheduleOf } from '../../practices/hours.ts';
import type { LineOfPractice } from '../../practices/lines.ts';
import { neverTexted } from '../../practices/never-texted.ts';
import { redFlagsOf } from '../../practices/waiting.ts';
import { matchCaller } from '../calls/match-caller.ts';
import { conversationOf } from '../conversations/conversation-address.ts';

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
  const [hours, flags, never] = await Promise.all([
    isLate ? null : scheduleOf(env.DB, practiceId, line.id),
    redFlagsOf(env.DB, practiceId),
    neverTexted(env.DB),
  ]);
  const redFlag = flags.find(body)[0]?.phrase ?? null;
  const closed = hours && {
    afterHours: afterHoursAt(hours, now),
    emergency: redFlag === null ? null : emergencyAt(hours, flags.emergencyText, now),
  };
  const { afterHours = null, emergency = null } = closed ?? {};
  const doNotText = never.doNotText.has(from);
  const practice = { practiceId, practiceName, line, redFlag, afterHours, emergency, doNotText };
  const media = carried.map((one) => ({ ...one, carrier: line.carrier }));
  const match = await matching.inTime;
  const text = { ...practice, messageId, caller: from, body, media, at, isRecovered, match };
  const { outcome } = await conversationOf(env, line.id, from).receive(text);
  matching.seeToLate();
  return outcome;
}
