/** Who of a practice wants to be told while away, through which browsers, and what they were told: no projection, so a rebuild leaves it alone. */
import type { Quiet } from '../src/domain/telling/quiet.ts';
import { isMorePressing, type Reason } from '../src/domain/telling/ring.ts';
import { isSameJson } from '../src/domain/text/same-json.ts';
import type { PushKeys } from './web-push.ts';

export const PUSH_SUBSCRIPTIONS_TABLE = `CREATE TABLE push_subscriptions (
   endpoint   TEXT PRIMARY KEY,
   staff      TEXT NOT NULL,
   is_manager INTEGER NOT NULL,
   session    TEXT NOT NULL,  -- of the browser, so that signing out there ends it
   keys       TEXT NOT NULL,  -- JSON: p256dh, auth
   quiet      TEXT NOT NULL,  -- JSON: domain/telling/quiet.ts
   passes_urgent INTEGER NOT NULL,
   practice_name TEXT NOT NULL,
   added_at   INTEGER NOT NULL
 ) WITHOUT ROWID`;

/** One row for a person and a conversation, from when there is something to tell until they have looked. */
export const PUSH_TELLINGS_TABLE = `CREATE TABLE push_tellings (
   staff        TEXT NOT NULL,
   conversation TEXT NOT NULL,
   reason       TEXT NOT NULL,
   noticed_at   INTEGER NOT NULL,
   due_at       INTEGER,       -- null once they were told
   PRIMARY KEY (staff, conversation)
 ) WITHOUT ROWID`;

/** More browsers of one person than anybody uses: the oldest make room. */
const MOST_BROWSERS = 10;

const IS_BY_NAME: Record<Reason, boolean> = {
  waiting: false,
  escalated: false,
  assigned: true,
  mentioned: true,
  urgent: false,
};

/** How somebody wants to be told, as the route read it. */
export interface Wish {
  staffId: string;
  isManager: boolean;
  quiet: Quiet;
  passesUrgent: boolean;
  practiceName: string;
}

export interface Subscription extends Wish {
  endpoint: string;
  keys: PushKeys;
  session: string;
}

export interface DueTelling {
  conversation: string;
  reason: Reason;
  noticedAt: number;
}

export class PushStore {
  readonly #sql: SqlStorage;
  /** What the tables hold, read once: where nobody wants to be told, events must not even read them. */
  #known: Subscription[] | null = null;
  #told: Map<string, Reason> | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  subscriptions(): readonly Subscription[] {
    this.#known ??= this.#sql
      .exec('SELECT * FROM push_subscriptions ORDER BY added_at, endpoint')
      .toArray()
      .map((row) => ({
        endpoint: String(row.endpoint),
        staffId: String(row.staff),
        isManager: row.is_manager === 1,
        session: String(row.session),
        keys: JSON.parse(String(row.keys)) as PushKeys,
        quiet: JSON.parse(String(row.quiet)) as Quiet,
        passesUrgent: row.passes_urgent === 1,
        practiceName: String(row.practice_name),
      }));
    return this.#known;
  }

  /** The same browser again, or another person in it, takes the place of what was there. */
  keep(one: Subscription, now: number): void {
    // A page says so each time it is loaded or connects again.
    if (this.subscriptions().some((known) => isSameJson(known, one))) return;
    const others = this.subscriptions().filter(
      ({ staffId, endpoint }) => staffId === one.staffId && endpoint !== one.endpoint,
    );
    for (const { endpoint } of others.slice(0, Math.max(0, others.length + 1 - MOST_BROWSERS)))
      this.drop(endpoint);
    this.#sql.exec(
      'INSERT OR REPLACE INTO push_subscriptions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      one.endpoint,
      one.staffId,
      one.isManager ? 1 : 0,
      one.session,
      JSON.stringify(one.keys),
      JSON.stringify(one.quiet),
      one.passesUrgent ? 1 : 0,
      one.practiceName,
      now,
    );
    this.#known = null;
  }

  drop(endpoint: string): void {
    this.#sql.exec('DELETE FROM push_subscriptions WHERE endpoint = ?', endpoint);
    this.#forgotten();
  }

  /** All browsers of a person, or the one with this session. */
  dropOf(staffId: string, session: string | null): void {
    const gone = this.subscriptions().filter(
      (one) => one.staffId === staffId && (session === null || one.session === session),
    );
    for (const { endpoint } of gone) this.drop(endpoint);
  }

  /** They work here no more, for all that is known; or in this role from now on, which tells them of other things. */
  recheck(staffId: string, isManager: boolean | null): void {
    if (isManager === null) {
      this.dropOf(staffId, null);
      return;
    }
    this.#sql.exec(
      'UPDATE push_subscriptions SET is_manager = ? WHERE staff = ?',
      isManager ? 1 : 0,
      staffId,
    );
    this.#known = null;
  }

  /** Something else is to hold for all browsers of this person. */
  change({ staffId, quiet, passesUrgent }: Pick<Wish, 'staffId' | 'quiet' | 'passesUrgent'>): void {
    if (!this.subscriptions().some((one) => one.staffId === staffId)) return;
    this.#sql.exec(
      'UPDATE push_subscriptions SET quiet = ?, passes_urgent = ? WHERE staff = ?',
      JSON.stringify(quiet),
      passesUrgent ? 1 : 0,
      staffId,
    );
    this.#known = null;
  }

  /** Answers false where they were told already, and for no less: one telling for each conversation, until seen. */
  notice(staffId: string, conversation: string, reason: Reason, now: number, dueAt: number): boolean {
    const key = keyOf(staffId, conversation);
    const before = this.#tellings().get(key);
    if (before !== undefined && !isMorePressing(reason, before)) return false;
    this.#sql.exec(
      'INSERT OR REPLACE INTO push_tellings VALUES (?, ?, ?, ?, ?)',
      staffId,
      conversation,
      reason,
      now,
      dueAt,
    );
    this.#tellings().set(key, reason);
    return true;
  }

  /** This person has looked: what comes now is new to them. */
  seenBy(staffId: string): void {
    for (const key of this.#tellings().keys()) if (key.startsWith(`${staffId} `)) this.#forget(key);
  }

  /** Somebody answered: nobody need look any more, but for who was asked by name. */
  settled(conversation: string): void {
    for (const [key, reason] of this.#tellings())
      if (key.endsWith(` ${conversation}`) && !IS_BY_NAME[reason]) this.#forget(key);
  }

  nextDueAt(): number | null {
    if (this.#tellings().size === 0) return null;
    const [row] = this.#sql.exec<{ at: number | null }>('SELECT MIN(due_at) AS at FROM push_tellings');
    return row?.at ?? null;
  }

  /** By person, what is due, the oldest first. */
  due(now: number): Map<string, DueTelling[]> {
    const rows = this.#sql
      .exec('SELECT * FROM push_tellings WHERE due_at <= ? ORDER BY noticed_at, conversation', now)
      .toArray();
    return Map.groupBy(
      rows.map((row) => ({
        staffId: String(row.staff),
        conversation: String(row.conversation),
        reason: row.reason as Reason,
        noticedAt: Number(row.noticed_at),
      })),
      ({ staffId }) => staffId,
    );
  }

  /** `dueAt` null: they were told. */
  put(staffId: string, conversations: readonly string[], dueAt: number | null): void {
    for (const conversation of conversations)
      this.#sql.exec(
        'UPDATE push_tellings SET due_at = ? WHERE staff = ? AND conversation = ?',
        dueAt,
        staffId,
        conversation,
      );
  }

  drops(staffId: string, conversations: readonly string[]): void {
    for (const conversation of conversations) this.#forget(keyOf(staffId, conversation));
  }

  #tellings(): Map<string, Reason> {
    this.#told ??= new Map(
      this.#sql
        .exec('SELECT staff, conversation, reason FROM push_tellings')
        .toArray()
        .map((row) => [keyOf(String(row.staff), String(row.conversation)), row.reason as Reason]),
    );
    return this.#told;
  }

  #forget(key: string): void {
    const [staffId = '', conversation = ''] = key.split(' ');
    this.#sql.exec('DELETE FROM push_tellings WHERE staff = ? AND conversation = ?', staffId, conversation);
    this.#told?.delete(key);
  }

  /** Who is told no more has nothing left to be told of. */
  #forgotten(): void {
    this.#known = null;
    const people = new Set(this.subscriptions().map(({ staffId }) => staffId));
    for (const key of this.#tellings().keys()) if (!people.has(key.split(' ')[0] ?? '')) this.#forget(key);
  }
}

function keyOf(staffId: string, conversation: string): string {
  return `${staffId} ${conversation}`;
}
