/** How a carrier is asked whether it knows us: never throws, and says in words what to do. */
import type { CarrierName } from '../domain/calls/firing.ts';
import type { CarrierCheck } from '../domain/practice/line-settings.ts';
import type { Env } from '../env.ts';
import { carrierOf } from './carrier.ts';
import { missingSettings } from './carrier-settings.ts';

export async function checkCarrier(env: Env, name: CarrierName, number: string): Promise<CarrierCheck> {
  const missing = missingSettings(env, name);
  if (missing.length > 0)
    return { isGood: false, words: `Not set on this deployment: ${missing.join(', ')}.` };
  try {
    return await carrierOf(name).check(env, number);
  } catch (error) {
    console.warn('a carrier could not be asked', { carrier: name, error: String(error) });
    return { isGood: false, words: 'The carrier could not be reached. Try again in a minute.' };
  }
}
