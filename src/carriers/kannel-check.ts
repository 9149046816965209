/**
 * `sendsms` without a receiver: Kannel looks at the credentials first and then refuses, so nothing is sent
 * with 400; whom it does not know it answers 403 (seen with Kannel 1.4.5).
 */
import type { CarrierCheck } from '../domain/practice/line-settings.ts';
import { fetchWithin } from './fetch-within.ts';

/** Of the deployment's settings. */
type KannelAccess = { [Name in 'KANNEL_SENDSMS_URL' | 'KANNEL_USERNAME' | 'KANNEL_PASSWORD']?: string };

export async function checkKannel(env: KannelAccess): Promise<CarrierCheck> {
  const address = URL.parse(env.KANNEL_SENDSMS_URL ?? '');
  if (address === null) return bad('KANNEL_SENDSMS_URL is not an address. Correct it.');
  address.searchParams.set('username', `${env.KANNEL_USERNAME}`);
  address.searchParams.set('password', `${env.KANNEL_PASSWORD}`);
  const { status } = await fetchWithin(address);
  if (status === 403)
    return bad('Kannel does not know these credentials. Check KANNEL_USERNAME and KANNEL_PASSWORD.');
  if (status === 400)
    return {
      isGood: true,
      words: 'Kannel answers, and knows the credentials. It cannot tell about numbers.',
    };
  return bad(`Kannel answered ${status}. Check that KANNEL_SENDSMS_URL is its sendsms address.`);
}

function bad(words: string): CarrierCheck {
  return { isGood: false, words };
}
