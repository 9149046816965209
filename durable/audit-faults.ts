import { type ChainFault, faultOf } from '../src/domain/audit/audit-chain.ts';
import type { AuditLogStore } from './audit-log-store.ts';

/** The first entry from `from` on, of at most `limit`, that is not as it was written. */
export function faultIn(
  store: AuditLogStore,
  from: number,
  limit: number,
): { fault: ChainFault | null; checkedTo: number } {
  const start = store.start();
  let [seq, previous] =
    from <= start.seq + 1 ? [start.seq + 1, start.hash] : [from, store.entry(from - 1)?.hash ?? ''];
  for (const row of store.rowsFrom(seq, limit)) {
    const fault = faultOf(row, seq, previous, (hash) => store.placeAfter(hash));
    if (fault !== null) return { fault, checkedTo: seq - 1 };
    previous = row.hash;
    seq += 1;
  }
  return { fault: null, checkedTo: seq - 1 };
}
