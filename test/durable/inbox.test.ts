import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LOOKED_AT, type Page } from '../../durable/inbox-pages.ts';
import { InboxStore } from '../../durable/inbox-store.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { type InboxFilter, NO_FILTER } from '../../src/domain/inbox/inbox-filter.ts';
import { type InboxView, PAGE_SIZE, type PageCursor, readCursor } from '../../src/domain/inbox/inbox-view.ts';
import { callerWith, UNVERIFIED } from '../../src/domain/patients/caller-match.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, ANA, conversationOf, firing, inboxOf, textIn } from './firing.ts';
import { countRows } from './row-count.ts';

beforeEach(emptyData);

let made = 0;
function summary(changes: Partial<ConversationSummary> = {}): ConversationSummary {
  made += 1;
  return {
    id: made.toString(16).padStart(64, '0'),
    version: 1,
    practiceId: 'lakeside',
    line: { id: 'lakeside-main', name: 'Main line', number: '+12062020100' },
    caller: callerWith(`+1206202${String(made).padStart(4, '0')}`, UNVERIFIED),
    language: 'en',
    useCase: 'abandoned-call',
    state: 'open',
    assignee: null,
    snoozedUntil: null,
    waitingSince: null,
    urgent: null,
    unread: 0,
    last: { at: made, kind: 'automatic', snippet: '' },
    problem: null,
    consent: { state: 'unknown' },
    isOptOutSuggested: false,
    doNotText: false,
    cannotText: null,
    createdAt: made,
    lastSeq: 0,
    ...changes,
  };
}

function text(seq: number, body: string): Message {
  return {
    id: `m${seq}`,
    seq,
    kind: 'text-in',
    body,
    at: seq,
    media: [],
    author: null,
    delivery: null,
    call: null,
    event: null,
  };
}

const cursorOf = (cursor: string | null) => (cursor === null ? null : readCursor(cursor));

/** As the conversation of a line with the simulated carrier does. */
const apply = (one: ConversationSummary, messages: Message[]) => inboxOf().apply(one, messages, 'simulator');

async function idsIn(view: InboxView): Promise<string[]> {
  const { conversations } = await inboxOf().page(view, 'ana', null);
  return conversations.map(({ id }) => id);
}

const countsFor = (staffId: string) =>
  runInDurableObject(inboxOf(), (_, state) =>
    state.storage.sql.exec('SELECT bucket, assignee, n FROM counts WHERE n <> 0 ORDER BY 1, 2').toArray(),
  ).then((cells) => ({ staffId, cells }));

describe('a summary', () => {
  it('is taken when newer and left when not', async () => {
    const first = summary({ version: 2, unread: 1 });
    await apply(first, []);
    await apply({ ...first, version: 1, unread: 7 }, []);
    await apply({ ...first, version: 2, unread: 9 }, []);
    expect((await inboxOf().page('open', 'ana', null)).conversations).toEqual([first]);
  });

  it('moves between views, and the counts move with it', async () => {
    const one = summary({ waitingSince: 5 });
    await apply(one, []);
    await apply({ ...one, version: 2, assignee: ANA }, []);
    expect(await idsIn('mine')).toEqual([one.id]);
    expect(await idsIn('unassigned')).toEqual([]);
    await apply({ ...one, version: 3, assignee: ANA, state: 'done', waitingSince: null }, []);
    expect(await idsIn('open')).toEqual([]);
    expect(await idsIn('done')).toEqual([one.id]);
    expect((await countsFor('ana')).cells).toEqual([{ bucket: 4, assignee: 'ana', n: 1 }]);
  });
});

describe('a view', () => {
  it('shows those who wait first, the longest waiting on top, then the most recent', async () => {
    const recent = summary({ last: { at: 900, kind: 'reply', snippet: '' } });
    const older = summary({ last: { at: 800, kind: 'reply', snippet: '' } });
    const waits = summary({ waitingSince: 300 });
    const waitsLonger = summary({ waitingSince: 200 });
    for (const one of [older, waits, recent, waitsLonger]) await apply(one, []);
    expect(await idsIn('open')).toEqual([waitsLonger.id, waits.id, recent.id, older.id]);
    expect(await idsIn('needs-reply')).toEqual([waitsLonger.id, waits.id]);
  });

  it('is paged without a gap or a repeat, also where all ranks are equal', async () => {
    const all = Array.from({ length: PAGE_SIZE * 2 + 3 }, () => summary({ waitingSince: 7 }));
    for (const one of all) await apply(one, []);
    const seen: string[] = [];
    let cursor: PageCursor | null = null;
    do {
      const page: Page = await inboxOf().page('open', 'ana', cursor);
      seen.push(...page.conversations.map(({ id }) => id));
      cursor = cursorOf(page.nextCursor);
    } while (cursor);
    expect(seen).toEqual(all.map(({ id }) => id).sort());
  });

  it.each<InboxView>(['open', 'needs-reply', 'mine', 'awaiting-caller', 'snoozed', 'done'])(
    'of %s reads no more rows than it shows, plus one, on every page',
    async (view) => {
      const state = view === 'snoozed' || view === 'done' ? view : 'open';
      const assignee = view === 'mine' ? ANA : null;
      const all = Array.from({ length: 300 }, (_, at) =>
        summary({ state, assignee, waitingSince: view === 'needs-reply' ? at : null, snoozedUntil: at }),
      );
      for (const one of all) await apply(one, []);
      for (let other = 0; other < 300; other += 1)
        await apply(
          summary({ waitingSince: other + 1000, state: view === 'needs-reply' ? 'done' : 'open' }),
          [],
        );
      const rows = await countRows();
      const first = await inboxOf().page(view, 'ana', null);
      expect(rows.read()).toBeLessThanOrEqual(PAGE_SIZE + 1);
      const second = await inboxOf().page(view, 'ana', cursorOf(first.nextCursor));
      // And the row that it continues from.
      expect(rows.read()).toBeLessThanOrEqual(2 * (PAGE_SIZE + 1) + 1);
      rows.stop();
      expect([first.conversations.length, second.conversations.length]).toEqual([PAGE_SIZE, PAGE_SIZE]);
    },
  );
});

describe('a view that is narrowed', () => {
  const spanish = { ...NO_FILTER, language: 'es' };

  it('shows what passes, in the order of the view', async () => {
    const named = (names: string[], verified: 'here' | 'elsewhere' | null = 'here') => ({
      caller: callerWith(`+1206202${String(made).padStart(4, '0')}`, { verified, names, language: null }),
    });
    const all = {
      es: summary({ language: 'es-MX', waitingSince: 1, ...named([], null) }),
      pressed: summary({ useCase: 'call-to-text', waitingSince: 2, ...named(['Ines Ray']) }),
      texted: summary({ useCase: null, waitingSince: 3, ...named(['Ines Ray', 'Leo Ray']) }),
      elsewhere: summary({ waitingSince: 4, ...named([], 'elsewhere') }),
      harbor: summary({ line: { id: 'second', name: 'Second', number: '+12062020101' }, waitingSince: 5 }),
    };
    for (const one of Object.values(all)) await apply(one, []);
    const shown = async (filter: Partial<InboxFilter>) => {
      const { conversations } = await inboxOf().page('open', 'ana', null, { ...NO_FILTER, ...filter });
      return conversations.map(({ id }) => Object.entries(all).find(([, one]) => one.id === id)?.[0]);
    };
    expect(await shown(spanish)).toEqual(['es']);
    expect(await shown({ useCase: 'call-to-text' })).toEqual(['pressed']);
    expect(await shown({ useCase: 'none' })).toEqual(['texted']);
    expect(await shown({ callerKind: 'several' })).toEqual(['texted']);
    expect(await shown({ callerKind: 'here' })).toEqual(['pressed']);
    expect(await shown({ callerKind: 'elsewhere' })).toEqual(['elsewhere']);
    expect(await shown({ callerKind: 'unverified' })).toEqual(['es', 'harbor']);
    expect(await shown({ line: 'second' })).toEqual(['harbor']);
    expect(await shown({ line: 'second', language: 'es' })).toEqual([]);
  });

  it.each(['language', 'unassigned'] as const)(
    'by %s looks at so many rows a call and no more, and the pages together show all that passes',
    async (by) => {
      const [view, filter] =
        by === 'language' ? (['open', spanish] as const) : (['unassigned', NO_FILTER] as const);
      const wanted = new Set<string>();
      await runInDurableObject(inboxOf(), (_, state) => {
        const store = new InboxStore(state.storage);
        for (let n = 0; n < 2 * LOOKED_AT + 60; n += 1) {
          const isWanted = n === 5 || n > 2 * LOOKED_AT;
          const others = by === 'language' ? { language: 'en' } : { assignee: ANA };
          const one = summary({ language: 'es', waitingSince: n + 1, ...(isWanted ? {} : others) });
          if (isWanted) wanted.add(one.id);
          store.apply(one, []);
        }
      });
      const seen: string[] = [];
      const sizes: number[] = [];
      let cursor: PageCursor | null = null;
      do {
        const rows = await countRows();
        const page: Page = await inboxOf().page(view, 'ana', cursor, filter);
        // And, for each part of them, the row that it continues from.
        expect(rows.read()).toBeLessThanOrEqual(LOOKED_AT * 1.03);
        rows.stop();
        sizes.push(page.conversations.length);
        seen.push(...page.conversations.map(({ id }) => id));
        cursor = cursorOf(page.nextCursor);
      } while (cursor);
      expect(new Set(seen)).toEqual(wanted);
      expect(seen).toHaveLength(wanted.size);
      expect(sizes).toEqual([1, 0, PAGE_SIZE, wanted.size - PAGE_SIZE - 1]);
    },
  );
});

describe('search', () => {
  it('finds words of the text in any case, accents or not, and any part of the number in any form', async () => {
    const one = summary({
      lastSeq: 1,
      caller: callerWith('+12062020177', { verified: 'here', names: ['José Núñez'], language: null }),
    });
    await apply(one, [text(1, 'My PRESCRIPTION ran out, señora')]);
    await apply(summary({ lastSeq: 1 }), [text(1, 'Something else')]);
    for (const query of [
      'prescr',
      'senora ran',
      'jose nunez',
      '0177',
      '(206) 202-0177',
      '+1 206 202 0177',
      '2020177',
    ]) {
      const { conversations } = await inboxOf().search(query, null, 'ana', 0);
      expect(
        conversations.map(({ id }) => id),
        query,
      ).toEqual([one.id]);
    }
    for (const query of ['prescription else', '"', "*'", '()', 'NEAR(', '0178']) {
      expect((await inboxOf().search(query, null, 'ana', 0)).conversations, query).toEqual([]);
    }
  });

  it('pages and keeps to a view', async () => {
    for (let n = 0; n < PAGE_SIZE + 5; n += 1) {
      await apply(summary({ lastSeq: 2, state: n < 3 ? 'done' : 'open' }), [
        text(1, 'refill'),
        text(2, 'refill'),
      ]);
    }
    const first = await inboxOf().search('refill', null, 'ana', 0);
    expect(first.conversations).toHaveLength(PAGE_SIZE);
    const second = await inboxOf().search('refill', null, 'ana', Number(first.nextCursor));
    expect(second).toMatchObject({ conversations: { length: 5 }, nextCursor: null });
    expect((await inboxOf().search('refill', 'done', 'ana', 0)).conversations).toHaveLength(3);
  });

  it('asks for the messages that it has not seen, and indexes none twice', async () => {
    const one = summary({ lastSeq: 3 });
    expect(await apply(one, [text(3, 'third')])).toEqual({ indexedSeq: 0 });
    expect(await apply(one, [text(1, 'first'), text(2, 'second'), text(3, 'third')])).toEqual({
      indexedSeq: 3,
    });
    expect(await apply(one, [text(1, 'first'), text(2, 'second')])).toEqual({ indexedSeq: 3 });
    const rows = await runInDurableObject(inboxOf(), (_, state) =>
      state.storage.sql.exec('SELECT count(*) AS n FROM texts').one(),
    );
    // The caller and three texts.
    expect(rows.n).toBe(4);
  });
});

describe('an inbox that was wiped', () => {
  it('is rebuilt from its conversations', async () => {
    const [first, second] = [conversationOf('+12062020123'), conversationOf('+12062020124')];
    await first.fire(firing());
    await first.receive(textIn('I need a refill'));
    await second.fire(firing({ caller: '+12062020124' }));
    await second.change(ACCESS, { state: 'done' });
    const before = await vi.waitFor(async () => {
      const state = await everything();
      expect(state.found).toHaveLength(1);
      expect(state.done).toHaveLength(1);
      expect(state.open).toMatchObject([{ unread: 1 }]);
      return state;
    });
    await inboxOf().rebuild();
    await runDurableObjectAlarm(inboxOf());
    expect(await everything()).toEqual(before);
  });

  async function everything() {
    return {
      open: (await inboxOf().page('open', 'ana', null)).conversations,
      done: (await inboxOf().page('done', 'ana', null)).conversations,
      found: (await inboxOf().search('refill', null, 'ana', 0)).conversations,
      counts: (await countsFor('ana')).cells,
    };
  }
});

describe('a conversation whose inbox was out of reach', () => {
  it('catches up as soon as it can', async () => {
    const conversation = conversationOf();
    await conversation.fire(firing());
    // Whatever the inbox missed, the next push brings: here, all of it.
    await runInDurableObject(inboxOf(), (_, state) => state.storage.sql.exec('DELETE FROM conversations'));
    await evictDurableObject(conversation);
    await conversation.receive(textIn('Hello'));
    await vi.waitFor(async () => {
      expect((await inboxOf().page('open', 'ana', null)).conversations).toMatchObject([{ unread: 1 }]);
    });
  });
});
