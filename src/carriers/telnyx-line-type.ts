/** Telnyx Number Lookup: https://developers.telnyx.com/docs/identity/number-lookup. Each answer is billed. */
import * as z from 'zod';
import type { LineType } from '../domain/calls/firing.ts';

const lookedUp = z.object({ data: z.object({ carrier: z.object({ type: z.string().nullish() }) }) });

/** Of its types, those that say something about texts; “fixed line or mobile” does not. */
const LINE_TYPES: ReadonlyMap<string, LineType> = new Map([
  ['mobile', 'mobile'],
  ['fixed line', 'landline'],
  ['voip', 'voip'],
]);

export function telnyxLineTypePath(number: string): string {
  return `/v2/number_lookup/${encodeURIComponent(number)}?type=carrier`;
}

export function telnyxLineTypeIn(answer: unknown): LineType {
  const type = lookedUp.safeParse(answer).data?.data.carrier.type ?? '';
  return LINE_TYPES.get(type) ?? 'unknown';
}
