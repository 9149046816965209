import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import {
  comparePlaces,
  cursorAfter,
  INBOX_VIEWS,
  isInView,
  placeOf,
  readCursor,
} from '../../src/domain/inbox/inbox-view.ts';

const instant = fc.integer({ min: 1, max: 4_000_000_000_000 });

/** Only what decides about its place. */
const conversation = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{64}$/),
    state: fc.constantFrom('open' as const, 'snoozed' as const, 'done' as const),
    waitingSince: fc.option(instant),
    urgent: fc.option(fc.record({ phrase: fc.constant('chest pain'), at: instant })),
    snoozedUntil: fc.option(instant),
    assignee: fc.option(fc.constantFrom({ id: 'ana', name: 'Ana' }, { id: 'kim', name: 'Kim' })),
    last: fc.record({ at: instant, kind: fc.constant('text-in' as const), snippet: fc.constant('') }),
  })
  .map((decisive) => decisive as ConversationSummary);

describe('the inbox', () => {
  it('shows a conversation as open, snoozed or done, and as exactly one of these', () => {
    fc.assert(
      fc.property(conversation, (one) => {
        const states = (['open', 'snoozed', 'done'] as const).filter((view) => isInView(view, one, 'ana'));
        expect(states).toEqual([one.state]);
      }),
    );
  });

  it('shows as mine, unassigned or in need of a reply only what is open', () => {
    fc.assert(
      fc.property(conversation, (one) => {
        for (const view of INBOX_VIEWS) {
          if (view !== 'snoozed' && view !== 'done' && isInView(view, one, 'ana'))
            expect(one.state).toBe('open');
        }
        expect(isInView('mine', one, 'ana') && isInView('unassigned', one, 'ana')).toBe(false);
      }),
    );
  });

  it('puts what is urgent before all that can wait, and loses none of it', () => {
    fc.assert(
      fc.property(conversation, conversation, (a, b) => {
        if (a.state !== 'open' || b.state !== 'open' || a.waitingSince === null || a.urgent === null) return;
        if (b.urgent === null || b.waitingSince === null || a.urgent.at < b.urgent.at)
          expect(comparePlaces(a, b)).toBeLessThan(0);
        expect(isInView('needs-reply', a, 'ana')).toBe(true);
      }),
    );
  });

  it('puts those who wait before those we wait for, the longest first', () => {
    fc.assert(
      fc.property(conversation, conversation, (a, b) => {
        if (a.state !== 'open' || b.state !== 'open' || a.waitingSince === null) return;
        if (a.urgent !== null || b.urgent !== null) return;
        if (b.waitingSince === null || a.waitingSince < b.waitingSince)
          expect(comparePlaces(a, b)).toBeLessThan(0);
      }),
    );
  });

  it('reads every cursor that it gives out, and no other', () => {
    fc.assert(
      fc.property(conversation, (one) => {
        const { bucket, rank } = placeOf(one);
        expect(readCursor(cursorAfter(one))).toEqual([bucket, rank, one.id]);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCursor(text)).toBeNull();
      }),
    );
  });
});
