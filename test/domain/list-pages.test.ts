import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { type InboxFilter, NO_FILTER, passes } from '../../src/domain/inbox/inbox-filter.ts';
import {
  comparePlaces,
  cursorAfter,
  INBOX_VIEWS,
  type InboxView,
  isInView,
  isUpTo,
  PAGE_SIZE,
} from '../../src/domain/inbox/inbox-view.ts';
import { INBOX } from '../../ui/inbox/route.ts';
import * as changes from '../../ui/inbox/state/inbox-changes.ts';
import { pageFor } from '../../ui/inbox/state/list-pages.ts';
import { initialState, type State } from '../../ui/inbox/state/state.ts';

const START = initialState({ ...INBOX, practiceId: 'lakeside' });
const LINE = { id: 'l', name: 'Main', number: '+12062020100', carrier: 'simulator' } as const;
const line = { ...LINE, segmentsPerSecond: 1, looksUpLineType: false };
const COUNTS = Object.fromEntries(INBOX_VIEWS.map((view) => [view, 0])) as Record<InboxView, number>;

const fields = fc.record({
  waitingSince: fc.option(fc.integer({ min: 1, max: 50 })),
  language: fc.constantFrom('en', 'es'),
  assignee: fc.option(fc.constantFrom({ id: 'ana', name: 'Ana' }, { id: 'kim', name: 'Kim' })),
  at: fc.integer({ min: 1, max: 50 }),
});
const open = fc.array(fields, { maxLength: 70 }).map((all) =>
  all
    .map(({ at, ...one }, n): ConversationSummary => {
      const id = n.toString(16).padStart(64, '0');
      const beginning = { id, practiceId: 'lakeside', line, caller: '+12062020123', language: 'en', at };
      return { ...begun(beginning), version: 1, ...one };
    })
    .sort(comparePlaces),
);

function snapshot(all: ConversationSummary[]): State {
  const conversations = all.slice(0, PAGE_SIZE);
  const last = conversations.at(-1);
  const nextCursor = last && all.length > PAGE_SIZE ? cursorAfter(last) : null;
  return changes.frameReceived(START, {
    type: 'snapshot',
    seq: 1,
    view: 'open',
    conversations,
    nextCursor,
    counts: COUNTS,
    callBacks: 0,
    present: [],
  } as unknown as Parameters<typeof changes.frameReceived>[1]);
}

const filter: fc.Arbitrary<InboxFilter> = fc.constantFrom(NO_FILTER, { ...NO_FILTER, language: 'es' });

describe('the first frame', () => {
  it('paints every list of open conversations: its beginning without a gap, and from where to go on', () => {
    fc.assert(
      fc.property(open, filter, (all, narrowed) => {
        const state = snapshot(all);
        for (const view of ['needs-reply', 'mine', 'unassigned', 'awaiting-caller', 'open'] as const) {
          const list = { view, filter: narrowed };
          const inList = (one: ConversationSummary) => isInView(view, one, 'ana') && passes(narrowed, one);
          const page = pageFor(state, list);
          const whole = all.filter(inList);
          if (page === null) {
            // Nothing is known of it yet.
            expect(all.slice(0, PAGE_SIZE).filter(inList)).toEqual([]);
            continue;
          }
          const { horizon } = page;
          const known = [...state.conversations.values()].filter(inList);
          const shown = known.filter((one) => horizon === null || isUpTo(horizon, one)).sort(comparePlaces);
          expect(shown).toEqual(whole.filter((one) => horizon === null || isUpTo(horizon, one)));
          expect(page.nextCursor === null).toBe(horizon === null);
        }
      }),
    );
  });

  it('says nothing of what is snoozed or done', () => {
    for (const view of ['snoozed', 'done'] as const)
      expect(pageFor(snapshot([]), { view, filter: NO_FILTER })).toBeNull();
  });
});

describe('a page of a narrowed list', () => {
  const list = { view: 'done', filter: { ...NO_FILTER, language: 'es' } } as const;
  const cursor = `4.-7.${'0'.repeat(64)}`;

  it('may be empty, and more comes after it', () => {
    const asked = changes.pageAsked(START, list);
    expect(pageFor(asked, list)).toMatchObject({ load: { is: 'loading' }, nextCursor: null });
    const empty = changes.pageLoaded(asked, list, { conversations: [], nextCursor: cursor });
    const horizon = [4, -7, '0'.repeat(64)];
    expect(pageFor(empty, list)).toMatchObject({ horizon, nextCursor: cursor, load: { is: 'ready' } });
    expect(pageFor(changes.pageAsked(empty, list), list)).toMatchObject({ horizon, load: { is: 'loading' } });
    expect(pageFor(changes.pageFailed(empty, list, 'No'), list)).toMatchObject({ nextCursor: cursor });
    expect(pageFor(empty, { ...list, filter: NO_FILTER })).toBeNull();
  });
});
