import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

type Row = Record<string, unknown>;

/** What an object keeps when its memory is lost: rows, values and its alarm, in one transaction. */
export class Storage {
  readonly #database = new DatabaseSync(':memory:');
  readonly #statements = new Map<string, StatementSync>();
  #values = new Map<string, string>();
  #alarmAt: number | null = null;
  #depth = 0;
  /** Grows with every write, so that whoever looks on need not look at what has not changed. */
  writes = 0;
  readonly #alarmChanged: () => void;

  constructor(alarmChanged: () => void) {
    this.#alarmChanged = alarmChanged;
  }

  get alarmAt(): number | null {
    return this.#alarmAt;
  }

  setAlarm(at: number | null): void {
    this.#alarmAt = at;
    this.#alarmChanged();
  }

  rows(sql: string, ...bindings: SQLInputValue[]): Row[] {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    if (!/^\s*SELECT/.test(sql)) this.writes += 1;
    return statement.all(...bindings);
  }

  /** Undefined where nothing was put. */
  value(key: string): unknown {
    const json = this.#values.get(key);
    return json === undefined ? undefined : JSON.parse(json);
  }

  put(key: string, value: unknown): void {
    this.#values.set(key, JSON.stringify(value));
    this.writes += 1;
  }

  transaction<T>(write: () => T): T {
    const [values, alarmAt] = [new Map(this.#values), this.#alarmAt];
    this.#depth += 1;
    const savepoint = `level${this.#depth}`;
    this.#database.exec(`SAVEPOINT ${savepoint}`);
    try {
      const result = write();
      this.#database.exec(`RELEASE ${savepoint}`);
      return result;
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
      this.#values = values;
      this.setAlarm(alarmAt);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#database.close();
  }

  /** As an object sees it for as long as `isAlive` says so; what died can write and read no more. */
  seenWhile(isAlive: () => boolean): DurableObjectStorage {
    const ifAlive = <T>(use: () => T): T => {
      if (!isAlive()) throw new Error('this object is no more');
      return use();
    };
    const seen = {
      sql: {
        exec: (sql: string, ...bindings: SQLInputValue[]) =>
          ifAlive(() => new Cursor(this.rows(sql, ...bindings))),
      },
      kv: {
        get: (key: string) => ifAlive(() => this.value(key)),
        put: (key: string, value: unknown) => ifAlive(() => this.put(key, value)),
      },
      transactionSync: <T>(write: () => T) => ifAlive(() => this.transaction(write)),
      setAlarm: async (at: number) => ifAlive(() => this.setAlarm(at)),
      getAlarm: async () => ifAlive(() => this.#alarmAt),
      deleteAlarm: async () => ifAlive(() => this.setAlarm(null)),
    };
    // Only what our objects use.
    return seen as unknown as DurableObjectStorage;
  }
}

class Cursor {
  readonly #rows: Row[];
  #at = 0;

  constructor(rows: Row[]) {
    this.#rows = rows;
  }

  next(): { done: boolean; value?: Row | undefined } {
    const value = this.#rows[this.#at];
    this.#at += 1;
    return value ? { done: false, value } : { done: true, value: undefined };
  }

  one(): Row {
    const [row] = this.#rows;
    if (!row || this.#rows.length > 1) throw new Error('not exactly one row');
    return row;
  }

  toArray(): Row[] {
    return this.#rows.slice(this.#at);
  }

  [Symbol.iterator](): this {
    return this;
  }
}
