import {
  ACTIVITY_DAYS,
  type Activity,
  type ActivityOutcome,
  firstActivityId,
  MAX_ACTIVITIES,
} from '../src/domain/activity/activity.ts';
import {
  ACTIVITIES_PER_PAGE,
  type ActivityFilter,
  type ActivityPage,
  BEYOND_TEXT,
  type BeyondText,
  entryOf,
  NOT_WITHOUT_TEXT,
  type Sight,
} from '../src/domain/activity/activity-entry.ts';
import { callerKey, callerPart, maskedCallerKey } from '../src/domain/activity/activity-search.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import { isCallOfPhoneSystem } from '../src/domain/triggers/test-call.ts';

/**
 * What fired in a practice, and why it did or did not lead to a text: one row each. It is in no conversation
 * as a whole, so it outlives a rebuild. The long column is the last, so that looking through the others
 * reads no further into a row.
 */
export const ACTIVITY_SCHEMA = `CREATE TABLE activities (
   id               TEXT PRIMARY KEY,  -- sorts by time
   outcome          TEXT NOT NULL,
   failure          TEXT,              -- why its text did not reach the caller
   trigger_id       TEXT NOT NULL,
   message_id       TEXT,
   caller           TEXT NOT NULL,     -- domain/activity/activity-search.ts
   caller_for_staff TEXT NOT NULL,
   activity         TEXT NOT NULL
 ) WITHOUT ROWID`;

export interface ActivityQuery {
  filter: ActivityFilter | null;
  triggerId: string | null;
  /** As typed: any part of a number. */
  typed: string;
  sight: Sight;
  /** The last one of the page before. */
  after: string | null;
}

export interface FoundActivity {
  activity: Activity;
  failure: FailureReason | null;
}

/** After every id. */
const END = '~';
const DAY_MS = 24 * 3600_000;
const PRUNE_BATCH = 2_000;
/** Where the store keeps another number of days than `ACTIVITY_DAYS`. */
const DAYS_KEPT = 'activity-days';

export class ActivityStore {
  readonly #sql: SqlStorage;
  readonly #kv: SyncKvStorage;
  #days: number;

  constructor(sql: SqlStorage, kv: SyncKvStorage) {
    this.#sql = sql;
    this.#kv = kv;
    this.#days = kv.get<number>(DAYS_KEPT) ?? ACTIVITY_DAYS;
  }

  keep(days: number, now: number): { isMore: boolean } {
    if (days !== this.#days) this.#kv.put(DAYS_KEPT, days);
    this.#days = days;
    return { isMore: this.prune(now) === PRUNE_BATCH };
  }

  /**
   * The same entry again changes nothing, and what has been decided does not wait again: a conversation that
   * was cut off publishes what it did once more. `before` is null where the entry is new.
   */
  record(activity: Activity): { isChanged: boolean; before: ActivityOutcome | null } {
    const json = JSON.stringify(activity);
    if (this.#put(activity, json, 'NOTHING')) {
      // By chance, since a count would be one more row for each entry.
      if (activity.id.endsWith('00')) this.prune(activity.at);
      return { isChanged: true, before: null };
    }
    const { outcome: before, json: known } = this.#known(activity.id);
    const isBehind = activity.outcome === 'held' && before !== 'held';
    if (known === json || isBehind) return { isChanged: false, before };
    const sql = `UPDATE SET outcome = excluded.outcome, message_id = excluded.message_id, caller = excluded.caller,
      caller_for_staff = excluded.caller_for_staff, activity = excluded.activity`;
    this.#put(activity, json, sql);
    return { isChanged: true, before };
  }

  /** Whether it was written. Nearly all are new, and are not looked for first. */
  #put(activity: Activity, json: string, otherwise: string): boolean {
    const { id, outcome, trigger, messageId, caller, conversationId } = activity;
    const key = callerKey(caller);
    const written = this.#sql.exec(
      `INSERT INTO activities (id, outcome, trigger_id, message_id, caller, caller_for_staff, activity)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO ${otherwise} RETURNING 1`,
      id,
      outcome,
      trigger.id,
      messageId,
      key,
      conversationId === null ? maskedCallerKey(caller) : key,
      json,
    );
    return !written.next().done;
  }

  #known(id: string): { outcome: ActivityOutcome; json: string } {
    const { outcome, activity } = this.#sql
      .exec('SELECT outcome, activity FROM activities WHERE id = ?', id)
      .one();
    return { outcome: outcome as ActivityOutcome, json: activity as string };
  }

  /** How the text of a call fared; answers the entries that this changes. `firedAt` is the instant of the entry. */
  recordDelivery(firedAt: number, messageId: string, failure: FailureReason | null): FoundActivity[] {
    const rows = this.#sql.exec(
      `UPDATE activities SET failure = ?1
       WHERE id >= ?2 AND id < ?3 AND message_id = ?4 AND failure IS NOT ?1 RETURNING activity, failure`,
      failure,
      firstActivityId(firedAt),
      firstActivityId(firedAt + 1),
      messageId,
    );
    return [...rows].map(toFound);
  }

  find(id: string): FoundActivity | null {
    const row = this.#sql.exec('SELECT activity, failure FROM activities WHERE id = ?', id).next();
    return row.done ? null : toFound(row.value);
  }

  /** When a phone system first told of a call, as far back as is kept; null where none did. */
  firstCallAt(): number | null {
    for (const row of this.#sql.exec('SELECT activity, failure FROM activities ORDER BY id')) {
      const { activity } = toFound(row);
      if (isCallOfPhoneSystem(activity)) return activity.at;
    }
    return null;
  }

  /** Newest first. */
  page({ filter, triggerId, typed, sight, after }: ActivityQuery): ActivityPage {
    const part = callerPart(typed);
    if (typed.trim() !== '' && part === null) return { activity: [], nextCursor: null };
    const conditions: [sql: string, ...values: string[]][] = [['id < ?', after ?? END]];
    if (filter !== null) conditions.push(conditionOf(filter));
    if (triggerId !== null) conditions.push(['trigger_id = ?', triggerId]);
    if (part !== null) {
      // Who knows the whole number may ask for it.
      if (sight === 'whole') conditions.push(['instr(caller, ?) > 0', part]);
      else conditions.push(['(instr(caller_for_staff, ?) > 0 OR caller = ?)', part, part]);
    }
    const rows = this.#sql.exec(
      `SELECT activity, failure FROM activities WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
       ORDER BY id DESC LIMIT ${ACTIVITIES_PER_PAGE + 1}`,
      ...conditions.flatMap(([, ...values]) => values),
    );
    const found = [...rows].map(toFound);
    const activity = found
      .slice(0, ACTIVITIES_PER_PAGE)
      .map((one) => entryOf(one.activity, one.failure, sight));
    const last = activity.at(-1);
    return { activity, nextCursor: last && found.length > activity.length ? last.id : null };
  }

  /** Those that concern a conversation, the newest first. */
  ofConversation(id: string, caller: string, limit: number): FoundActivity[] {
    const rows = this.#sql.exec(
      `SELECT activity, failure FROM activities
       WHERE caller = ? AND activity ->> '$.conversationId' = ? ORDER BY id DESC LIMIT ?`,
      callerKey(caller),
      id,
      limit,
    );
    return [...rows].map(toFound);
  }

  /** How many calls came from where no text can go, since two instants. */
  beyondText(since: { today: number; week: number }): BeyondText {
    const counts = Object.fromEntries(
      BEYOND_TEXT.map((outcome) => [outcome, { today: 0, week: 0 }]),
    ) as BeyondText;
    const rows = this.#sql.exec(
      `SELECT outcome, sum(id >= ?) AS today, count(*) AS week FROM activities
       WHERE id >= ? AND outcome IN (${BEYOND_TEXT.map(() => '?').join(', ')}) GROUP BY outcome`,
      firstActivityId(since.today),
      firstActivityId(since.week),
      ...BEYOND_TEXT,
    );
    for (const { outcome, today, week } of rows) {
      counts[outcome as keyof BeyondText] = { today: today as number, week: week as number };
    }
    return counts;
  }

  /** Forgets what is too old or too much, the oldest first; in batches, so that none takes long. */
  prune(now: number, most = MAX_ACTIVITIES): number {
    const row = this.#sql.exec('SELECT id FROM activities ORDER BY id DESC LIMIT 1 OFFSET ?', most).next();
    // What stands at that place is the first one too many.
    const tooMany = row.done ? '' : `${row.value.id as string}${END}`;
    const deleted = this.#sql.exec(
      `DELETE FROM activities WHERE id IN (
         SELECT id FROM activities WHERE id < max(?, ?) ORDER BY id LIMIT ${PRUNE_BATCH}) RETURNING 1`,
      tooMany,
      firstActivityId(now - this.#days * DAY_MS),
    );
    return [...deleted].length;
  }
}

function conditionOf(filter: ActivityFilter): [sql: string, ...values: string[]] {
  if (filter === 'not-delivered') return ['failure IS NOT NULL'];
  if (filter !== 'no-text') return ['outcome = ?', filter];
  return [`outcome NOT IN (${NOT_WITHOUT_TEXT.map(() => '?').join(', ')})`, ...NOT_WITHOUT_TEXT];
}

function toFound(row: Record<string, SqlStorageValue>): FoundActivity {
  return {
    activity: JSON.parse(row.activity as string) as Activity,
    failure: row.failure as FailureReason | null,
  };
}
