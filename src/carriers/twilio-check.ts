/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource: the numbers of the account, by number. */
import * as z from 'zod';
import type { CarrierCheck } from '../domain/practice/line-settings.ts';
import type { Env } from '../env.ts';
import { accountOf, ask, jsonOf } from './twilio-account.ts';

const numbers = z.object({
  incoming_phone_numbers: z.array(z.object({ capabilities: z.object({ sms: z.boolean() }).nullish() })),
});

export async function checkTwilio(env: Env, number: string): Promise<CarrierCheck> {
  const account = accountOf(env);
  if (account === null) return { isGood: false, words: 'The settings for Twilio are missing.' };
  const query = new URLSearchParams({ PhoneNumber: number, PageSize: '1' });
  const response = await ask(
    account,
    account.path.replace('/Messages.json', `/IncomingPhoneNumbers.json?${query}`),
  );
  if (response.status === 401 || response.status === 403 || response.status === 404)
    return bad('Twilio does not know these credentials. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.');
  const { data } = numbers.safeParse(await jsonOf(response));
  if (!response.ok || data === undefined) return bad(`Twilio answered ${response.status}. Try again later.`);
  const [found] = data.incoming_phone_numbers;
  if (found === undefined)
    return bad('Twilio knows the credentials, but this account does not have the number.');
  if (found.capabilities?.sms === false)
    return bad('This account has the number, but Twilio cannot text from it.');
  return { isGood: true, words: 'Twilio knows the credentials, and the account has this number.' };
}

function bad(words: string): CarrierCheck {
  return { isGood: false, words };
}
