import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextOut } from '../../src/carriers/carrier.ts';
import { forgetHours } from '../../src/practices/hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData } from '../empty-data.ts';
import { EVERY_CARRIER, eventually, taking, unset, use } from './every-carrier.ts';

/** Lakeside is open on weekdays from 8 to 12 and from 13 to 17, in Los Angeles. */

const MINUTE_MS = 60_000;
const [simulator] = EVERY_CARRIER;
if (simulator === undefined) throw new Error('there is a simulated carrier');

let taken: TextOut[];
let made = 0;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await use(simulator);
  taken = taking(simulator);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  unset();
});

/** Hours are read at most every ten seconds, by a clock that is set here. */
function at(moment: string | number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
  forgetHours();
}

async function says(from: string, ...bodies: string[]): Promise<void> {
  const webhooks = await Promise.all(
    bodies.map((body) => {
      made += 1;
      return simulator?.text({ id: `t-${made}`, from, body });
    }),
  );
  for (const answer of await Promise.all(webhooks.map((send) => send?.()))) expect(answer?.ok).toBe(true);
}

async function repliesTo(caller: string): Promise<number> {
  await runDurableObjectAlarm(conversationOf(env, 'lakeside-main', caller));
  return taken.filter(({ to }) => to === caller).length;
}

describe('the after-hours reply, in one closed period', () => {
  it('is sent once to each caller, however many texts come at once', async () => {
    at('2026-11-23T19:00-08:00');
    const callers = Array.from({ length: 5 }, (_, n) => `+1206202${3_000 + n}`);
    await Promise.all(callers.map((caller) => says(caller, '1', '2', '3', '4', '5', '6', '7', '8', '9')));
    for (const caller of callers) expect(await repliesTo(caller)).toBe(1);
    at('2026-11-23T23:59-08:00');
    await Promise.all(callers.map((caller) => says(caller, 'Still there?', 'Hello?')));
    for (const caller of callers) expect(await repliesTo(caller)).toBe(1);
    // The next period: lunch.
    at('2026-11-24T12:30-08:00');
    await Promise.all(callers.map((caller) => says(caller, 'And now?', 'Hello?')));
    for (const caller of callers) expect(await repliesTo(caller)).toBe(2);
  });

  it('is told five times in one webhook and sent once', async () => {
    at('2026-11-23T19:00-08:00');
    const caller = '+12062023100';
    const text = await simulator?.text({ id: 'one', from: caller, body: 'Hello?' });
    await Promise.all([1, 2, 3, 4, 5].map(() => text?.()));
    expect(await repliesTo(caller)).toBe(1);
  });

  it.each([
    ['goes back', '2026-10-30T17:05-07:00', '2026-11-02T07:55-08:00'],
    ['goes ahead', '2027-03-12T17:05-08:00', '2027-03-15T07:55-07:00'],
  ])('is one over a weekend in which the clock %s', async (_, from, until) => {
    const caller = '+12062023200';
    let hours = 0;
    // Every quarter of an hour in the night of the change, else every three hours.
    for (let now = Date.parse(from); now <= Date.parse(until); hours += 1) {
      at(now);
      await says(caller, `Text ${hours}`);
      // It has left before the clock is set again, which would make it too late.
      if (hours === 0) await eventually(async () => expect(await repliesTo(caller)).toBe(1));
      const isNight =
        now > Date.parse(until) - 33 * 60 * MINUTE_MS && now < Date.parse(until) - 27 * 60 * MINUTE_MS;
      now += (isNight ? 15 : 180) * MINUTE_MS;
    }
    expect(hours).toBeGreaterThan(30);
    expect(await repliesTo(caller)).toBe(1);
    at(Date.parse(until) + 10 * MINUTE_MS);
    await says(caller, 'Good morning');
    expect(await repliesTo(caller)).toBe(1);
    at(Date.parse(until) + 10 * 60 * MINUTE_MS);
    await says(caller, 'Good evening');
    expect(await repliesTo(caller)).toBe(2);
  });

  it('never answers a machine, which would answer it, nor who opted out', async () => {
    at('2026-11-23T19:00-08:00');
    const [machine, gone] = ['+12062023300', '+12062023301'];
    for (let n = 0; n < 5; n += 1) {
      await says(machine, 'Auto-reply: I am away.', 'Out of office until Monday.');
    }
    expect(await repliesTo(machine)).toBe(0);
    // A person at the same number gets it.
    await says(machine, 'Now I am here');
    expect(await repliesTo(machine)).toBe(1);
    await says(gone, 'STOP');
    expect(await repliesTo(gone)).toBe(1);
    await Promise.all([says(gone, 'Hello?'), says(gone, 'STOP'), says(gone, 'Are you open?')]);
    expect(await repliesTo(gone)).toBe(1);
    expect(taken.at(-1)?.body).toContain('you will get no more texts');
  });
});
