/** What of the deployment's settings each carrier needs, and what has to be told to the carrier. */
import type { CarrierName } from '../domain/calls/firing.ts';
import type { CarrierOffer } from '../domain/practice/line-settings.ts';
import { publicOrigins } from '../domain/practice/public-origins.ts';
import type { Env } from '../env.ts';
import { carrierOf } from './carrier.ts';

const SETTINGS = {
  simulator: ['SIMULATOR_SECRET'],
  twilio: ['PUBLIC_ORIGIN', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  telnyx: ['PUBLIC_ORIGIN', 'TELNYX_API_KEY', 'TELNYX_PUBLIC_KEY'],
  kannel: [
    'PUBLIC_ORIGIN',
    'KANNEL_SENDSMS_URL',
    'KANNEL_USERNAME',
    'KANNEL_PASSWORD',
    'KANNEL_CALLBACK_TOKEN',
  ],
} as const satisfies Record<CarrierName, readonly (keyof Env)[]>;

/** By name only. */
export function missingSettings(env: Env, carrier: CarrierName): string[] {
  return SETTINGS[carrier].filter((name) =>
    name === 'PUBLIC_ORIGIN' ? publicOrigins(env.PUBLIC_ORIGIN).givenOut === null : !env[name],
  );
}

/** Those that a line can have here. `origin` is our own, as the carrier reaches it. */
export function carrierOffers(env: Env, origin: string): CarrierOffer[] {
  const names = Object.keys(SETTINGS) as CarrierName[];
  return names
    .filter((name) => isCarrierHere(env, name))
    .map((name) => ({
      name,
      missing: missingSettings(env, name),
      addresses: addressesOf(name, origin),
      canLookUpLineType: carrierOf(name).lineTypeOf !== undefined,
    }));
}

/** Nothing is simulated for real callers. */
export function isCarrierHere(env: Env, name: CarrierName): boolean {
  return name !== 'simulator' || env.ENVIRONMENT !== 'production';
}

/** TOKEN stands for the secret, which is never shown. */
const KANNEL_QUERY = 'token=TOKEN&from=%p&to=%P&text=%b&coding=%c&charset=%C&id=%I&at=%T';

function addressesOf(name: CarrierName, origin: string): CarrierOffer['addresses'] {
  const base = `${origin}/carriers/${name}`;
  switch (name) {
    case 'simulator':
      return [];
    case 'kannel':
      return [{ what: 'texts', method: 'GET', url: `${base}/messages?${KANNEL_QUERY}` }];
    case 'twilio':
    case 'telnyx':
      return [
        { what: 'texts', method: 'POST', url: `${base}/messages` },
        { what: 'calls', method: 'POST', url: `${base}/voice` },
      ];
  }
}
