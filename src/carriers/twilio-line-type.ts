/** Twilio Lookup: https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence. Each answer is billed. */
import * as z from 'zod';
import type { LineType } from '../domain/calls/firing.ts';

const lookedUp = z.object({ line_type_intelligence: z.object({ type: z.string().nullish() }) });

/** Of its types, those that say something about texts; `personal`, `pager`, `voicemail` and the like do not. */
const LINE_TYPES: ReadonlyMap<string, LineType> = new Map([
  ['mobile', 'mobile'],
  ['landline', 'landline'],
  ['fixedVoip', 'voip'],
  ['nonFixedVoip', 'voip'],
]);

export function twilioLineTypePath(number: string): string {
  return `/v2/PhoneNumbers/${encodeURIComponent(number)}?Fields=line_type_intelligence`;
}

export function twilioLineTypeIn(answer: unknown): LineType {
  const type = lookedUp.safeParse(answer).data?.line_type_intelligence.type ?? '';
  return LINE_TYPES.get(type) ?? 'unknown';
}
