/** How Twilio's API is asked: by which account, and with nothing thrown for what is not JSON. */
import type { Env } from '../env.ts';
import { fetchWithin } from './fetch-within.ts';

export interface TwilioAccount {
  base: string;
  /** Of its texts. */
  path: string;
  authorization: string;
}

/** Null, and a line in the log, where the settings are missing. */
export function accountOf(env: Env): TwilioAccount | null {
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = env;
  if (!sid || !token) {
    console.error('a line uses Twilio: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN');
    return null;
  }
  return {
    base: env.TWILIO_API_BASE || 'https://api.twilio.com',
    path: `/2010-04-01/Accounts/${encodeURIComponent(sid)}/Messages.json`,
    authorization: `Basic ${btoa(`${sid}:${token}`)}`,
  };
}

export function ask(
  { base, authorization }: TwilioAccount,
  path: string,
  init: RequestInit = {},
  timeoutMs?: number,
): Promise<Response> {
  const headers = { Authorization: authorization, Accept: 'application/json' };
  return fetchWithin(new URL(path, base).href, { ...init, headers }, timeoutMs);
}

export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
