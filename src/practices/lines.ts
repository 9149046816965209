import type { CarrierName, Line } from '../domain/firing.ts';
import type { UseCase } from '../domain/use-case.ts';
import { Recent } from './recent.ts';

interface LineRow {
  id: string;
  practice_id: string;
  practice_name: string;
  name: string;
  number: string;
  carrier: CarrierName;
  segments_per_second: number;
}

interface LineOfPractice {
  practiceId: string;
  practiceName: string;
  line: Line;
}

const recentNumbers = new Recent<ReadonlySet<string>>();
const recentLines = new Recent<LineOfPractice>();

/** Whose line a text was sent to; `number` is E.164. At most 10 s old: D1 stays off the way of a text. */
export async function lineByNumber(
  db: D1Database,
  number: string,
  now = Date.now(),
): Promise<LineOfPractice | null> {
  const recent = recentLines.find(number, now);
  if (recent !== undefined) return recent;
  const row = await db
    .prepare(`SELECT l.id, l.practice_id, p.name AS practice_name, l.name, l.number, l.carrier,
         l.segments_per_second
       FROM lines l JOIN practices p ON p.id = l.practice_id WHERE l.number = ?`)
    .bind(number)
    .first<LineRow>();
  if (row === null) return null;
  const { id, name, carrier } = row;
  const found = {
    practiceId: row.practice_id,
    practiceName: row.practice_name,
    line: { id, name, number: row.number, carrier, segmentsPerSecond: row.segments_per_second },
  };
  recentLines.keep(number, found, now);
  return found;
}

/** Every line and main number of the enterprise, E.164: never texted. At most 10 s old. */
export async function ownNumbers(db: D1Database, now = Date.now()): Promise<ReadonlySet<string>> {
  const recent = recentNumbers.find('all', now);
  if (recent !== undefined) return recent;
  const { results } = await db
    .prepare('SELECT number FROM lines UNION SELECT main_number FROM lines WHERE main_number IS NOT NULL')
    .all<{ number: string }>();
  const numbers = new Set(results.map((row) => row.number));
  recentNumbers.keep('all', numbers, now);
  return numbers;
}

/** Where texts of the practice go out from. */
export async function linesOfPractice(
  db: D1Database,
  practiceId: string,
): Promise<Pick<Line, 'id' | 'name' | 'number'>[]> {
  const { results } = await db
    .prepare('SELECT id, name, number FROM lines WHERE practice_id = ? ORDER BY name, id')
    .bind(practiceId)
    .all<Pick<Line, 'id' | 'name' | 'number'>>();
  return results;
}

/** For whoever has just changed a line; other isolates notice within 10 s. */
export function forgetLines(): void {
  recentNumbers.clear();
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
       WHERE l.carrier = 'simulator'
       ORDER BY p.kind, p.name, l.name`,
    )
    .all<{ practice_name: string; id: string; name: string; number: string; triggers: string }>();
  return results.map(({ practice_name, id, name, number, triggers }) => ({
    practiceName: practice_name,
    line: { id, name, number },
    triggers: JSON.parse(triggers) as CallableLine['triggers'],
  }));
}
