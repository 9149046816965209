import { DurableObject } from 'cloudflare:workers';
import type { ChainFault } from '../src/domain/audit/audit-chain.ts';
import type { AuditEntry, AuditHead, NewAuditEntry } from '../src/domain/audit/audit-entry.ts';
import type { Env } from '../src/env.ts';
import { faultIn } from './audit-faults.ts';
import { AuditLogStore } from './audit-log-store.ts';
import type { AuditQuery } from './audit-query.ts';

/** Hashes of one call: a tenth of a second, after which others get their turn. */
const VERIFIED_AT_ONCE = 2_000;
const PRUNED_AT_ONCE = 5_000;

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: number | null;
  /** Where a search gave up for this time: it has looked at everything after that instant. */
  readTo: number | null;
}

export interface Verified {
  /** The first that is wrong, or null. */
  fault: ChainFault | null;
  /** All up to this one are as they were written. */
  checkedTo: number;
  /** The first that is kept. */
  first: number;
  head: AuditHead;
}

/**
 * Who did or read what, in one practice or in the enterprise. It only grows at its end: nothing in here changes an
 * entry, and each holds the hash of the one before, so that whoever goes round this object is found by `verify`.
 *
 * Found are entries that were altered, put in another order, or taken out; also at the end, as far as the head that
 * D1 keeps reaches (`audit_heads`: noted with every change of configuration, and every 15 minutes). Not found is who
 * takes off entries that are younger than that, or who writes the whole chain and D1 anew. Against that only helps a
 * hash that somebody has outside: each verification and each export names the newest one.
 */
export class AuditLog extends DurableObject<Env> {
  readonly #store: AuditLogStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new AuditLogStore(ctx.storage);
  }

  /** The same entry again changes nothing. */
  append(entries: NewAuditEntry[]): AuditHead {
    this.#store.append(entries, Date.now());
    return this.#store.head();
  }

  page(query: AuditQuery): AuditPage {
    return this.#store.page(query);
  }

  entry(seq: number): AuditEntry | null {
    return this.#store.entry(seq);
  }

  head(): AuditHead {
    return this.#store.head();
  }

  /** What is older than that goes, in batches; the chain tells of it. Answers how many went. */
  prune(before: number): number {
    const now = Date.now();
    return this.#store.prune(before, PRUNED_AT_ONCE, now, (last, count) => prunedEntry(last, count, now));
  }

  /** Looks at some entries from `from` on. `noted`: how far the log had come, as it is kept elsewhere. */
  verify(from: number, noted: AuditHead | null): Verified {
    const start = this.#store.start();
    const isFirst = from <= start.seq + 1;
    if (isFirst && start.seq > 0 && !this.#store.isStartTold(startTold(start))) {
      return { fault: { is: 'removed', seq: start.seq }, checkedTo: 0, first: 1, head: this.#store.head() };
    }
    const { fault, checkedTo } = faultIn(this.#store, from, VERIFIED_AT_ONCE);
    const [head, first] = [this.#store.storedHead(), this.#store.start().seq + 1];
    const isAtEnd = fault === null && checkedTo >= head.seq;
    return { fault: isAtEnd ? this.#faultAtEnd(noted) : fault, checkedTo, first, head };
  }

  #faultAtEnd(noted: AuditHead | null): ChainFault | null {
    const [stored, written] = [this.#store.storedHead(), this.#store.head()];
    if (stored.seq < Math.max(written.seq, noted?.seq ?? 0)) return { is: 'removed', seq: stored.seq + 1 };
    const entry = noted && this.#store.entry(noted.seq);
    // It is deleted after years, when its time is over; a chain written anew does not have it.
    if (!entry || entry.hash === noted.hash) return null;
    return { is: 'altered', seq: noted.seq };
  }
}

function startTold({ seq, hash }: AuditHead): string {
  return JSON.stringify({ upTo: seq, fingerprint: hash });
}

function prunedEntry(last: AuditHead, count: number, now: number): NewAuditEntry {
  return {
    id: crypto.randomUUID(),
    at: now,
    who: { is: 'system' },
    from: { address: null, browser: null },
    action: 'audit-pruned',
    subject: { is: 'audit', id: String(last.seq), label: `${count} entries, up to ${last.seq}` },
    before: null,
    after: startTold(last),
  };
}
