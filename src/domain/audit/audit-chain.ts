import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What stands before the first entry. */
export const NO_ENTRY = '0'.repeat(64);

/** An entry as it is stored. */
export interface ChainedRow {
  seq: number;
  id: string;
  at: number;
  recorded_at: number;
  who: string;
  who_id: string | null;
  who_name: string | null;
  address: string | null;
  browser: string | null;
  action: string;
  subject: string;
  subject_id: string;
  subject_label: string;
  before: string | null;
  after: string | null;
  previous: string;
  hash: string;
}

/** Every field in one order, as a JSON array: no two entries have the same form. */
function canonicalForm(row: Omit<ChainedRow, 'hash'>): string {
  return JSON.stringify([
    row.seq,
    row.id,
    row.at,
    row.recorded_at,
    row.who,
    row.who_id,
    row.who_name,
    row.address,
    row.browser,
    row.action,
    row.subject,
    row.subject_id,
    row.subject_label,
    row.before,
    row.after,
    row.previous,
  ]);
}

/** SHA-256 in hex. It holds the hash of the entry before, and so every entry before. */
export function hashOfEntry(row: Omit<ChainedRow, 'hash'>): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalForm(row))));
}

/** The first entry that is not as it was written. `removed`: entries before it are gone, or after it, at the end. */
export type ChainFault =
  | { is: 'altered'; seq: number }
  | { is: 'removed'; seq: number }
  | { is: 'reordered'; seq: number };

/**
 * Whether `row` is what stood at `seq` after the entry with the hash `previous`. Where not, `placeOf` is asked for
 * the place that follows an entry of that hash: a row that is itself there was moved.
 */
export function faultOf(
  row: ChainedRow,
  seq: number,
  previous: string,
  placeAfter: (hash: string) => number | null,
): ChainFault | null {
  if (row.seq !== seq) return { is: 'removed', seq };
  if (row.previous === previous && hashOfEntry(row) === row.hash) return null;
  const place = placeAfter(row.previous);
  const wasThere = place !== null && place !== seq && hashOfEntry({ ...row, seq: place }) === row.hash;
  return { is: wasThere ? 'reordered' : 'altered', seq };
}
