import { runInDurableObject } from 'cloudflare:test';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InboxStore } from '../../durable/inbox-store.ts';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { INBOX_VIEWS, type InboxCounts, isInView } from '../../src/domain/inbox/inbox-view.ts';
import { emptyData } from '../empty-data.ts';
import { inboxOf, LINE } from './firing.ts';

const STAFF = ['ana', 'kim'] as const;

function conversation(n: number, version: number, fields: Partial<ConversationSummary>): ConversationSummary {
  const id = n.toString(16).padStart(64, '0');
  const beginning = { id, practiceId: 'lakeside', line: LINE, caller: '+12062020123', language: 'en', at: 1 };
  return { ...begun(beginning), version, ...fields };
}

/** A conversation says what it is now, or said it long ago and is heard late; it is deleted; the inbox is rebuilt. */
const happening = fc.oneof(
  fc.record({
    is: fc.constant('told' as const),
    n: fc.nat(5),
    version: fc.integer({ min: 1, max: 30 }),
    fields: fc.record({
      state: fc.constantFrom('open' as const, 'snoozed' as const, 'done' as const),
      waitingSince: fc.option(fc.nat(9)),
      snoozedUntil: fc.option(fc.nat(9)),
      assignee: fc.option(fc.constantFrom(...STAFF.map((id) => ({ id, name: id })))),
    }),
  }),
  fc.record({ is: fc.constant('deleted' as const), n: fc.nat(5) }),
  fc.record({ is: fc.constant('wiped' as const) }),
);

/** As they come of counting one by one. */
function recounted(known: Iterable<ConversationSummary>, staffId: string): InboxCounts {
  const all = [...known];
  return Object.fromEntries(
    INBOX_VIEWS.map((view) => [view, all.filter((one) => isInView(view, one, staffId)).length]),
  ) as InboxCounts;
}

describe('the counts of an inbox', () => {
  it('are what counting would give, whatever happened and in whichever order it is heard of', async () => {
    await emptyData();
    await runInDurableObject(inboxOf(), (_, state) => {
      const store = new InboxStore(state.storage);
      fc.assert(
        fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
          for (const table of ['conversations', 'counts', 'texts', 'forgotten'])
            state.storage.sql.exec(`DELETE FROM ${table}`);
          const model = new Map<string, ConversationSummary>();
          const gone = new Map<string, number>();
          for (const one of happenings) happen(store, model, gone, one);
          for (const staffId of [...STAFF, 'nobody'])
            expect(store.pages.counts(staffId)).toEqual(recounted(model.values(), staffId));
        }),
        { numRuns: 60 },
      );
    });
  });
});

type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

function happen(
  store: InboxStore,
  model: Map<string, ConversationSummary>,
  gone: Map<string, number>,
  one: Happening,
): void {
  switch (one.is) {
    case 'told': {
      const told = conversation(one.n, one.version, one.fields);
      const known = model.get(told.id)?.version ?? gone.get(told.id) ?? 0;
      if (store.apply(told, []).isNewer !== told.version > known) throw new Error('what is newer is taken');
      if (told.version > known) model.set(told.id, told);
      return;
    }
    case 'deleted': {
      const known = model.get(conversation(one.n, 1, {}).id);
      if (known === undefined) return;
      store.forget([{ id: known.id, version: known.version }]);
      gone.set(known.id, known.version);
      model.delete(known.id);
      return;
    }
    case 'wiped': {
      store.wipe();
      // Fetched again from the conversations.
      for (const id of store.unfetched(10)) {
        const known = model.get(id);
        if (known !== undefined) store.apply(known, []);
      }
    }
  }
}
