import { nameKey, type Patient, type PatientDetails } from '../domain/patients/patient.ts';
import type { PatientToExport } from '../domain/patients/patient-export.ts';
import { tasksForNumbers } from './match-tasks.ts';
import {
  listNumbers,
  numbersLeadingTo,
  PATIENT_COLUMNS,
  type PatientSqlRow,
  patientFrom,
  patientId,
  unlistNumbers,
  upsertPatients,
} from './patient-rows.ts';

export async function patientWithId(db: D1Database, practiceId: string, id: string): Promise<Patient | null> {
  const row = await db
    .prepare(`SELECT ${PATIENT_COLUMNS} FROM patients WHERE practice_id = ? AND id = ?`)
    .bind(practiceId, id)
    .first<PatientSqlRow>();
  return row === null ? null : patientFrom(row);
}

/** Others with one of the numbers: in this practice, or in all of them. */
export async function sharingNumbers(
  db: D1Database,
  { practiceId, id, numbers }: Patient,
  mayReachAny: boolean,
): Promise<Patient[]> {
  const columns = PATIENT_COLUMNS.replaceAll(/\w+/g, 'p.$&');
  const { results } = await db
    .prepare(
      `SELECT DISTINCT ${columns} FROM json_each(?1) w
       CROSS JOIN patient_numbers n ON n.number = w.value
       CROSS JOIN patients p ON p.practice_id = n.practice_id AND p.id = n.patient_id
       WHERE (n.practice_id, n.patient_id) <> (?2, ?3) AND (?4 OR n.practice_id = ?2)
       ORDER BY p.name_key LIMIT 50`,
    )
    .bind(JSON.stringify(numbers), practiceId, id, mayReachAny ? 1 : 0)
    .all<PatientSqlRow>();
  return results.map(patientFrom);
}

export type Added = { is: 'added'; patient: Patient } | { is: 'there-already'; patient: Patient };

/** `entryFor` makes the audit entry that goes with it. */
export async function addPatient(
  db: D1Database,
  practiceId: string,
  details: PatientDetails,
  { now, entryFor }: { now: number; entryFor: (id: string) => D1PreparedStatement },
): Promise<Added> {
  const id = await patientId({ externalId: null, ...details });
  const already = await patientWithId(db, practiceId, id);
  if (already !== null) return { is: 'there-already', patient: already };
  const record = { ...details, id, externalId: null, replacedBy: null };
  await db.batch([
    upsertPatients(db, practiceId, [record], now),
    entryFor(id),
    listNumbers(db, practiceId, [id]),
    ...tasksForNumbers(db, details.numbers),
  ]);
  return { is: 'added', patient: { ...record, practiceId, version: 1, updatedAt: now } };
}

interface Changing {
  now: number;
  entry: D1PreparedStatement;
}

/** False where it is no longer what `before` was: then nothing has changed. */
export async function editPatient(
  db: D1Database,
  before: Patient,
  details: PatientDetails,
  { now, entry }: Changing,
): Promise<boolean> {
  const { practiceId, id, version } = before;
  const leading = await numbersLeadingTo(db, practiceId, [id]);
  const { name, numbers, language, status } = details;
  const results = await db.batch([
    unlistNumbers(db, practiceId, [id]),
    db
      .prepare(
        `UPDATE patients SET name = ?, name_key = ?, numbers = ?, language = ?, status = ?, version = version + 1, updated_at = ?
         WHERE practice_id = ? AND id = ? AND version = ?`,
      )
      .bind(name, nameKey(name), JSON.stringify(numbers), language, status, now, practiceId, id, version),
    entry,
    listNumbers(db, practiceId, [id]),
    ...tasksForNumbers(db, [...before.numbers, ...numbers, ...leading]),
  ]);
  return (results[1]?.meta.changes ?? 0) > 0;
}

/** As `editPatient`. */
export async function removePatient(
  db: D1Database,
  before: Patient,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { practiceId, id, version } = before;
  const leading = await numbersLeadingTo(db, practiceId, [id]);
  const results = await db.batch([
    unlistNumbers(db, practiceId, [id]),
    db
      .prepare('DELETE FROM patients WHERE practice_id = ? AND id = ? AND version = ?')
      .bind(practiceId, id, version),
    entry,
    listNumbers(db, practiceId, [id]),
    ...tasksForNumbers(db, [...before.numbers, ...leading]),
  ]);
  return (results[1]?.meta.changes ?? 0) > 0;
}

const EXPORTED_AT_ONCE = 2_000;

/** All of a practice, page by page: however many there are, few are in memory. */
export async function* allPatients(db: D1Database, practiceId: string): AsyncGenerator<PatientToExport[]> {
  const columns = PATIENT_COLUMNS.replaceAll(/\w+/g, 'p.$&');
  for (let after = ''; ; ) {
    const { results } = await db
      .prepare(
        `SELECT ${columns}, coalesce(r.external_id, p.replaced_by) AS replaced_by_external_id
         FROM patients p LEFT JOIN patients r ON r.practice_id = p.practice_id AND r.id = p.replaced_by
         WHERE p.practice_id = ? AND p.id > ? ORDER BY p.id LIMIT ${EXPORTED_AT_ONCE}`,
      )
      .bind(practiceId, after)
      .all<PatientSqlRow & { replaced_by_external_id: string | null }>();
    const last = results.at(-1);
    if (last === undefined) return;
    yield results.map((row) => ({ ...patientFrom(row), replacedByExternalId: row.replaced_by_external_id }));
    after = last.id;
  }
}
