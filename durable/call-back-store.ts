import {
  CALL_BACK_DAYS,
  CALL_BACKS_PER_PAGE,
  type CallBack,
  type CallBackCursor,
  type CallBackState,
  callBackCursor,
} from '../src/domain/calls/call-back.ts';

/**
 * Call-back tasks of a practice. `closed_at` leads, so that the queue is read in its order without what is
 * done; the index makes sure that a line and caller have one open task at most.
 */
export const CALL_BACK_SCHEMA = `
  CREATE TABLE call_backs (
    closed_at INTEGER NOT NULL,  -- 0 while it is open
    id        TEXT NOT NULL,     -- sorts by when it was opened
    line_id   TEXT NOT NULL,
    caller    TEXT NOT NULL,
    call_back TEXT NOT NULL,
    PRIMARY KEY (closed_at, id)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX open_call_backs ON call_backs (line_id, caller) WHERE closed_at = 0;
`;

const PRUNE_BATCH = 100;
const DAY_MS = 24 * 3600_000;

export interface CallBackPage {
  callBacks: CallBack[];
  nextCursor: string | null;
}

export class CallBackStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  openOf(lineId: string, caller: string): CallBack | null {
    return this.#one('closed_at = 0 AND line_id = ? AND caller = ?', lineId, caller);
  }

  /** On all lines. */
  openFor(caller: string): CallBack[] {
    const rows = this.#sql.exec(
      'SELECT call_back FROM call_backs WHERE closed_at = 0 AND caller = ? ORDER BY id',
      caller,
    );
    return [...rows].map((row) => JSON.parse(row.call_back as string) as CallBack);
  }

  withId(id: string): CallBack | null {
    return this.#one('closed_at = 0 AND id = ?', id) ?? this.#one('id = ?', id);
  }

  add(callBack: CallBack): void {
    const { id, line, caller, closed } = callBack;
    this.#sql.exec(
      'INSERT INTO call_backs (closed_at, id, line_id, caller, call_back) VALUES (?, ?, ?, ?, ?)',
      closed?.at ?? 0,
      id,
      line.id,
      caller,
      JSON.stringify(callBack),
    );
  }

  /** Instead of `before`, which may stand elsewhere in the order. */
  replace(before: CallBack, after: CallBack): void {
    this.#sql.exec(
      'UPDATE call_backs SET closed_at = ?, call_back = ? WHERE closed_at = ? AND id = ?',
      after.closed?.at ?? 0,
      JSON.stringify(after),
      before.closed?.at ?? 0,
      before.id,
    );
    if (after.closed !== null) this.#prune(after.closed.at);
  }

  openCount(): number {
    return this.#sql.exec('SELECT count(*) AS n FROM call_backs WHERE closed_at = 0').one().n as number;
  }

  /** Open ones the oldest first, closed ones the latest first. */
  page(state: CallBackState, after: CallBackCursor | null): CallBackPage {
    const rows =
      state === 'open'
        ? this.#sql.exec(
            `SELECT call_back FROM call_backs WHERE closed_at = 0 AND id > ? ORDER BY id LIMIT ${CALL_BACKS_PER_PAGE + 1}`,
            after?.[1] ?? '',
          )
        : this.#sql.exec(
            `SELECT call_back FROM call_backs WHERE closed_at > 0 AND (closed_at, id) < (?, ?)
             ORDER BY closed_at DESC, id DESC LIMIT ${CALL_BACKS_PER_PAGE + 1}`,
            ...(after ?? [Number.MAX_SAFE_INTEGER, '']),
          );
    const found = [...rows].map((row) => JSON.parse(row.call_back as string) as CallBack);
    const callBacks = found.slice(0, CALL_BACKS_PER_PAGE);
    const last = callBacks.at(-1);
    return { callBacks, nextCursor: last && found.length > callBacks.length ? callBackCursor(last) : null };
  }

  #one(where: string, ...values: string[]): CallBack | null {
    const row = this.#sql.exec(`SELECT call_back FROM call_backs WHERE ${where} LIMIT 1`, ...values).next();
    return row.done ? null : (JSON.parse(row.value.call_back as string) as CallBack);
  }

  #prune(now: number): void {
    this.#sql.exec(
      `DELETE FROM call_backs WHERE (closed_at, id) IN (
         SELECT closed_at, id FROM call_backs WHERE closed_at > 0 AND closed_at < ? ORDER BY closed_at LIMIT ${PRUNE_BATCH})`,
      now - CALL_BACK_DAYS * DAY_MS,
    );
  }
}
