import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { comparePlaces, cursorAfter } from '../../src/domain/inbox/inbox-view.ts';
import { type Ordered, ordered } from '../../ui/inbox/order.ts';
import { INBOX } from '../../ui/inbox/route.ts';
import * as inbox from '../../ui/inbox/state/inbox-changes.ts';
import { initialState, type State } from '../../ui/inbox/state/state.ts';
import { runsOf } from '../../ui/inbox/views/window.ts';

const ROUTE = { ...INBOX, practiceId: 'lakeside' };

function conversation(n: number, waitingSince: number | null, version = 1): ConversationSummary {
  const id = n.toString(16).padStart(64, '0');
  const line = {
    id: 'l1',
    name: 'Main',
    number: '+12062020100',
    carrier: 'simulator' as const,
    segmentsPerSecond: 1,
    looksUpLineType: false,
  };
  const summary = begun({ id, practiceId: 'lakeside', line, caller: '+12062020123', language: 'en', at: 1 });
  return { ...summary, waitingSince, version };
}

describe('the order of the list', () => {
  const waits = (one: ConversationSummary) => one.waitingSince !== null;

  it('is that of sorting all of it, after any changes', () => {
    const change = fc.record({ n: fc.nat(30), at: fc.option(fc.nat(50)), goes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 12 }), (rounds) => {
        let all: ReadonlyMap<string, ConversationSummary> = new Map();
        let state: Ordered | null = null;
        for (const round of rounds) {
          const next = new Map(all);
          for (const { n, at, goes } of round) {
            const one = conversation(n, at);
            if (goes) next.delete(one.id);
            else next.set(one.id, one);
          }
          all = next;
          state = ordered(state, all, waits);
          expect(state.rows).toEqual([...all.values()].filter(waits).sort(comparePlaces));
        }
      }),
    );
  });

  it('is another one for another question', () => {
    const all = new Map([1, 2, 3].map((n) => [String(n), conversation(n, n === 2 ? null : n)]));
    const before = ordered(null, all, waits);
    expect(ordered(before, all, (one) => !waits(one)).rows).toEqual([conversation(2, null)]);
  });
});

describe('the rows of a long list', () => {
  it('are all accounted for, once, and drawn where they are near', () => {
    const span = fc.record({ from: fc.integer({ min: -5, max: 130 }), length: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.nat(120), (spans, count) => {
        const near = spans.map(({ from, length }) => ({ from, to: from + length }));
        const runs = runsOf(near, count);
        const all = runs.flatMap((run) =>
          Array.from({ length: run.to - run.from }, (_, at) => ({ at: run.from + at, isGap: run.isGap })),
        );
        expect(all.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, at) => at));
        for (const { at, isGap } of all)
          expect(isGap).toBe(!near.some(({ from, to }) => from <= at && at < to));
      }),
    );
  });
});

describe('a day of tens of thousands of texts', () => {
  it('leaves what can be seen in memory, and not much more', () => {
    const first = Array.from({ length: 50 }, (_, n) => conversation(n, n));
    let state: State = inbox.frameReceived(initialState(ROUTE), {
      type: 'snapshot',
      seq: 1,
      view: 'needs-reply',
      conversations: first,
      nextCursor: cursorAfter(conversation(49, 49)),
      counts: {
        open: 1,
        'needs-reply': 1,
        mine: 0,
        unassigned: 1,
        'awaiting-caller': 0,
        snoozed: 0,
        done: 0,
      },
      callBacks: 0,
      present: [],
      mentions: [],
    } as Parameters<typeof inbox.frameReceived>[1]);
    const { counts } = state;
    if (counts === null) throw new Error('a snapshot has counts');
    for (let n = 100; n < 12_000; n += 1) {
      const frame = { type: 'conversation', seq: n, conversation: conversation(n, n), messages: [], counts };
      state = inbox.frameReceived(state, frame as Parameters<typeof inbox.frameReceived>[1]);
      expect(state.conversations.size).toBeLessThanOrEqual(2001);
    }
    for (const { id } of first) expect(state.conversations.has(id)).toBe(true);
  });
});
