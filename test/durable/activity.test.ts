import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { ActivityStore } from '../../durable/activity-store.ts';
import type { Activity } from '../../src/domain/activity/activity.ts';
import { ACTIVITIES_PER_PAGE, type ActivityPage } from '../../src/domain/activity/activity-entry.ts';
import { emptyData } from '../empty-data.ts';
import { activity, NOT_TEXTED } from './activity.ts';
import { inboxOf } from './firing.ts';
import { countRows } from './row-count.ts';

beforeEach(emptyData);

const ALL = { filter: null, triggerId: null, typed: '', sight: 'whole', after: null } as const;

async function outcomes(): Promise<string[]> {
  return (await inboxOf().activityPage(ALL)).activity.map(({ outcome }) => outcome);
}

async function recorded(...all: Activity[]): Promise<void> {
  for (const one of all) await inboxOf().recordActivity(one);
}

describe('what fired', () => {
  it('is one row, and none when it comes again', async () => {
    await inboxOf().activityPage(ALL);
    const rows = await countRows();
    const one = activity();
    await recorded(one);
    expect(rows.written()).toBe(1);
    await recorded(one, structuredClone(one));
    expect(rows.written()).toBe(1);
    rows.stop();
    expect(await outcomes()).toEqual(['texting']);
  });

  it('takes on what became of it, and does not wait again', async () => {
    const held = activity({ outcome: 'held', heldUntil: 5 });
    await recorded(held, { ...held, outcome: 'cancelled', heldUntil: null });
    expect(await outcomes()).toEqual(['cancelled']);
    await recorded(held);
    expect(await outcomes()).toEqual(['cancelled']);
  });

  it('in a flood is one entry with a count that grows', async () => {
    const one = activity({ outcome: 'too-many-requests', ...NOT_TEXTED });
    await recorded(one, { ...one, count: 40 });
    expect((await inboxOf().activityPage(ALL)).activity).toMatchObject([{ count: 40 }]);
  });

  it('is had again as it was', async () => {
    const one = activity();
    await recorded(one);
    expect(await inboxOf().activityWithId(one.id)).toEqual({ activity: one, failure: null });
    expect(await inboxOf().activityWithId('000000000-0000000000')).toBeNull();
  });

  it('outlives a rebuild of the inbox', async () => {
    await recorded(activity());
    await inboxOf().rebuild();
    expect(await outcomes()).toEqual(['texting']);
  });
});

describe('the list', () => {
  it('is newest first and paged without a gap or a repeat', async () => {
    const at = Date.now();
    const all = Array.from({ length: 2 * ACTIVITIES_PER_PAGE + 3 }, (_, n) =>
      activity({ at: at + (n >> 1) }),
    );
    await recorded(...all);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: ActivityPage = await inboxOf().activityPage({ ...ALL, after });
      seen.push(...page.activity.map(({ id }) => id));
      after = page.nextCursor;
    } while (after !== null);
    expect(seen).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  it('reads no more rows than it shows, plus one', async () => {
    await recorded(...Array.from({ length: 80 }, () => activity()));
    const rows = await countRows();
    await inboxOf().activityPage(ALL);
    expect(rows.read()).toBeLessThanOrEqual(ACTIVITIES_PER_PAGE + 1);
    rows.stop();
  });

  it('can be kept to an outcome, to what led to no text, and to a trigger', async () => {
    const held = activity({ outcome: 'held' });
    const withheld = activity({ outcome: 'withheld', caller: 'anonymous', ...NOT_TEXTED });
    const dry = activity({ outcome: 'dry-run', isDryRun: true, ...NOT_TEXTED });
    const other = activity({ trigger: { id: 'lakeside-hold-en', useCase: 'call-to-text', language: 'en' } });
    await recorded(held, withheld, dry, other);
    const idsOf = async (changes: object) =>
      (await inboxOf().activityPage({ ...ALL, ...changes })).activity.map(({ id }) => id);
    expect(await idsOf({ filter: 'withheld' })).toEqual([withheld.id]);
    expect(await idsOf({ filter: 'no-text' })).toEqual([withheld.id]);
    expect(await idsOf({ triggerId: 'lakeside-hold-en' })).toEqual([other.id]);
    expect(await idsOf({ filter: 'held', triggerId: 'lakeside-hold-en' })).toEqual([]);
  });

  it.each(['0123', '(206) 202-0123', '+1 206', '1-206-202-0123', '0012062020123', '202 01', '2'])(
    'finds a caller by %s',
    async (typed) => {
      const one = activity();
      await recorded(one, activity({ caller: '+13055550199' }));
      const found = (await inboxOf().activityPage({ ...ALL, typed })).activity.map(({ id }) => id);
      expect(found).toEqual([one.id]);
    },
  );

  it('finds what came instead of a number by its words, and nothing by signs', async () => {
    const one = activity({ outcome: 'withheld', caller: 'Anonymous', ...NOT_TEXTED });
    await recorded(one, activity());
    for (const [typed, found] of [
      ['anonym', 1],
      ['%', 0],
      ['()', 0],
      ["'", 0],
      ['0124', 0],
    ] as const) {
      expect((await inboxOf().activityPage({ ...ALL, typed })).activity, typed).toHaveLength(found);
    }
  });

  it('shows staff no number that no conversation shows, and finds it only by what they see or all of it', async () => {
    await recorded(activity({ outcome: 'stale', ...NOT_TEXTED }), activity({ caller: '+12062020188' }));
    const asStaff = async (typed: string) =>
      (await inboxOf().activityPage({ ...ALL, typed, sight: 'masked' })).activity.map(({ caller }) => caller);
    expect(await asStaff('')).toEqual(['+12062020188', '(206) 202-••23']);
    expect(await asStaff('0188')).toEqual(['+12062020188']);
    expect(await asStaff('0123')).toEqual([]);
    expect(await asStaff('206202')).toHaveLength(2);
    expect(await asStaff('(206) 202-0123')).toEqual(['(206) 202-••23']);
  });
});

describe('how a text fared', () => {
  it('is told at the entry that led to it, and taken back when it arrives after all', async () => {
    const [one, other] = [activity(), activity()];
    await recorded(one, other);
    const deliver = (failure: 'unreachable' | null) =>
      runInDurableObject(inboxOf(), (_, { storage }) =>
        new ActivityStore(storage.sql, storage.kv)
          .recordDelivery(one.at, one.messageId ?? '', failure)
          .map((found) => found.activity.id),
      );
    expect(await deliver('unreachable')).toEqual([one.id]);
    expect(await deliver('unreachable')).toEqual([]);
    const failed = await inboxOf().activityPage({ ...ALL, filter: 'not-delivered' });
    expect(failed.activity).toMatchObject([{ id: one.id, failure: 'unreachable' }]);
    expect(await deliver(null)).toEqual([one.id]);
    expect((await inboxOf().activityPage({ ...ALL, filter: 'not-delivered' })).activity).toEqual([]);
  });
});

describe('callers beyond text', () => {
  it('are counted by day and week', async () => {
    const now = Date.now();
    const week = now - 7 * 24 * 3600_000;
    const hidden = { outcome: 'withheld', caller: 'anonymous', ...NOT_TEXTED } as const;
    await recorded(
      activity({ ...hidden, at: now }),
      activity({ ...hidden, at: now - 1 }),
      activity({ ...hidden, at: week - 1 }),
      activity({ outcome: 'landline', at: week }),
      activity({ at: now }),
    );
    expect(await inboxOf().callersBeyondText({ today: now, week })).toEqual({
      withheld: { today: 1, week: 2 },
      'not-textable': { today: 0, week: 0 },
      landline: { today: 0, week: 1 },
      'opted-out': { today: 0, week: 0 },
    });
  });
});

describe('what is kept', () => {
  it('is neither too old nor too much: the oldest goes', async () => {
    const now = Date.now();
    const tooOld = activity({ at: now - 30 * 24 * 3600_000 - 1 });
    const young = Array.from({ length: 6 }, (_, n) => activity({ at: now - 600 + n }));
    await recorded(tooOld, ...young);
    const idsAfter = (most?: number) =>
      runInDurableObject(inboxOf(), (_, { storage }) => {
        new ActivityStore(storage.sql, storage.kv).prune(now, most);
        return storage.sql
          .exec('SELECT id FROM activities ORDER BY id')
          .toArray()
          .map(({ id }) => id);
      });
    expect(await idsAfter()).toEqual(young.map(({ id }) => id));
    expect(await idsAfter(4)).toEqual(young.slice(2).map(({ id }) => id));
    expect(await idsAfter(4)).toHaveLength(4);
  });

  it('is looked through now and then, by the chance in the id', async () => {
    const now = Date.now();
    await recorded(activity({ at: now - 40 * 24 * 3600_000 }), activity({ at: now }));
    expect(await outcomes()).toHaveLength(2);
    const one = activity({ at: now });
    await recorded({ ...one, id: `${one.id.slice(0, -2)}00` });
    expect(await outcomes()).toHaveLength(2);
  });
});

describe('strangers', () => {
  it('are counted by day, and nothing else of them is kept', async () => {
    const nobodys = inboxOf('*');
    await nobodys.countStranger(3, '2026-11-24');
    await nobodys.countStranger(2, '2026-11-25');
    await nobodys.countStranger(5, '2026-11-25');
    expect(await nobodys.strangers()).toEqual([
      { day: '2026-11-25', count: 7 },
      { day: '2026-11-24', count: 3 },
    ]);
  });

  it('of the last 90 days are kept', async () => {
    const nobodys = inboxOf('*');
    await runInDurableObject(nobodys, (inbox) => {
      for (let day = 0; day < 100; day += 1) {
        inbox.countStranger(1, new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
      }
    });
    expect(await nobodys.strangers()).toHaveLength(90);
    expect((await nobodys.strangers())[0]?.day).toBe('2026-04-10');
  });
});
