import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { placeOnLine } from '../../durable/line-pacer.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, firing, LINE } from './firing.ts';

const SLOW = { ...LINE, segmentsPerSecond: 1 };
const START = 1_800_000_000_000;

const wanted = (segments: number, segmentsPerSecond = 1) => ({
  segments,
  segmentsPerSecond,
  expiresAt: null,
});

const sent: { to: string; at: number }[] = [];

beforeEach(async () => {
  await emptyData();
  await abortAllDurableObjects();
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  sent.length = 0;
  vi.spyOn(simulator, 'send').mockImplementation(async (_, { to }) => {
    sent.push({ to, at: Date.now() });
    return { outcome: 'accepted', carrierId: to };
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the pacer of a line', () => {
  it('gives out places one after the other, longer texts taking more', async () => {
    const takePlace = (segments: number) => placeOnLine(env.LINE_PACER, 'line', wanted(segments, 2));
    const places = [await takePlace(1), await takePlace(2), await takePlace(1), await takePlace(1)];
    expect(places).toEqual([START, START + 500, START + 1500, START + 2000]);
    vi.setSystemTime(START + 60_000);
    expect(await takePlace(1)).toBe(START + 60_000);
  });

  it('keeps the lines apart', async () => {
    await placeOnLine(env.LINE_PACER, 'one', wanted(5));
    expect(await placeOnLine(env.LINE_PACER, 'other', wanted(1))).toBe(START);
  });

  it('that is lost costs no more than one burst', async () => {
    await placeOnLine(env.LINE_PACER, 'line', wanted(100));
    await abortAllDurableObjects();
    expect(await placeOnLine(env.LINE_PACER, 'line', wanted(1))).toBe(START);
  });

  it('that says nothing holds nothing up for long', async () => {
    vi.useFakeTimers({ now: START });
    const silent = { idFromName: () => null, get: () => ({ fetch: () => new Promise(() => {}) }) };
    const asked = placeOnLine(silent as unknown as DurableObjectNamespace, 'line', wanted(1));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toBe(0);
  });

  it('that cannot be asked holds nothing up', async () => {
    const broken = {
      idFromName: () => null,
      get: () => ({ fetch: () => Promise.reject(new Error('gone')) }),
    };
    expect(await placeOnLine(broken as unknown as DurableObjectNamespace, 'line', wanted(1))).toBe(0);
  });
});

describe('a burst of hang-ups', () => {
  const callers = Array.from({ length: 30 }, (_, n) => `+1206202${String(2000 + n)}`);

  /** Lets the clock run, and with it the alarms of all callers. */
  async function runFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      vi.setSystemTime(Date.now() + 1000);
      for (const caller of callers) await runDurableObjectAlarm(conversationOf(caller));
    }
  }

  it('leaves in order and at the pace of the line, while a reply does not wait', async () => {
    for (const caller of callers) {
      await conversationOf(caller).fire(firing({ caller, line: SLOW, firedAt: Date.now() }));
    }
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const reply = { id: crypto.randomUUID(), body: 'We are here now' };
    const last = callers.at(-1) ?? '';
    await conversationOf(last).reply(ACCESS, reply);
    await vi.waitFor(() => expect(sent.map(({ to }) => to)).toEqual([callers[0], last]));
    expect(sent[1]?.at).toBeLessThan(START + 1000);
    await runFor(callers.length + 5);
    const automatic = sent.filter((_, index) => index !== 1);
    expect(automatic.map(({ to }) => to)).toEqual(callers);
    automatic.forEach(({ at }, index) => {
      expect(at).toBeGreaterThanOrEqual(START + index * 1000);
    });
  });
});
