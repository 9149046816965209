import { expect, it, vi } from 'vitest';
import { describeWith } from '../real-program.ts';
import { clinicForAll } from './clinic.ts';

const CALLERS = 200;
const callers = Array.from({ length: CALLERS }, (_, index) => `206203${1001 + index}`);

/** Twenty hang up each second, and each hang-up is reported twice. */
const rush = { callers, perSecond: 20, holdMs: 300, to: 'hookedTwice' } as const;

/** What two busy cores need at most, many times over. */
const patience = { timeout: 40_000, interval: 1_000 };

describeWith(['kamailio', 'sipp'], 'a rush at a real phone system', () => {
  const lakeside = clinicForAll();

  it(`of ${CALLERS} callers who hang up within ten seconds: each is texted exactly once`, async () => {
    const clinic = lakeside();
    await clinic.phones.rush(rush);

    // Every report was answered with 200: once that a text leaves, once that this call is known.
    await vi.waitFor(() => expect(clinic.phones.fired).toHaveLength(2 * CALLERS), patience);
    expect(clinic.phones.fired.filter(({ status }) => status !== 200)).toEqual([]);

    await vi.waitFor(async () => {
      const counts = await Promise.all(callers.map(async (caller) => (await clinic.handset(caller)).length));
      expect(counts.filter((count) => count === 0)).toEqual([]);
    }, patience);

    // Only now, when a second text of anybody would have followed the first.
    const numbers = callers.map((caller) => `+1${caller}`);
    const activity = await vi.waitFor(async () => {
      const entries = await clinic.activityOf('206203');
      expect(entries).toHaveLength(2 * CALLERS);
      return entries;
    }, patience);
    for (const outcome of ['texting', 'duplicate']) {
      const of = activity.filter((entry) => entry.outcome === outcome).map(({ caller }) => caller);
      expect(of.toSorted()).toEqual(numbers);
    }
    const conversations = await clinic.conversations();
    expect(conversations.map(({ caller }) => caller.number).toSorted()).toEqual(numbers);
    expect(conversations.filter(({ lastSeq }) => lastSeq !== 1)).toEqual([]);
    for (const caller of callers) expect(await clinic.handset(caller)).toHaveLength(1);
  });
});
