/** What kind of line a number is, as its carrier says; in time, and never in the way of a text. */
import type { CarrierName, LineType } from '../domain/calls/firing.ts';
import type { Env } from '../env.ts';
import { carrierOf } from './carrier.ts';

/** `unknown` where the carrier does not answer in time, or not in a way that we understand. */
export async function lineTypeOf(env: Env, carrier: CarrierName, number: string): Promise<LineType> {
  try {
    return (await carrierOf(carrier).lineTypeOf?.(env, number)) ?? 'unknown';
  } catch (error) {
    // Its name only: the message may hold the address, and so the number.
    console.error('a line type was not found out', { carrier, error: (error as Error).name });
    return 'unknown';
  }
}
