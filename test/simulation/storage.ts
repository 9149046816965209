import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

type Row = Record<string, unknown>;

/** Making tables and preparing statements takes longer than a whole run, so databases are emptied and used again. */
class Database {
  static readonly #idle: Database[] = [];
  readonly connection = new DatabaseSync(':memory:');
  readonly #statements = new Map<string, StatementSync>();
  /** Steps of the schema that were taken in an earlier use. */
  readonly #done = new Set<string>();

  static take(): Database {
    return Database.#idle.pop() ?? new Database();
  }

  giveBack(): void {
    for (const step of this.#done) {
      for (const [, table] of step.matchAll(/\bCREATE (?:VIRTUAL )?TABLE (\w+)/g))
        this.rows(`DELETE FROM ${table}`);
    }
    Database.#idle.push(this);
  }

  rows(sql: string, ...bindings: SQLInputValue[]): Row[] {
    if (/^\s*(?:CREATE|ALTER)/.test(sql)) {
      if (!this.#done.has(sql)) this.connection.exec(sql);
      this.#done.add(sql);
      return [];
    }
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...bindings);
  }
}

/** What an object keeps when its memory is lost: rows, values and its alarm, in one transaction. */
export class Storage {
  readonly #database = Database.take();
  #values = new Map<string, { json: string; parsed: unknown }>();
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
    if (!sql.startsWith('SELECT')) this.writes += 1;
    return this.#database.rows(sql, ...bindings);
  }

  /** Only to look at; undefined where nothing was put. */
  value(key: string): unknown {
    return this.#values.get(key)?.parsed;
  }

  #put(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    this.#values.set(key, { json, parsed: JSON.parse(json) });
    this.writes += 1;
  }

  #delete(key: string): boolean {
    const isThere = this.#values.delete(key);
    if (isThere) this.writes += 1;
    return isThere;
  }

  #get(key: string): unknown {
    const json = this.#values.get(key)?.json;
    return json === undefined ? undefined : JSON.parse(json);
  }

  transaction<T>(write: () => T): T {
    const { connection } = this.#database;
    const [values, alarmAt] = [new Map(this.#values), this.#alarmAt];
    this.#depth += 1;
    const savepoint = `level${this.#depth}`;
    connection.exec(`SAVEPOINT ${savepoint}`);
    try {
      const result = write();
      connection.exec(`RELEASE ${savepoint}`);
      return result;
    } catch (error) {
      connection.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
      this.#values = values;
      this.setAlarm(alarmAt);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Nothing may use it afterwards. */
  close(): void {
    this.#database.giveBack();
  }

  /** As an object sees it for as long as `isAlive` says so; what died can write and read no more. */
  seenWhile(isAlive: () => boolean): DurableObjectStorage {
    const ifAlive = <T>(use: () => T): T => {
      if (!isAlive()) throw new Error('this object is no more');
      return use();
    };
    // What nobody waits for any more is never answered.
    const settled = <T>(use: () => T): Promise<T> =>
      isAlive() ? Promise.resolve(use()) : new Promise(() => {});
    const seen = {
      sql: {
        exec: (sql: string, ...bindings: SQLInputValue[]) =>
          ifAlive(() => new Cursor(this.rows(sql, ...bindings))),
      },
      kv: {
        get: (key: string) => ifAlive(() => this.#get(key)),
        put: (key: string, value: unknown) => ifAlive(() => this.#put(key, value)),
        delete: (key: string) => ifAlive(() => this.#delete(key)),
      },
      transactionSync: <T>(write: () => T) => ifAlive(() => this.transaction(write)),
      setAlarm: (at: number) => settled(() => this.setAlarm(at)),
      getAlarm: () => settled(() => this.#alarmAt),
      deleteAlarm: () => settled(() => this.setAlarm(null)),
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
