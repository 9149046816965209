/** https://developers.telnyx.com/api-reference/phone-number-configurations: the numbers of the account, by number. */
import * as z from 'zod';
import type { CarrierCheck } from '../domain/practice/line-settings.ts';

const numbers = z.object({ data: z.array(z.object({ messaging_profile_id: z.string().nullish() })) });

export function telnyxNumberPath(number: string): string {
  return `/v2/phone_numbers?${new URLSearchParams({ 'filter[phone_number]': number, 'page[size]': '1' })}`;
}

/** `answer`: the JSON of the response, or whatever came. */
export function telnyxCheckIn(status: number, answer: unknown): CarrierCheck {
  if (status === 401 || status === 403) return bad('Telnyx does not know this key. Check TELNYX_API_KEY.');
  const { data } = numbers.safeParse(answer);
  if (status !== 200 || data === undefined) return bad(`Telnyx answered ${status}. Try again later.`);
  const [found] = data.data;
  if (found === undefined) return bad('Telnyx knows the key, but this account does not have the number.');
  if (!found.messaging_profile_id)
    return bad('The account has this number, but no messaging profile: assign one in the portal.');
  return { isGood: true, words: 'Telnyx knows the key, and the number has a messaging profile.' };
}

function bad(words: string): CarrierCheck {
  return { isGood: false, words };
}
