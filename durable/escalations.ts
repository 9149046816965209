import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { openPeriods } from '../src/domain/hours/opening-hours.ts';
import type { Schedule } from '../src/domain/hours/schedule.ts';
import { BUCKET, placeOf } from '../src/domain/inbox/inbox-view.ts';
import { isSameJson } from '../src/domain/text/same-json.ts';
import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  instantAfterOpenMs,
  type Period,
} from '../src/domain/waiting/waiting-clock.ts';
import { dueAfter } from '../src/domain/waiting/waiting-due.ts';
import type { WaitingRules } from '../src/domain/waiting/waiting-rules.ts';
import type { Job } from './inbox-wake-ups.ts';

/** Who was told of which wait: nobody twice, whatever dies or is built anew. A row for each that took too long. */
export const ESCALATIONS_TABLE = `CREATE TABLE escalations (
  conversation TEXT NOT NULL,
  level        TEXT NOT NULL,
  since        INTEGER NOT NULL,  -- the wait that it was told of
  PRIMARY KEY (conversation, level)
) WITHOUT ROWID`;

const RULES = 'waiting-rules';

/** Nobody is rung for what has been due for longer: where limits were set only now, or a text was lost on its way. */
const TOLD_WITHIN_MS = 15 * 60_000;

/** Looked at in one go. Those who wait longest come first, so what is left out is due later. */
const MOST_LOOKED_AT = 5_000;

const DAY_MS = 86_400_000;
const KNOWN_DAYS = 31;

interface Wait {
  id: string;
  line: string;
  since: number;
}

export interface Escalated {
  conversation: string;
  level: EscalationLevel;
}

/** Who has waited for too long, by the hours and limits that the inbox was told; `tell` is called once for each. */
export class Escalations implements Job {
  readonly name = 'telling who waits for too long';
  readonly #storage: DurableObjectStorage;
  readonly #tell: (escalated: Escalated) => void;
  #rules: WaitingRules | null | undefined;
  /** The earliest that is known; undefined where it was not looked for since the memory was lost. */
  #nextAt: number | null | undefined;
  /** By schedule: when it is open, a month before and after `around`. */
  readonly #periods = new Map<Schedule, { around: number; periods: Period[] }>();

  constructor(storage: DurableObjectStorage, tell: (escalated: Escalated) => void) {
    this.#storage = storage;
    this.#tell = tell;
  }

  /** False where they are as they were. */
  keepRules(rules: WaitingRules): boolean {
    if (isSameJson(rules, this.#known())) return false;
    this.#storage.kv.put(RULES, rules);
    this.#rules = rules;
    this.#periods.clear();
    return true;
  }

  /** The practice's own; null where it is always open, or nobody has told yet. */
  practiceHours(): Schedule | null {
    return this.#known()?.hours.practice ?? null;
  }

  /** See `WaitingSettings`. */
  returnsToQueue(): boolean {
    return this.#known()?.returnsToQueue !== false;
  }

  #known(): WaitingRules | null {
    if (this.#rules === undefined) this.#rules = this.#storage.kv.get<WaitingRules>(RULES) ?? null;
    return this.#rules;
  }

  /** A conversation is as it says. Answers when to wake up, where that is before all that was known. */
  learn(summary: ConversationSummary): number | null {
    const rules = this.#known();
    const { id, line, waitingSince: since } = summary;
    if (rules === null || since === null || placeOf(summary).bucket !== BUCKET.needsReply) return null;
    const first = rules.everyoneMinutes ?? rules.managersMinutes;
    if (first === null) return null;
    const now = Date.now();
    const dueAt = this.#dueAt({ id, line: line.id, since }, first, rules, now);
    if (dueAt === null) return null;
    // Heard of late; or one that was told of, and changes in another way.
    if (dueAt <= now) return this.#isTold(id, since) ? null : now;
    const knownAt = this.#nextAt === undefined ? this.dueAt() : this.#nextAt;
    if (knownAt !== null && knownAt < dueAt) return null;
    const isKnown = knownAt === dueAt && this.#nextAt !== undefined;
    this.#nextAt = dueAt;
    return isKnown ? null : dueAt;
  }

  dueAt(): number | null {
    const rules = this.#known();
    const now = Date.now();
    const all = rules === null ? [] : limitsOf(rules).map((limit) => this.#firstDueAt(limit, rules, now));
    const due = all.filter((at) => at !== null);
    this.#nextAt = due.length === 0 ? null : Math.min(...due);
    return this.#nextAt;
  }

  run(now: number): void {
    const rules = this.#known();
    if (rules === null) return;
    const news = this.#storage.transactionSync(() => {
      this.#forgetOver();
      return limitsOf(rules).flatMap((limit) => this.#record(limit, rules, now));
    });
    for (const one of news) this.#tell(one);
  }

  #record({ level, minutes }: Limit, rules: WaitingRules, now: number): Escalated[] {
    const news: Escalated[] = [];
    for (const wait of this.#untold(level)) {
      const dueAt = this.#dueAt(wait, minutes, rules, now);
      if (dueAt === null || dueAt > now) continue;
      this.#storage.sql.exec(
        'INSERT OR REPLACE INTO escalations (conversation, level, since) VALUES (?, ?, ?)',
        wait.id,
        level,
        wait.since,
      );
      if (now - dueAt < TOLD_WITHIN_MS) news.push({ conversation: wait.id, level });
    }
    return news;
  }

  /** Of each schedule only the one who has waited longest is counted. */
  #firstDueAt({ level, minutes }: Limit, rules: WaitingRules, now: number): number | null {
    const first = new Map<Schedule | null, Wait>();
    for (const wait of this.#untold(level)) {
      const schedule = scheduleOf(rules, wait.line);
      if (wait.since < (first.get(schedule)?.since ?? Number.POSITIVE_INFINITY)) first.set(schedule, wait);
    }
    const due = [...first.values()].map((wait) => this.#dueAt(wait, minutes, rules, now));
    const known = due.filter((at) => at !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  #untold(level: EscalationLevel): Wait[] {
    const rows = this.#storage.sql.exec(
      `SELECT id, json_extract(summary, '$.line.id') AS line, json_extract(summary, '$.waitingSince') AS since
       FROM conversations WHERE bucket = ?1 AND NOT EXISTS (
         SELECT 1 FROM escalations e WHERE e.conversation = conversations.id AND e.level = ?2
           AND e.since = json_extract(summary, '$.waitingSince'))
       ORDER BY rank LIMIT ?3`,
      BUCKET.needsReply,
      level,
      MOST_LOOKED_AT,
    );
    return [...rows] as unknown as Wait[];
  }

  /** What was told of a wait that is over explains nothing more. What is being fetched again may go on. */
  #forgetOver(): void {
    this.#storage.sql.exec(
      `DELETE FROM escalations WHERE NOT EXISTS (
         SELECT 1 FROM conversations c WHERE c.id = escalations.conversation AND
           CASE c.bucket WHEN 0 THEN 1 ELSE json_extract(c.summary, '$.waitingSince') = escalations.since END)`,
    );
  }

  #isTold(id: string, since: number): boolean {
    const sql = 'SELECT 1 FROM escalations WHERE conversation = ? AND since = ? LIMIT 1';
    return [...this.#storage.sql.exec(sql, id, since)].length > 0;
  }

  #dueAt({ line, since }: Wait, minutes: number, rules: WaitingRules, now: number): number | null {
    const schedule = scheduleOf(rules, line);
    if (schedule === null) return since + minutes * 60_000;
    const periods = this.#periodsAround(schedule, now);
    return instantAfterOpenMs(periods, since, minutes * 60_000) ?? dueAfter(schedule, since, minutes);
  }

  #periodsAround(schedule: Schedule, now: number): Period[] {
    const known = this.#periods.get(schedule);
    if (known !== undefined && Math.abs(now - known.around) < DAY_MS) return known.periods;
    const reach = KNOWN_DAYS * DAY_MS;
    const periods = openPeriods(schedule, now - reach, now + reach);
    this.#periods.set(schedule, { around: now, periods });
    return periods;
  }
}

interface Limit {
  level: EscalationLevel;
  minutes: number;
}

function limitsOf({ everyoneMinutes, managersMinutes }: WaitingRules): Limit[] {
  const minutes = { everyone: everyoneMinutes, managers: managersMinutes };
  return ESCALATION_LEVELS.flatMap((level) => {
    const limit = minutes[level];
    return limit === null ? [] : [{ level, minutes: limit }];
  });
}

function scheduleOf({ hours }: WaitingRules, line: string): Schedule | null {
  return hours.lines[line] ?? hours.practice;
}
