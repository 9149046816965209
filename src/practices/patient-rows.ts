import {
  nameKey,
  type Patient,
  type PatientDetails,
  type PatientStatus,
} from '../domain/patients/patient.ts';

/** Patients as D1 has them, and the statements that keep `patient_numbers` with them. */

export interface PatientRecord extends PatientDetails {
  id: string;
  externalId: string | null;
  replacedBy: string | null;
}

export interface PatientSqlRow {
  practice_id: string;
  id: string;
  name: string;
  numbers: string;
  language: string | null;
  status: PatientStatus;
  external_id: string | null;
  replaced_by: string | null;
  version: number;
  updated_at: number;
}

export const PATIENT_COLUMNS =
  'practice_id, id, name, numbers, language, status, external_id, replaced_by, version, updated_at';

export function patientFrom(row: PatientSqlRow): Patient {
  return {
    practiceId: row.practice_id,
    id: row.id,
    name: row.name,
    numbers: JSON.parse(row.numbers) as string[],
    language: row.language,
    status: row.status,
    externalId: row.external_id,
    replacedBy: row.replaced_by,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

/**
 * The same patient each time that a file has them: by the other system's name for them, else by name and number.
 * A hash, since ids stand in addresses.
 */
export async function patientId(who: {
  externalId: string | null;
  name: string;
  numbers: readonly string[];
}): Promise<string> {
  const key =
    who.externalId === null ? `n ${nameKey(who.name)} ${who.numbers[0] ?? ''}` : externalKey(who.externalId);
  return hashed(key);
}

export function idOfExternal(externalId: string): Promise<string> {
  return hashed(externalKey(externalId));
}

function externalKey(externalId: string): string {
  return `x ${externalId}`;
}

async function hashed(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** For a batch: before the patients with these ids change or go, their numbers are no more theirs. */
export function unlistNumbers(
  db: D1Database,
  practiceId: string,
  ids: readonly string[],
): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM patient_numbers WHERE (number, practice_id, patient_id) IN (
         SELECT n.value, p.practice_id, p.id
         FROM json_each(?2) i
         CROSS JOIN patients p ON p.practice_id = ?1 AND p.id = i.value
         CROSS JOIN json_each(p.numbers) n)`,
    )
    .bind(practiceId, JSON.stringify(ids));
}

/** For a batch: afterwards, what is theirs now. */
export function listNumbers(db: D1Database, practiceId: string, ids: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO patient_numbers (number, practice_id, patient_id)
       SELECT n.value, p.practice_id, p.id
       FROM json_each(?2) i
       CROSS JOIN patients p ON p.practice_id = ?1 AND p.id = i.value
       CROSS JOIN json_each(p.numbers) n
       WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(practiceId, JSON.stringify(ids));
}

/** Adds, and changes what is not the same already. */
export function upsertPatients(
  db: D1Database,
  practiceId: string,
  records: readonly PatientRecord[],
  now: number,
): D1PreparedStatement {
  const rows = records.map((record) => ({ ...record, nameKey: nameKey(record.name) }));
  return db
    .prepare(
      `INSERT INTO patients (practice_id, id, name, name_key, numbers, language, status, external_id, replaced_by, updated_at)
       SELECT ?1, value ->> 'id', value ->> 'name', value ->> 'nameKey', json_extract(value, '$.numbers'), value ->> 'language',
         value ->> 'status', value ->> 'externalId', value ->> 'replacedBy', ?3
       FROM json_each(?2) WHERE true
       ON CONFLICT (practice_id, id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
         numbers = excluded.numbers, language = excluded.language, status = excluded.status,
         external_id = excluded.external_id, replaced_by = excluded.replaced_by, updated_at = excluded.updated_at,
         version = version + 1`,
    )
    .bind(practiceId, JSON.stringify(rows), now);
}

/** Records that were replaced lead to others: the numbers by which one comes to these. */
export async function numbersLeadingTo(
  db: D1Database,
  practiceId: string,
  ids: readonly string[],
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE leading (id, steps) AS (
         SELECT p.id, 1 FROM json_each(?2) i
         CROSS JOIN patients p ON p.practice_id = ?1 AND p.replaced_by = i.value
         UNION
         SELECT p.id, l.steps + 1 FROM leading l
         CROSS JOIN patients p ON p.practice_id = ?1 AND p.replaced_by = l.id WHERE l.steps < 5
       )
       SELECT DISTINCT n.value AS number FROM leading l
       CROSS JOIN patients p ON p.practice_id = ?1 AND p.id = l.id CROSS JOIN json_each(p.numbers) n`,
    )
    .bind(practiceId, JSON.stringify(ids))
    .all<{ number: string }>();
  return results.map(({ number }) => number);
}
