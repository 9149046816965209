import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { type InboxFilter, NO_FILTER, passes } from '../src/domain/inbox/inbox-filter.ts';
import {
  BUCKET,
  BUCKETS_OF,
  cursorAfter,
  type InboxCounts,
  type InboxView,
  isInView,
  PAGE_SIZE,
  type PageCursor,
  pointOf,
} from '../src/domain/inbox/inbox-view.ts';

export interface Page {
  conversations: ConversationSummary[];
  nextCursor: string | null;
}

/**
 * Conversations looked at for one page at most. Where hardly any fits, a page is short, or empty, and the next one
 * goes on from there: an object that searches through 100,000 at once answers nobody else meanwhile.
 */
export const LOOKED_AT = 1_000;

/** The views of an inbox, a page at a time, and how many there are in each. */
export class InboxPages {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** By keyset. Where all fit, as many rows are read as are shown, plus one. */
  page(view: InboxView, staffId: string, after: PageCursor | null, filter: InboxFilter = NO_FILTER): Page {
    const conversations: ConversationSummary[] = [];
    let end: ConversationSummary | null = null;
    for (let lookedAt = 0; lookedAt < LOOKED_AT; ) {
      const wanted = Math.min(PAGE_SIZE + 1, LOOKED_AT - lookedAt);
      const next = this.#next(view, staffId, end === null ? after : pointOf(end), wanted);
      for (const one of next) {
        if (isInView(view, one, staffId) && passes(filter, one)) {
          if (conversations.length === PAGE_SIZE)
            return { conversations, nextCursor: end && cursorAfter(end) };
          conversations.push(one);
        }
        end = one;
      }
      if (next.length < wanted) return { conversations, nextCursor: null };
      lookedAt += next.length;
    }
    return { conversations, nextCursor: end && cursorAfter(end) };
  }

  #next(view: InboxView, staffId: string, after: PageCursor | null, limit: number): ConversationSummary[] {
    const [first, last] = BUCKETS_OF[view];
    const rows = this.#sql.exec(
      `SELECT summary FROM conversations
       WHERE ${view === 'mine' ? OF_STAFF : ''} (bucket, rank, id) > (?, ?, ?) AND bucket <= ?
       ORDER BY bucket, rank, id LIMIT ?`,
      ...(view === 'mine' ? [staffId] : []),
      ...(after ?? [first, Number.MIN_SAFE_INTEGER, '']),
      last,
      limit,
    );
    return [...rows].map((row) => toSummary(row.summary));
  }

  counts(staffId: string): InboxCounts {
    const counts: InboxCounts = {
      'needs-reply': 0,
      mine: 0,
      unassigned: 0,
      'awaiting-caller': 0,
      open: 0,
      snoozed: 0,
      done: 0,
    };
    for (const row of this.#sql.exec('SELECT bucket, assignee, n FROM counts')) {
      const [bucket, assignee, n] = [row.bucket as number, row.assignee as string, row.n as number];
      if (bucket === BUCKET.needsReply) counts['needs-reply'] += n;
      if (bucket === BUCKET.awaitingCaller) counts['awaiting-caller'] += n;
      if (bucket === BUCKET.snoozed) counts.snoozed += n;
      if (bucket === BUCKET.done) counts.done += n;
      if (bucket > BUCKET.awaitingCaller) continue;
      counts.open += n;
      if (assignee === '') counts.unassigned += n;
      if (assignee === staffId) counts.mine += n;
    }
    return counts;
  }
}

/** Spelled out so that the index of assigned conversations, which leaves nobody's out, can serve. */
const OF_STAFF = "assignee = ? AND assignee <> '' AND";

export function toSummary(json: SqlStorageValue | undefined): ConversationSummary {
  return JSON.parse(json as string);
}
