import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Caller } from '../src/domain/patients/caller-match.ts';
import { namesText, numberExpression } from './text-index.ts';
import type { TextTable } from './text-table.ts';

/** A conversation, and what is known of its caller. */
export interface CallerHere {
  id: string;
  caller: Caller;
}

/** Terms of one search; what it costs grows with each, and a query may have only so many. */
const NUMBERS_IN_ONE_QUERY = 50;

/** Who the inbox's callers are: found by number for the directory, and by name for staff. */
export class CallerIndex {
  readonly #sql: SqlStorage;
  readonly #texts: TextTable;

  constructor(sql: SqlStorage, texts: TextTable) {
    this.#sql = sql;
    this.#texts = texts;
  }

  /**
   * Names come and go with the directory, so they are a row of their own in the text index, which is only written
   * where they change. `row` is the one that holds them now.
   */
  index({ id, caller }: ConversationSummary, row: number | null): void {
    const names = namesText(caller);
    if (names === (row === null ? '' : this.#texts.bodyOf(row))) return;
    if (row !== null) this.#texts.remove(row);
    const kept = names === '' ? null : this.#texts.addCaller(id, names);
    this.#sql.exec('UPDATE conversations SET names_row = ? WHERE id = ?', kept, id);
  }

  /** The conversations with these numbers; null while some have to be fetched again, which may be among them. */
  withNumbers(numbers: readonly string[]): CallerHere[] | null {
    if (this.#isIncomplete()) return null;
    const wanted = new Set(numbers);
    const found = new Map<string, CallerHere>();
    for (let from = 0; from < numbers.length; from += NUMBERS_IN_ONE_QUERY) {
      const rows = this.#sql.exec(
        `SELECT c.id, c.summary ->> '$.caller' AS caller
         FROM texts CROSS JOIN conversations c ON c.id = texts.conversation WHERE texts MATCH ?`,
        numberExpression(numbers.slice(from, from + NUMBERS_IN_ONE_QUERY)),
      );
      for (const one of [...rows].map(callerHereFrom)) {
        // Others only mention a number.
        if (wanted.has(one.caller.number)) found.set(one.id, one);
      }
    }
    return [...found.values()];
  }

  /** All of them, in the order of their ids; null as above. */
  after(id: string, limit: number): CallerHere[] | null {
    if (this.#isIncomplete()) return null;
    const rows = this.#sql.exec(
      `SELECT id, summary ->> '$.caller' AS caller FROM conversations WHERE id > ? ORDER BY id LIMIT ?`,
      id,
      limit,
    );
    return [...rows].map(callerHereFrom);
  }

  #isIncomplete(): boolean {
    return !this.#sql.exec('SELECT 1 FROM conversations WHERE bucket = 0 LIMIT 1').next().done;
  }
}

function callerHereFrom({ id, caller }: Record<string, SqlStorageValue>): CallerHere {
  return { id: id as string, caller: JSON.parse(caller as string) as Caller };
}
