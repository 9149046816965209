import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { type InboxFilter, NO_FILTER, passes } from '../src/domain/inbox/inbox-filter.ts';
import { type InboxView, isInView, PAGE_SIZE } from '../src/domain/inbox/inbox-view.ts';
import { type FoundConversation, HITS_SHOWN } from '../src/domain/inbox/search-hit.ts';
import { readSought, type Sought, snippetAround } from '../src/domain/inbox/search-words.ts';
import type { InboxStore } from './inbox-store.ts';
import { callerText, matchExpression, namesText, readOwner } from './text-index.ts';
import { FIRST_OF_CALLERS, TextTable } from './text-table.ts';

/**
 * Finds conversations by what the caller is called, by any part of the number, and by the words of their texts. It
 * reads only, and keeps nothing of what was sought.
 */

export interface FoundPage {
  conversations: FoundConversation[];
  nextCursor: string | null;
}

/** A conversation, and the rows of the index by which it was found. */
interface Found {
  summary: ConversationSummary;
  isCaller: boolean;
  texts: IndexRow[];
}

interface IndexRow {
  row: number;
  owner: string;
}

/** Rows of one search: who seeks something that is in more of them sees the newest. */
const MOST_ROWS = 5_000;

export class InboxSearch {
  readonly #sql: SqlStorage;
  readonly #store: Pick<InboxStore, 'summary'>;
  readonly #texts: TextTable;

  constructor(sql: SqlStorage, store: Pick<InboxStore, 'summary'>) {
    this.#sql = sql;
    this.#store = store;
    this.#texts = new TextTable(sql);
  }

  /**
   * Every word has to occur in the caller's names, in the number, or in one text. Callers come first, then texts, the
   * latest first. The index is walked and left as soon as the page is full; `skip` is what earlier pages showed.
   */
  find(
    query: string,
    view: InboxView | null,
    staffId: string,
    skip: number,
    filter: InboxFilter = NO_FILTER,
  ): FoundPage {
    const sought = readSought(query);
    if (sought === null) return { conversations: [], nextCursor: null };
    const end = skip + PAGE_SIZE;
    const isWanted = (one: ConversationSummary) =>
      passes(filter, one) && (view === null || isInView(view, one, staffId));
    const found = this.#walk(matchExpression(sought), isWanted, end + 1);
    return {
      conversations: found.slice(skip, end).map((one) => this.#withHits(one, sought)),
      nextCursor: found.length > end ? String(end) : null,
    };
  }

  #walk(expression: string, isWanted: (summary: ConversationSummary) => boolean, enough: number): Found[] {
    const found = new Map<string, Found | null>();
    let count = 0;
    const foundOne = (id: string): Found | null => {
      const known = found.get(id);
      if (known !== undefined || count === enough) return known ?? null;
      const summary = this.#store.summary(id);
      const one = summary && isWanted(summary) ? { summary, isCaller: false, texts: [] } : null;
      found.set(id, one);
      if (one !== null) count += 1;
      return one;
    };
    for (const { row, owner } of this.#rows(expression)) {
      const one = foundOne(readOwner(owner).id);
      if (one !== null && row >= FIRST_OF_CALLERS) one.isCaller = true;
      else one?.texts.push({ row, owner });
      if (count === enough) break;
    }
    return [...found.values()].filter((one) => one !== null);
  }

  /** Each costs a look into the table, so what it says is only read where it is shown. */
  #rows(expression: string): Iterable<IndexRow> {
    const sql = `SELECT rowid AS row, conversation AS owner FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ${MOST_ROWS}`;
    return this.#sql.exec(sql, expression) as unknown as Iterable<IndexRow>;
  }

  #withHits({ summary, isCaller, texts }: Found, sought: Sought): FoundConversation {
    const { caller } = summary;
    // Callers of long ago stand among the messages in the index.
    const ofCaller = [callerText(caller), namesText(caller)];
    const newest = texts
      .slice(0, HITS_SHOWN + 1)
      .map(({ row, owner }) => ({ body: this.#texts.bodyOf(row), owner }));
    const messages = newest.filter(({ body }) => !ofCaller.includes(body));
    const hits = {
      isCaller: isCaller || messages.length < newest.length,
      messages: messages.slice(0, HITS_SHOWN).map(({ body, owner }) => ({
        place: readOwner(owner).place,
        snippet: snippetAround(body, sought),
      })),
      isMore: messages.length > HITS_SHOWN,
    };
    return { ...summary, hits };
  }
}
