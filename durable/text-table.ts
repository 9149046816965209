import type { Message } from '../src/domain/conversation/message.ts';
import { rowOwner } from './text-index.ts';

/** The rows of callers begin behind it; no inbox has as many messages. */
export const FIRST_OF_CALLERS = 2 ** 50;

/**
 * The rows of the full-text index: messages count up from 1, and callers from far behind. Read from the end, which is
 * done once for each search, the index has the people first and then the texts, the newest of both on top.
 */
export class TextTable {
  readonly #sql: SqlStorage;
  /** How far both have come; null until it is needed. A number that was not used after all is left out. */
  #ends: { callers: number; messages: number } | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  addMessage(conversationId: string, message: Message, body: string): void {
    const ends = this.#knownEnds();
    ends.messages += 1;
    this.#add(ends.messages, rowOwner(conversationId, message), body);
  }

  /** Answers the row that it is in. */
  addCaller(conversationId: string, body: string): number {
    const ends = this.#knownEnds();
    ends.callers += 1;
    this.#add(ends.callers, conversationId, body);
    return ends.callers;
  }

  bodyOf(row: number): string {
    return this.#sql.exec('SELECT body FROM texts WHERE rowid = ?', row).one().body as string;
  }

  remove(row: number): void {
    this.#sql.exec('DELETE FROM texts WHERE rowid = ?', row);
  }

  #add(row: number, owner: string, body: string): void {
    this.#sql.exec('INSERT INTO texts (rowid, conversation, body) VALUES (?, ?, ?)', row, owner, body);
  }

  #knownEnds(): { callers: number; messages: number } {
    this.#ends ??= {
      callers: this.#lastBefore(Number.MAX_SAFE_INTEGER, FIRST_OF_CALLERS),
      messages: this.#lastBefore(FIRST_OF_CALLERS, 0),
    };
    return this.#ends;
  }

  #lastBefore(end: number, least: number): number {
    const sql = 'SELECT rowid AS row FROM texts WHERE rowid < ? ORDER BY rowid DESC LIMIT 1';
    const row = this.#sql.exec(sql, end).next();
    return row.done ? least : Math.max(least, row.value.row as number);
  }
}
