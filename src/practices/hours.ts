import type { Hours, HoursSetting } from '../domain/hours/after-hours.ts';
import { editHours } from '../domain/hours/hours-edits.ts';
import type { Schedule } from '../domain/hours/schedule.ts';
import type { CountedHours } from '../domain/waiting/waiting-rules.ts';
import { Problem } from '../problem.ts';
import { Recent } from './recent.ts';

const recentHours = new Recent<Hours | null>();

/**
 * What holds for a line, or with null for the practice itself; null where nobody set any hours, which means
 * always open. At most 10 s old: D1 stays off the way of a text.
 */
export async function scheduleOf(
  db: D1Database,
  practiceId: string,
  lineId: string | null,
  now = Date.now(),
): Promise<Hours | null> {
  const key = `${practiceId} ${lineId ?? ''}`;
  const recent = recentHours.find(key, now);
  if (recent !== undefined) return recent;
  const row = await db
    .prepare(
      `SELECT p.time_zone, coalesce(l.hours, h.hours) AS hours
       FROM practices p
       LEFT JOIN practice_hours h ON h.practice_id = p.id
       LEFT JOIN line_hours l ON l.line_id = ?2
       WHERE p.id = ?1`,
    )
    .bind(practiceId, lineId)
    .first<{ time_zone: string; hours: string | null }>();
  const hours = row === null || row.hours === null ? null : resolved(row.hours, row.time_zone);
  recentHours.keep(key, hours, now);
  return hours;
}

/** For whoever has just changed hours; other isolates notice within 10 s. */
export function forgetHours(): void {
  recentHours.clear();
}

/** Whose hours they are. */
export type HoursOf = { is: 'practice'; practiceId: string } | { is: 'line'; lineId: string };

const TABLES = {
  practice: { table: 'practice_hours', key: 'practice_id' },
  line: { table: 'line_hours', key: 'line_id' },
} as const;

function keyOf(of: HoursOf): string {
  return of.is === 'practice' ? of.practiceId : of.lineId;
}

export async function practiceHours(db: D1Database, practiceId: string): Promise<HoursSetting | null> {
  return hoursOf(db, { is: 'practice', practiceId });
}

export async function hoursOf(db: D1Database, of: HoursOf): Promise<HoursSetting | null> {
  const document = await documentOf(db, of);
  return document === null ? null : read(document);
}

/** `hours` is null where the line goes by its practice; all is null where the practice has no such line. */
export async function lineHours(
  db: D1Database,
  practiceId: string,
  lineId: string,
): Promise<{ hours: HoursSetting | null } | null> {
  const row = await db
    .prepare(
      `SELECT h.hours FROM lines l LEFT JOIN line_hours h ON h.line_id = l.id
       WHERE l.id = ? AND l.practice_id = ?`,
    )
    .bind(lineId, practiceId)
    .first<{ hours: string | null }>();
  return row === null ? null : { hours: row.hours === null ? null : read(row.hours) };
}

/** Of a practice and all of its lines, as far as waiting is counted by them. */
export async function countedHours(db: D1Database, practiceId: string): Promise<CountedHours> {
  const { results } = await db
    .prepare(
      `SELECT '' AS line, h.hours, p.time_zone FROM practices p
         JOIN practice_hours h ON h.practice_id = p.id WHERE p.id = ?1
       UNION ALL
       SELECT l.id, h.hours, p.time_zone FROM practices p
         JOIN lines l ON l.practice_id = p.id JOIN line_hours h ON h.line_id = l.id WHERE p.id = ?1
       ORDER BY 1`,
    )
    .bind(practiceId)
    .all<{ line: string; hours: string; time_zone: string }>();
  const schedules = results.map(
    ({ line, hours, time_zone }) => [line, countedFrom(resolved(hours, time_zone).schedule)] as const,
  );
  return {
    practice: schedules.find(([line]) => line === '')?.[1] ?? null,
    lines: Object.fromEntries(schedules.filter(([line]) => line !== '')),
  };
}

/** What callers are told on a holiday does not count. */
function countedFrom({ holidays, ...schedule }: Schedule): Schedule {
  return { ...schedule, holidays: holidays.map((holiday) => ({ ...holiday, text: null })) };
}

/** Whatever is there is replaced. */
export async function setHours(
  db: D1Database,
  of: HoursOf,
  hours: HoursSetting,
  entry?: D1PreparedStatement,
): Promise<void> {
  const { table, key } = TABLES[of.is];
  const statement = db
    .prepare(
      `INSERT INTO ${table} (${key}, hours) VALUES (?, ?)
       ON CONFLICT (${key}) DO UPDATE SET hours = excluded.hours`,
    )
    .bind(keyOf(of), JSON.stringify(hours));
  await db.batch(entry === undefined ? [statement] : [statement, entry]);
  forgetHours();
}

/** As often as others come first; each time the outcome is decided anew. */
const MAX_TRIES = 5;

/** As `setHours`, by somebody who had `seen` these before; what others changed meanwhile stays, or is in the way. */
export async function editHoursOf(
  db: D1Database,
  of: HoursOf,
  wanted: HoursSetting,
  seen: HoursSetting | null,
  entry: (before: HoursSetting | null, after: HoursSetting) => D1PreparedStatement,
): Promise<{ is: 'set'; hours: HoursSetting } | { is: 'conflict'; hours: HoursSetting | null }> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const document = await documentOf(db, of);
    const current = document === null ? null : read(document);
    const edit = editHours(current, wanted, seen);
    switch (edit.is) {
      case 'same':
        return { is: 'set', hours: current ?? wanted };
      case 'conflict':
        return { is: 'conflict', hours: current };
      case 'changed':
        if (await replaceDocument(db, of, document, edit.hours, entry(current, edit.hours)))
          return { is: 'set', hours: edit.hours };
    }
  }
  throw new Problem('unavailable');
}

/** The line goes by its practice again. */
export async function dropLineHours(
  db: D1Database,
  lineId: string,
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([db.prepare('DELETE FROM line_hours WHERE line_id = ?').bind(lineId), entry]);
  forgetHours();
}

async function documentOf(db: D1Database, of: HoursOf): Promise<string | null> {
  const { table, key } = TABLES[of.is];
  return db.prepare(`SELECT hours FROM ${table} WHERE ${key} = ?`).bind(keyOf(of)).first<string>('hours');
}

/** False where `before` is no longer what is there. */
async function replaceDocument(
  db: D1Database,
  of: HoursOf,
  before: string | null,
  after: HoursSetting,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { table, key } = TABLES[of.is];
  const document = JSON.stringify(after);
  const statement =
    before === null
      ? db
          .prepare(`INSERT INTO ${table} (${key}, hours) VALUES (?, ?) ON CONFLICT (${key}) DO NOTHING`)
          .bind(keyOf(of), document)
      : db
          .prepare(`UPDATE ${table} SET hours = ? WHERE ${key} = ? AND hours = ?`)
          .bind(document, keyOf(of), before);
  const [replaced] = await db.batch([statement, entry]);
  forgetHours();
  return (replaced?.meta.changes ?? 0) > 0;
}

function resolved(document: string, practiceTimeZone: string): Hours {
  const { timeZone, week, holidays, afterHoursReply } = read(document);
  return { schedule: { timeZone: timeZone ?? practiceTimeZone, week, holidays }, afterHoursReply };
}

/** What the door let in, and nothing else writes there. */
function read(document: string): HoursSetting {
  return JSON.parse(document) as HoursSetting;
}
