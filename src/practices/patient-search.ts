import { nameKey, type Patient } from '../domain/patients/patient.ts';
import { PATIENT_COLUMNS, type PatientSqlRow, patientFrom } from './patient-rows.ts';

const PAGE_SIZE = 50;
const MAX_WORDS = 6;

/** What a page ended with: what comes after it is the next one. */
export type PatientCursor = [practiceId: string, key: string, id: string];

export interface PatientPage {
  patients: Patient[];
  nextCursor: PatientCursor | null;
}

interface Asked {
  /** Null: of all practices. */
  practiceId: string | null;
  /** Words of a name, or digits of a number, as somebody typed them. */
  query: string;
  after: PatientCursor | null;
}

interface FoundRow {
  practice_id: string;
  key: string;
  id: string;
}

/**
 * In the order of names, or where a number was asked for, of numbers. Both walk one index that holds all they look
 * at, and stop when the page is full; a rare word is looked for in all of it, which no index of words has to be
 * written for.
 */
export async function searchPatients(
  db: D1Database,
  { practiceId, query, after }: Asked,
): Promise<PatientPage> {
  const digits = digitsIn(query);
  const found =
    digits === null ? byName(db, practiceId, query, after) : byNumber(db, practiceId, digits, after);
  const { results } = await found.all<FoundRow>();
  const page = results.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  return {
    patients: await patientsOf(db, page),
    nextCursor:
      last !== undefined && results.length > PAGE_SIZE ? [last.practice_id, last.key, last.id] : null,
  };
}

function byName(db: D1Database, practiceId: string | null, query: string, after: PatientCursor | null) {
  const words = nameKey(query)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
  const has = words.map((_, n) => `AND instr(name_key, ?${n + 5}) > 0`).join(' ');
  return db
    .prepare(
      `SELECT practice_id, name_key AS key, id FROM patients
       WHERE ${practiceId === null ? '?1 IS NULL' : 'practice_id = ?1'}
         AND (practice_id, name_key, id) > (?2, ?3, ?4) ${has}
       ORDER BY practice_id, name_key, id LIMIT ${PAGE_SIZE + 1}`,
    )
    .bind(practiceId, ...(after ?? [practiceId ?? '', '', '']), ...words);
}

function byNumber(db: D1Database, practiceId: string | null, digits: string, after: PatientCursor | null) {
  const number = digits.length === 10 ? `number = '+1' || ?2` : 'instr(number, ?2) > 2';
  return db
    .prepare(
      `SELECT practice_id, number AS key, patient_id AS id FROM patient_numbers
       WHERE ${practiceId === null ? '?1 IS NULL' : 'practice_id = ?1'}
         AND ${number} AND (number, practice_id, patient_id) > (?4, ?3, ?5)
       ORDER BY number, practice_id, patient_id LIMIT ${PAGE_SIZE + 1}`,
    )
    .bind(practiceId, digits, ...(after ?? ['', '', '']));
}

/** Of three digits or more, and nothing else that could be a name. */
function digitsIn(query: string): string | null {
  const digits = query.replace(/\D/g, '');
  if (digits.length < 3 || !/^[\d\s().+/-]+$/.test(query)) return null;
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

/** In the order in which they were found; once, also where two of their numbers were. */
async function patientsOf(db: D1Database, found: readonly FoundRow[]): Promise<Patient[]> {
  if (found.length === 0) return [];
  const columns = PATIENT_COLUMNS.replaceAll(/\w+/g, 'p.$&');
  const { results } = await db
    .prepare(
      `SELECT DISTINCT ${columns} FROM json_each(?) w
       CROSS JOIN patients p ON p.practice_id = w.value ->> 0 AND p.id = w.value ->> 1 ORDER BY w.key`,
    )
    .bind(JSON.stringify(found.map(({ practice_id, id }) => [practice_id, id])))
    .all<PatientSqlRow>();
  return results.map(patientFrom);
}
