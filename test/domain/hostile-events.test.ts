import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCaller } from '../../src/domain/numbers/phone-number.ts';
import { PHONE_SYSTEM_IDS } from '../../src/domain/triggers/phone-system-id.ts';
import { readRequest } from '../../src/phone-systems/phone-systems.ts';
import { fieldsOfJson, fieldsOfPairs } from '../../src/phone-systems/reading.ts';
import { CALLERS, hostileEvent, OTHERS, pairsOf } from './hostile-events.ts';

const NOW = Date.parse('2026-11-03T18:00:00Z');

const callers = new Set(CALLERS.map(numberIn));
const others = new Set(OTHERS.map(numberIn));

/** By which a trigger may name its phone system. */
const named = fc.constantFrom(null, null, ...PHONE_SYSTEM_IDS);

function numberIn(raw: string | null): string | null {
  const read = readCaller(raw ?? '');
  return read.kind === 'textable' ? read.number : null;
}

/** About as many as all practices of a city fire in a day. */
it('of 100,000 events with something amiss, each names its caller or nobody', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(hostileEvent, fc.boolean(), (event, isForm) => {
      const fields = isForm ? fieldsOfPairs(pairsOf(event)) : fieldsOfJson(event);
      const request = readRequest(null, fields, NOW);
      const number = numberIn(request.caller);
      // An `expect` for each would take most of the time.
      if (number !== null && !callers.has(number)) expect.fail(JSON.stringify(event));
      if ((request.caller === null) !== (request.callerFrom === null)) expect.fail(JSON.stringify(event));
      seen.set(request.system, (seen.get(request.system) ?? 0) + (number === null ? 0 : 1));
    }),
    { numRuns: 100_000 },
  );
  // Otherwise the events were so hostile that nobody was ever found.
  for (const system of seen.keys()) expect(seen.get(system), system).toBeGreaterThan(100);
  expect(seen.size).toBeGreaterThanOrEqual(12);
}, 240_000);

it('nor does a trigger that names the wrong phone system ever reach somebody else', () => {
  fc.assert(
    fc.property(hostileEvent, named, (event, name) => {
      const number = numberIn(readRequest(name, fieldsOfJson(event), NOW).caller);
      if (number !== null && others.has(number)) expect.fail(JSON.stringify([name, event]));
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
