import { runInDurableObject } from 'cloudflare:test';
import { inboxOf } from './firing.ts';

/**
 * Counts rows written and read by every object in this runtime from now on, in the unit that is billed.
 * A `kv.put` is one row; it goes past the cursors.
 */
export async function countRows(): Promise<{ written: () => number; read: () => number; stop: () => void }> {
  let written = 0;
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  const restore = await runInDurableObject(inboxOf('row-count'), (_, state) => {
    const sql: SqlStorage = Object.getPrototypeOf(state.storage.sql);
    const kv: DurableObjectStorage['kv'] = Object.getPrototypeOf(state.storage.kv);
    const { exec } = sql;
    const { put } = kv;
    sql.exec = function (this: SqlStorage, ...args: Parameters<typeof exec>) {
      const cursor = exec.apply(this, args);
      cursors.push(cursor);
      return cursor;
    } as typeof exec;
    kv.put = function (this: typeof kv, ...args: Parameters<typeof put>) {
      written += 1;
      put.apply(this, args);
    };
    return () => {
      sql.exec = exec;
      kv.put = put;
    };
  });
  const sum = (of: 'rowsWritten' | 'rowsRead') => cursors.reduce((total, cursor) => total + cursor[of], 0);
  return { written: () => written + sum('rowsWritten'), read: () => sum('rowsRead'), stop: restore };
}
