import type { CarrierName, Line } from '../domain/calls/firing.ts';
import type { LineSettings } from '../domain/practice/line-settings.ts';
import type { LineToSetUp } from '../domain/triggers/managed-trigger.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';
import { LINE_SETTINGS, type LineSettingsRow, lineSettingsFrom } from './line-settings-row.ts';
import { forgetNeverTexted } from './never-texted.ts';
import { Recent } from './recent.ts';

interface LineRow {
  id: string;
  practice_id: string;
  practice_name: string;
  name: string;
  number: string;
  carrier: CarrierName;
  segments_per_second: number;
  looks_up_line_type: 0 | 1;
  text_in_at: number | null;
}

export interface LineOfPractice {
  practiceId: string;
  practiceName: string;
  line: Line;
  /** When a webhook last brought a text, exact to the day. */
  textInAt: number | null;
}

const OF_PRACTICE = `SELECT l.id, l.practice_id, p.name AS practice_name, l.name, l.number, l.carrier,
    l.segments_per_second, l.looks_up_line_type, l.text_in_at
  FROM lines l JOIN practices p ON p.id = l.practice_id`;

const recentLines = new Recent<LineOfPractice>();

/** Whose line a text was sent to; `number` is E.164. At most 10 s old: D1 stays off the way of a text. */
export async function lineByNumber(
  db: D1Database,
  number: string,
  now = Date.now(),
): Promise<LineOfPractice | null> {
  const recent = recentLines.find(number, now);
  if (recent !== undefined) return recent;
  const row = await db.prepare(`${OF_PRACTICE} WHERE l.number = ?`).bind(number).first<LineRow>();
  if (row === null) return null;
  const found = lineOfPracticeFrom(row);
  recentLines.keep(number, found, now);
  return found;
}

/** Of all practices. */
export async function linesOfCarriers(
  db: D1Database,
  carriers: readonly CarrierName[],
): Promise<LineOfPractice[]> {
  const { results } = await db
    .prepare(`${OF_PRACTICE} WHERE l.carrier IN (SELECT value FROM json_each(?)) ORDER BY l.id`)
    .bind(JSON.stringify(carriers))
    .all<LineRow>();
  return results.map(lineOfPracticeFrom);
}

function lineOfPracticeFrom(row: LineRow): LineOfPractice {
  return {
    practiceId: row.practice_id,
    practiceName: row.practice_name,
    line: {
      id: row.id,
      name: row.name,
      number: row.number,
      carrier: row.carrier,
      segmentsPerSecond: row.segments_per_second,
      looksUpLineType: row.looks_up_line_type === 1,
    },
    textInAt: row.text_in_at,
  };
}

/** Of every line of the enterprise. */
export async function lineIds(db: D1Database): Promise<string[]> {
  const { results } = await db.prepare('SELECT id FROM lines').all<{ id: string }>();
  return results.map(({ id }) => id);
}

/** All of them, retired ones too. */
export async function linesOf(db: D1Database, practiceId: string): Promise<LineSettings[]> {
  const { results } = await db
    .prepare(`SELECT ${LINE_SETTINGS} FROM lines WHERE practice_id = ? ORDER BY name, number`)
    .bind(practiceId)
    .all<LineSettingsRow>();
  return results.map(lineSettingsFrom);
}

/** Once a day is enough: that texts come in is what people want to know, not how many. */
const NOTED_EVERY_MS = 24 * 3_600_000;

/** A webhook of its carrier brought a text. Writes seldom, since it happens for each one. */
export async function noteTextIn(
  db: D1Database,
  { line, textInAt }: Pick<LineOfPractice, 'line' | 'textInAt'>,
  now: number,
): Promise<void> {
  if (textInAt !== null && now - textInAt < NOTED_EVERY_MS) return;
  await db
    .prepare('UPDATE lines SET text_in_at = ? WHERE id = ? AND carrier = ?')
    .bind(now, line.id, line.carrier)
    .run();
  recentLines.clear();
}

/** Where texts of the practice go out from, and where calls to them are forwarded to. */
export async function linesOfPractice(db: D1Database, practiceId: string): Promise<LineToSetUp[]> {
  const { results } = await db
    .prepare(
      'SELECT id, name, number, main_number FROM lines WHERE practice_id = ? AND retired_at IS NULL ORDER BY name, id',
    )
    .bind(practiceId)
    .all<{ id: string; name: string; number: string; main_number: string | null }>();
  return results.map(({ main_number, ...line }) => ({ ...line, mainNumber: main_number }));
}

/** For whoever has just changed a line; other isolates notice within 10 s. */
export function forgetLines(): void {
  forgetNeverTexted();
  recentLines.clear();
}

/** A line with its live triggers, for the simulator. The tokens stay on the server. */
export interface CallableLine {
  practiceName: string;
  line: Pick<Line, 'id' | 'name' | 'number'>;
  triggers: { useCase: UseCase; language: string; token: string }[];
}

/** What a simulated phone may call: the lines of all practices, call centres first. */
export async function callableLines(db: D1Database): Promise<CallableLine[]> {
  const { results } = await db
    .prepare(
      `SELECT p.name AS practice_name, l.id, l.name, l.number,
         (SELECT json_group_array(json_object('useCase', t.use_case, 'language', t.language, 'token', t.token))
          FROM triggers t WHERE t.line_id = l.id AND t.revoked_at IS NULL) AS triggers
       FROM lines l JOIN practices p ON p.id = l.practice_id
       WHERE l.carrier = 'simulator' AND l.retired_at IS NULL
       ORDER BY p.kind, p.name, l.name`,
    )
    .all<{ practice_name: string; id: string; name: string; number: string; triggers: string }>();
  return results.map(({ practice_name, id, name, number, triggers }) => ({
    practiceName: practice_name,
    line: { id, name, number },
    triggers: JSON.parse(triggers) as CallableLine['triggers'],
  }));
}
