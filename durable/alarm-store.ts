/** What managers should hear of, in their practice's inbox: no projection, so a rebuild leaves it alone. */
import {
  ACCOUNT_TROUBLES,
  accountTroubleIn,
  isOver,
  type Learnt,
  type PracticeAlarm,
  type Trouble,
} from '../src/domain/inbox/practice-alarm.ts';

export const ALARMS_TABLE = `CREATE TABLE alarms (
   kind      TEXT NOT NULL,
   line      TEXT NOT NULL,
   line_name TEXT NOT NULL,
   carrier   TEXT NOT NULL,
   detail    TEXT,             -- of kind account: why
   count     INTEGER NOT NULL,
   first_at  INTEGER NOT NULL,
   last_at   INTEGER NOT NULL,
   PRIMARY KEY (kind, line)
 ) WITHOUT ROWID`;

/** Anybody can send a wrong signature, and must not be able to make us write as often as they like. */
const SIGNATURE_EVERY_MS = 60_000;

export class AlarmStore {
  readonly #sql: SqlStorage;
  /** What the table holds, read once: ordinary events must not even read it. */
  #known: Map<string, PracticeAlarm> | null = null;
  /** Of wrong signatures; it outlives their dismissal. */
  readonly #writtenAt = new Map<string, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Oldest first. */
  list(): PracticeAlarm[] {
    return [...this.#all().values()].sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1));
  }

  /** Whether anything has changed. */
  learn(learnt: Learnt, now: number): boolean {
    const trouble = accountTroubleIn(learnt);
    if (trouble !== null) return this.raise(trouble, now);
    const over = this.list().filter((alarm) => isOver(alarm, learnt));
    for (const { id } of over) this.dismiss(id);
    return over.length > 0;
  }

  raise(trouble: Trouble, now: number): boolean {
    const key = keyOf(trouble);
    const before = this.#all().get(key);
    if (trouble.kind === 'signature') {
      const writtenAt = this.#writtenAt.get(key) ?? before?.lastAt ?? Number.NEGATIVE_INFINITY;
      if (now - writtenAt < SIGNATURE_EVERY_MS) return false;
      this.#writtenAt.set(key, now);
    }
    const alarm = coalesced(before, trouble, now);
    this.#put(alarm);
    this.#all().set(key, alarm);
    return true;
  }

  dismiss(id: string): boolean {
    const alarm = this.list().find((one) => one.id === id);
    if (alarm === undefined) return false;
    this.#sql.exec('DELETE FROM alarms WHERE kind = ? AND line = ?', alarm.kind, alarm.line.id);
    this.#all().delete(keyOf(alarm));
    return true;
  }

  #put({ kind, line, carrier, detail, count, firstAt, lastAt }: PracticeAlarm): void {
    this.#sql.exec(
      `INSERT INTO alarms (kind, line, line_name, carrier, detail, count, first_at, last_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (kind, line) DO UPDATE SET line_name = excluded.line_name, carrier = excluded.carrier,
         detail = excluded.detail, count = excluded.count, last_at = excluded.last_at`,
      ...[kind, line.id, line.name, carrier, detail, count, firstAt, lastAt],
    );
  }

  #all(): Map<string, PracticeAlarm> {
    this.#known ??= new Map(
      [...this.#sql.exec('SELECT * FROM alarms')].map((row) => {
        const alarm = toAlarm(row as unknown as AlarmRow);
        return [keyOf(alarm), alarm] as const;
      }),
    );
    return this.#known;
  }
}

interface AlarmRow {
  kind: Trouble['kind'];
  line: string;
  line_name: string;
  carrier: Trouble['carrier'];
  detail: Trouble['detail'];
  count: number;
  first_at: number;
  last_at: number;
}

function toAlarm(row: AlarmRow): PracticeAlarm {
  const { kind, carrier, detail, count } = row;
  const trouble = { kind, carrier, detail, count, line: { id: row.line, name: row.line_name } } as Trouble;
  return { ...trouble, id: idOf(trouble, row.first_at), firstAt: row.first_at, lastAt: row.last_at };
}

function coalesced(before: PracticeAlarm | undefined, trouble: Trouble, now: number): PracticeAlarm {
  const firstAt = before?.firstAt ?? now;
  const count = (before?.count ?? 0) + trouble.count;
  const alarm = { ...trouble, count, id: idOf(trouble, firstAt), firstAt, lastAt: now };
  if (before?.kind !== 'account' || alarm.kind !== 'account') return alarm;
  // One text that is taken for spam does not make a closed account less grave.
  return {
    ...alarm,
    detail: ACCOUNT_TROUBLES.find((one) => [before.detail, alarm.detail].includes(one)) ?? alarm.detail,
  };
}

function keyOf({ kind, line }: Trouble): string {
  return `${kind} ${line.id}`;
}

function idOf({ kind, line }: Trouble, firstAt: number): string {
  return `${kind}-${firstAt}-${line.id}`;
}
