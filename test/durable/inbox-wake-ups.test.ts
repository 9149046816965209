import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Job, RETRY_MS, WakeUps } from '../../durable/inbox-wake-ups.ts';
import { emptyData } from '../empty-data.ts';
import { conversationOf, firing, inboxOf } from './firing.ts';

beforeEach(emptyData);

const HOUR_MS = 3_600_000;

/** A job whose times are stored elsewhere, as those of a real one are. */
function job(name: string, times: number[], work: () => void | Promise<void> = () => {}) {
  const runs: number[] = [];
  const made: Job & { runs: number[]; times: number[] } = {
    name,
    runs,
    times,
    dueAt: () => times[0] ?? null,
    run: async (now) => {
      runs.push(now);
      await work();
      times.shift();
    },
  };
  return made;
}

/** With the alarm of a real object; it is left as it was found. */
const withStorage = (body: (storage: DurableObjectStorage) => Promise<void>) =>
  runInDurableObject(inboxOf(), async (_, { storage }) => {
    await body(storage);
    await storage.deleteAlarm();
  });

describe('the one alarm of an inbox', () => {
  it('is set to the earliest of all jobs, and nothing that is due later puts it off', () =>
    withStorage(async (storage) => {
      const now = Date.now();
      const jobs = [job('one', [now + 3 * HOUR_MS]), job('other', [now + HOUR_MS])];
      const wakeUps = new WakeUps(storage, jobs);
      wakeUps.wakeBy(now + 3 * HOUR_MS);
      expect(await storage.getAlarm()).toBe(now + HOUR_MS);
      const set = vi.spyOn(storage, 'setAlarm');
      wakeUps.wakeBy(now + 2 * HOUR_MS);
      expect(set).not.toHaveBeenCalled();
      wakeUps.wakeBy(now + HOUR_MS / 2);
      expect(await storage.getAlarm()).toBe(now + HOUR_MS / 2);
    }));

  it('that was set before an eviction is not put off by what comes after it', () =>
    withStorage(async (storage) => {
      const now = Date.now();
      const early = job('early', [now + HOUR_MS]);
      new WakeUps(storage, [early]).wakeBy(now + HOUR_MS);
      const late = job('late', [now + 2 * HOUR_MS]);
      new WakeUps(storage, [early, late]).wakeBy(now + 2 * HOUR_MS);
      expect(await storage.getAlarm()).toBe(now + HOUR_MS);
    }));

  it('gives a turn to those that are due and to no other, and goes only when nothing is left', () =>
    withStorage(async (storage) => {
      const now = Date.now();
      const [due, later] = [job('due', [now]), job('later', [now + HOUR_MS])];
      const wakeUps = new WakeUps(storage, [due, later]);
      await wakeUps.ring();
      expect([due.runs.length, later.runs.length]).toEqual([1, 0]);
      expect(await storage.getAlarm()).toBe(now + HOUR_MS);
      later.times.shift();
      await wakeUps.ring();
      expect(await storage.getAlarm()).toBeNull();
    }));

  it('survives a job that fails: the others have their turn, and it is tried again', () =>
    withStorage(async (storage) => {
      vi.spyOn(console, 'error').mockImplementationOnce(() => {});
      const now = Date.now();
      const failing = job('failing', [now], () => {
        throw new Error('no');
      });
      const well = job('well', [now]);
      await new WakeUps(storage, [failing, well]).ring();
      expect([failing.runs.length, well.runs.length]).toEqual([1, 1]);
      const again = (await storage.getAlarm()) ?? 0;
      expect(again).toBeGreaterThanOrEqual(now + RETRY_MS);
      expect(again).toBeLessThan(now + 2 * RETRY_MS);
    }));

  it('is set while a turn goes on, in case the turn dies', () =>
    withStorage(async (storage) => {
      const seen: (number | null)[] = [];
      const watching = job('watching', [Date.now()], async () => {
        seen.push(await storage.getAlarm());
      });
      await new WakeUps(storage, [watching]).ring();
      expect(seen).toEqual([expect.any(Number)]);
    }));

  it('keeps what became due while a turn went on', () =>
    withStorage(async (storage) => {
      const now = Date.now();
      const later = job('later', []);
      const busy = job('busy', [now], () => {
        later.times.push(now + HOUR_MS);
        wakeUps.wakeBy(now + HOUR_MS);
      });
      const wakeUps = new WakeUps(storage, [busy, later]);
      await wakeUps.ring();
      expect(await storage.getAlarm()).toBe(now + HOUR_MS);
    }));
});

it('a rebuild goes on after the inbox was evicted in the midst of it', async () => {
  await conversationOf().fire(firing());
  await vi.waitFor(async () =>
    expect((await inboxOf().page('open', 'ana', null)).conversations).toHaveLength(1),
  );
  await inboxOf().rebuild();
  await evictDurableObject(inboxOf());
  await runDurableObjectAlarm(inboxOf());
  await vi.waitFor(async () =>
    expect((await inboxOf().page('open', 'ana', null)).conversations).toHaveLength(1),
  );
});
