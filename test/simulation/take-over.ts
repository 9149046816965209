import type { Carrier } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** What the objects take from their surroundings, for as long as the run lasts. */
export function takeOver(
  clock: Clock,
  random: Random,
  carrier: Pick<Carrier, 'send' | 'lookUp'>,
): () => void {
  const before = {
    now: Date.now,
    random: Math.random,
    error: console.error,
    randomUUID: crypto.randomUUID,
    carrier: { ...simulator },
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
  };
  Date.now = () => clock.now();
  Math.random = () => random.unit();
  console.error = () => {};
  let made = 0;
  Object.assign(crypto, { randomUUID: () => `made-${++made}` });
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms?: number) => clock.setTimer(run, ms),
    clearTimeout: (timer: number | null) => clock.clearTimer(timer),
    WebSocketRequestResponsePair: class {},
  });
  Object.assign(simulator, {
    answersKeywords: false,
    send: carrier.send.bind(carrier),
    lookUp: carrier.lookUp.bind(carrier),
  });
  return () => {
    Date.now = before.now;
    Math.random = before.random;
    console.error = before.error;
    Object.assign(crypto, { randomUUID: before.randomUUID });
    Object.assign(globalThis, { setTimeout: before.setTimeout, clearTimeout: before.clearTimeout });
    Object.assign(simulator, before.carrier);
  };
}
