export interface Counts {
  rowsWritten: number;
  queries: number;
}

/** Counts what is billed: rows written by all objects of this isolate, and queries of D1. */
export class Counter {
  isOn = false;
  #cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  #rows = 0;
  #queries = 0;
  #isWatching = false;

  take(): Counts {
    const rowsWritten = this.#cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, this.#rows);
    const counts = { rowsWritten, queries: this.#queries };
    this.#cursors = [];
    this.#rows = 0;
    this.#queries = 0;
    this.isOn = true;
    return counts;
  }

  /** Through the prototypes, which all objects share: one's own `storage` cannot be replaced. */
  watch(storage: DurableObjectStorage): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const counter = this;
    const sql: SqlStorage = Object.getPrototypeOf(storage.sql);
    const kv: DurableObjectStorage['kv'] = Object.getPrototypeOf(storage.kv);
    const all: DurableObjectStorage = Object.getPrototypeOf(storage);
    const { exec } = sql;
    const { put } = kv;
    const { setAlarm } = all;
    sql.exec = function (this: SqlStorage, ...args: Parameters<typeof exec>) {
      const cursor = exec.apply(this, args);
      if (counter.isOn) counter.#cursors.push(cursor);
      return cursor;
    } as typeof exec;
    kv.put = function (this: typeof kv, ...args: Parameters<typeof put>) {
      counter.#rows += 1;
      put.apply(this, args);
    };
    all.setAlarm = function (this: DurableObjectStorage, ...args: Parameters<typeof setAlarm>) {
      counter.#rows += 1;
      return setAlarm.apply(this, args);
    };
  }

  watched(db: D1Database): D1Database {
    const counter = this;
    return new Proxy(db, {
      get(target, name) {
        if (name === 'prepare') counter.#queries += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}
