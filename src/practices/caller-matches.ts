import type { PatientOfNumber } from '../domain/conversation/conversation-context.ts';
import {
  type CallerMatch,
  callerMatch,
  MAX_NAMES,
  type PatientWithNumber,
  UNVERIFIED,
} from '../domain/patients/caller-match.ts';
import { Recent } from './recent.ts';

/** A record may have been replaced by one that was replaced in turn; a circle ends here too. */
const MAX_REPLACEMENTS = 5;

/** Numbers in one query. */
export const MAX_MATCHED_AT_ONCE = 500;

/**
 * Whose the numbers are that `wanted` selects: every step is by a primary key, however many patients there are. A
 * record that was replaced leads to the one in its place; only living, active patients are anybody's match.
 */
function matchQuery(wanted: string): string {
  return `WITH RECURSIVE
    found (number, practice_id, id, replaced_by, name, language, status, steps) AS (
      SELECT n.number, p.practice_id, p.id, p.replaced_by, p.name, p.language, p.status, 0
      FROM (${wanted}) w
      CROSS JOIN patient_numbers n ON n.number = w.number
      CROSS JOIN patients p ON p.practice_id = n.practice_id AND p.id = n.patient_id
      UNION ALL
      SELECT f.number, p.practice_id, p.id, p.replaced_by, p.name, p.language, p.status, f.steps + 1
      FROM found f CROSS JOIN patients p ON p.practice_id = f.practice_id AND p.id = f.replaced_by
      WHERE f.steps < ${MAX_REPLACEMENTS}
    )
    SELECT number, practice_id, id, name, language, (SELECT any_patient IS NOT NULL FROM enterprise) AS may_reach_any
    FROM found WHERE replaced_by IS NULL AND status = 'active'`;
}

export const MATCH_ONE = `${matchQuery('SELECT ?1 AS number')} ORDER BY practice_id <> ?2, name LIMIT ${2 * MAX_NAMES}`;
const MATCH_MANY = `${matchQuery('SELECT value AS number FROM json_each(?1)')} ORDER BY name`;

interface Row {
  number: string;
  practice_id: string;
  id: string;
  name: string;
  language: string | null;
  may_reach_any: 0 | 1;
}

/** Whether there is any patient whom a practice may know. */
const HAS_PATIENTS = `SELECT EXISTS (SELECT 1 FROM patients WHERE practice_id = ?1)
    OR ((SELECT any_patient IS NOT NULL FROM enterprise) AND EXISTS (SELECT 1 FROM patients)) AS it`;

/** By practice: a call center without a directory is not to pay for those of others. */
const haveAny = new Recent<boolean>();

/** For whoever has just changed a directory; other isolates notice within 10 s that it is not empty any more. */
export function forgetEmptyDirectories(): void {
  haveAny.clear();
}

/** In one query, none where the directory is empty, and never from memory: who calls for the first time is in none. */
export async function matchOf(
  db: D1Database,
  practiceId: string,
  number: string,
  now = Date.now(),
): Promise<CallerMatch> {
  const hasAny = haveAny.find(practiceId, now);
  if (hasAny === false) return UNVERIFIED;
  const match = db.prepare(MATCH_ONE).bind(number, practiceId);
  if (hasAny === true) return matchFrom((await match.all<Row>()).results, practiceId);
  const [asked, matched] = await db.batch<Row | { it: 0 | 1 }>([
    db.prepare(HAS_PATIENTS).bind(practiceId),
    match,
  ]);
  const [has] = (asked?.results ?? []) as { it: 0 | 1 }[];
  haveAny.keep(practiceId, has?.it === 1, now);
  return matchFrom((matched?.results ?? []) as Row[], practiceId);
}

/** Those behind what `matchOf` answers, each with its practice. */
export async function patientsWithNumber(
  db: D1Database,
  practiceId: string,
  number: string,
): Promise<PatientOfNumber[]> {
  const { results } = await db
    .prepare(`SELECT m.*, p.name AS practice FROM (${MATCH_ONE}) m JOIN practices p ON p.id = m.practice_id
      WHERE m.practice_id = ?2 OR m.may_reach_any ORDER BY m.practice_id <> ?2, m.name`)
    .bind(number, practiceId)
    .all<Row & { practice: string }>();
  return results.map(({ id, name, language, practice_id, practice }) => ({
    id,
    name,
    language,
    practice: { id: practice_id, name: practice },
  }));
}

/** For numbers of callers of any practice: what a practice may know of one of them. */
export async function matchesOf(
  db: D1Database,
  numbers: readonly string[],
): Promise<(practiceId: string, number: string) => CallerMatch> {
  const { results } = await db.prepare(MATCH_MANY).bind(JSON.stringify(numbers)).all<Row>();
  const rows = Map.groupBy(results, ({ number }) => number);
  return (practiceId, number) => matchFrom(rows.get(number) ?? [], practiceId);
}

function matchFrom(rows: readonly Row[], practiceId: string): CallerMatch {
  const [first] = rows;
  if (first === undefined) return UNVERIFIED;
  return callerMatch(rows.map(patientFrom), { practiceId, mayReachAny: first.may_reach_any === 1 });
}

function patientFrom({ practice_id, name, language }: Row): PatientWithNumber {
  return { practiceId: practice_id, name, language };
}
