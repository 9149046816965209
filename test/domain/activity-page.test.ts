import { describe, expect, it } from 'vitest';
import { entryOf } from '../../src/domain/activity/activity-entry.ts';
import type { CallBack } from '../../src/domain/calls/call-back.ts';
import { openedCallBack } from '../../src/domain/calls/call-back-rules.ts';
import { formatAfter, formatDecided } from '../../ui/pages/activity/activity-format.ts';
import {
  caughtUp,
  entryCame,
  firstPage,
  freshShown,
  isAskedFor,
  NO_ENTRIES,
  pageAdded,
} from '../../ui/pages/activity/entries.ts';
import { emptyQueue, withCallBack, withPage } from '../../ui/pages/call-backs/queue.ts';
import { activity } from '../durable/activity.ts';

const entry = (changes: Parameters<typeof activity>[0] = {}) => entryOf(activity(changes), null, 'whole');
const idsOf = (all: { id: string }[]) => all.map(({ id }) => id);

describe('the list of activity on screen', () => {
  it('puts what comes on top, and what is known in its place', () => {
    const [one, two] = [entry({ at: 1 }), entry({ at: 2 })];
    const shown = entryCame(entryCame(NO_ENTRIES, one, false), two, false);
    expect(idsOf(shown.shown)).toEqual([two.id, one.id]);
    const failed = { ...one, failure: 'landline' } as const;
    expect(entryCame(shown, failed, true).shown).toEqual([two, failed]);
  });

  it('keeps what comes while somebody reads further down until they ask for it', () => {
    const [one, two, three] = [entry({ at: 1 }), entry({ at: 2 }), entry({ at: 3 })];
    const reading = entryCame(entryCame(firstPage([one], null), two, true), three, true);
    expect([idsOf(reading.shown), idsOf(reading.fresh)]).toEqual([[one.id], [three.id, two.id]]);
    expect(idsOf(entryCame(reading, { ...two, outcome: 'cancelled' }, true).fresh)).toEqual([
      three.id,
      two.id,
    ]);
    expect(idsOf(freshShown(reading).shown)).toEqual([three.id, two.id, one.id]);
  });

  it('shows nothing twice that two pages have', () => {
    const [one, two] = [entry({ at: 1 }), entry({ at: 2 })];
    expect(pageAdded(firstPage([two, one], 'x'), [one], null)).toMatchObject({
      shown: [two, one],
      nextCursor: null,
    });
  });

  it('catches up on what came without a connection, and keeps the pages that were loaded', () => {
    const [one, two, three] = [entry({ at: 1 }), entry({ at: 2 }), entry({ at: 3 })];
    const before = pageAdded(firstPage([two], 'x'), [one], null);
    const cancelled = { ...two, outcome: 'cancelled' } as const;
    expect(caughtUp(before, [three, cancelled], 'x', false)).toEqual({
      shown: [three, cancelled, one],
      fresh: [],
      nextCursor: null,
    });
    expect(idsOf(caughtUp(before, [three, two], 'x', true).fresh)).toEqual([three.id]);
    // More came than a page holds: what lies between is on the pages that follow.
    expect(caughtUp(before, [three], 'y', false)).toEqual(firstPage([three], 'y'));
    expect(caughtUp(NO_ENTRIES, [one], null, false)).toEqual(firstPage([one], null));
  });

  it('takes what the server would list for the same question', () => {
    const withheld = entry({ outcome: 'withheld', caller: 'anonymous' });
    expect(isAskedFor(withheld, { outcome: '', typed: '' })).toBe(true);
    expect(isAskedFor(withheld, { outcome: 'no-text', typed: 'anon' })).toBe(true);
    expect(isAskedFor(withheld, { outcome: 'texting', typed: '' })).toBe(false);
    expect(isAskedFor(withheld, { outcome: 'not-delivered', typed: '' })).toBe(false);
    expect(isAskedFor(entry(), { outcome: '', typed: '(206) 2' })).toBe(true);
    expect(isAskedFor(entry(), { outcome: '', typed: '0124' })).toBe(false);
    expect(isAskedFor(entry(), { outcome: '', typed: '()' })).toBe(false);
  });

  it('says times in few characters', () => {
    expect([3, 999, 1500].map(formatDecided)).toEqual(['3 ms', '999 ms', '1.5 s']);
    expect([0, 400, 12_000, 180_000].map(formatAfter)).toEqual(['at once', '+0.4 s', '+12 s', '+3 min']);
  });
});

describe('the queue of call-backs on screen', () => {
  const callBack = (since: number, changes: Partial<CallBack> = {}): CallBack => {
    const { id, line } = activity({ at: since });
    const first = {
      id,
      line,
      caller: '+12062020123',
      conversationId: null,
      reason: 'landline',
      since,
    } as const;
    return { ...openedCallBack(first), ...changes };
  };
  const closedAt = (at: number) => ({ closed: { at, by: 'Ana', outcome: 'reached', note: null } as const });

  it('is oldest first, and whoever is done leaves it', () => {
    const [one, two] = [callBack(1), callBack(2)];
    const queue = withCallBack(withPage(emptyQueue('open'), [two], null, true), one);
    expect(idsOf(queue.callBacks)).toEqual([one.id, two.id]);
    expect(idsOf(withCallBack(queue, { ...one, ...closedAt(9) }).callBacks)).toEqual([two.id]);
    expect(withCallBack(queue, { ...two, calls: 2 }).callBacks[1]?.calls).toBe(2);
  });

  it('leaves what belongs below its last page to that page', () => {
    const [one, two, three] = [callBack(1), callBack(2), callBack(3)];
    const queue = withPage(emptyQueue('open'), [one, two], 'more', true);
    expect(idsOf(withCallBack(queue, three).callBacks)).toEqual([one.id, two.id]);
    expect(idsOf(withPage(queue, [two, three], null, false).callBacks)).toEqual([one.id, two.id, three.id]);
  });

  it('of closed ones has the latest on top, and lets go of what is opened again', () => {
    const [one, two] = [callBack(1, closedAt(5)), callBack(2, closedAt(9))];
    const queue = withCallBack(withCallBack(emptyQueue('closed'), one), two);
    expect(idsOf(queue.callBacks)).toEqual([two.id, one.id]);
    expect(idsOf(withCallBack(queue, { ...two, closed: null }).callBacks)).toEqual([one.id]);
  });
});
