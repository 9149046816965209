import type { Hours, HoursSetting } from '../domain/after-hours.ts';
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

export async function practiceHours(db: D1Database, practiceId: string): Promise<HoursSetting | null> {
  const row = await db
    .prepare('SELECT hours FROM practice_hours WHERE practice_id = ?')
    .bind(practiceId)
    .first<{ hours: string }>();
  return row === null ? null : read(row.hours);
}

export async function setPracticeHours(
  db: D1Database,
  practiceId: string,
  hours: HoursSetting,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO practice_hours (practice_id, hours) VALUES (?, ?)
       ON CONFLICT (practice_id) DO UPDATE SET hours = excluded.hours`,
    )
    .bind(practiceId, JSON.stringify(hours))
    .run();
  forgetHours();
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

/** Null as the hours gives the line back to its practice. False where the practice has no such line. */
export async function setLineHours(
  db: D1Database,
  practiceId: string,
  lineId: string,
  hours: HoursSetting | null,
): Promise<boolean> {
  if ((await lineHours(db, practiceId, lineId)) === null) return false;
  const statement =
    hours === null
      ? db.prepare('DELETE FROM line_hours WHERE line_id = ?').bind(lineId)
      : db
          .prepare(
            `INSERT INTO line_hours (line_id, hours) VALUES (?, ?)
             ON CONFLICT (line_id) DO UPDATE SET hours = excluded.hours`,
          )
          .bind(lineId, JSON.stringify(hours));
  await statement.run();
  forgetHours();
  return true;
}

function resolved(document: string, practiceTimeZone: string): Hours {
  const { timeZone, week, holidays, afterHoursReply } = read(document);
  return { schedule: { timeZone: timeZone ?? practiceTimeZone, week, holidays }, afterHoursReply };
}

/** What the door let in, and nothing else writes there. */
function read(document: string): HoursSetting {
  return JSON.parse(document) as HoursSetting;
}
