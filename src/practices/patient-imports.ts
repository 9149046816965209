import type { PatientImport } from '../domain/patients/patient-import.ts';
import type { TakenPatient } from '../domain/patients/patient-reading.ts';
import { isSameJson } from '../domain/text/same-json.ts';
import { tasksForNumbers } from './match-tasks.ts';
import {
  idOfExternal,
  listNumbers,
  numbersLeadingTo,
  PATIENT_COLUMNS,
  type PatientRecord,
  type PatientSqlRow,
  patientFrom,
  patientId,
  unlistNumbers,
  upsertPatients,
} from './patient-rows.ts';

interface ImportRow {
  id: string;
  file_name: string;
  started_by: string;
  started_by_name: string;
  started_at: number;
  rows_done: number;
  added: number;
  changed: number;
  refused: number;
  ended_at: number | null;
  is_cancelled: 0 | 1;
}

const SELECT = `SELECT i.id, i.file_name, i.started_by, coalesce(s.name, k.name) AS started_by_name, i.started_at, i.rows_done, i.added,
    i.changed, i.refused, i.ended_at, i.is_cancelled
  FROM patient_imports i LEFT JOIN staff s ON s.id = i.started_by LEFT JOIN api_keys k ON k.id = i.started_by`;

export async function importWithId(
  db: D1Database,
  practiceId: string,
  id: string,
): Promise<PatientImport | null> {
  const row = await db
    .prepare(`${SELECT} WHERE i.id = ? AND i.practice_id = ?`)
    .bind(id, practiceId)
    .first<ImportRow>();
  return row === null ? null : importFrom(row);
}

interface Beginning {
  practiceId: string;
  /** Of the file and of how it is read: the same again goes on where it was. */
  fingerprint: string;
  fileName: string;
  /** Of staff, or of an API key. */
  startedBy: string;
  now: number;
  entryFor: (id: string) => D1PreparedStatement;
}

/** A new one, or the one of this file that has not ended. */
export async function beginImport(db: D1Database, beginning: Beginning): Promise<PatientImport> {
  const { practiceId, fingerprint, fileName, startedBy, now, entryFor } = beginning;
  const id = crypto.randomUUID();
  const results = await db.batch<ImportRow>([
    db
      .prepare(
        `INSERT INTO patient_imports (id, practice_id, fingerprint, file_name, started_by, started_at)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .bind(id, practiceId, fingerprint, fileName, startedBy, now),
    entryFor(id),
    db
      .prepare(`${SELECT} WHERE i.practice_id = ? AND i.fingerprint = ? AND i.ended_at IS NULL`)
      .bind(practiceId, fingerprint),
  ]);
  const [row] = results[2]?.results ?? [];
  if (row === undefined) throw new Error('an import that was begun is not there');
  return importFrom(row);
}

export interface Rows {
  importId: string;
  /** Rows of the file that were dealt with before, and with these. */
  from: number;
  to: number;
  patients: readonly TakenPatient[];
  refused: number;
  now: number;
}

/**
 * All of these rows, or none. What is the same already is not written; where the import has gone on from elsewhere
 * meanwhile only the counts stay as they are, since the same rows again change nothing.
 */
export async function importRows(db: D1Database, practiceId: string, rows: Rows): Promise<void> {
  const { before, changed } = await compared(db, practiceId, rows.patients);
  const ids = changed.map(({ id }) => id);
  const leading = ids.length === 0 ? [] : await numbersLeadingTo(db, practiceId, ids);
  const numbers = changed.flatMap(({ id, numbers }) => [...numbers, ...(before.get(id)?.numbers ?? [])]);
  const added = changed.filter(({ id }) => !before.has(id)).length;
  await db.batch([
    ...(ids.length === 0
      ? []
      : [
          unlistNumbers(db, practiceId, ids),
          upsertPatients(db, practiceId, changed, rows.now),
          listNumbers(db, practiceId, ids),
          ...tasksForNumbers(db, [...numbers, ...leading]),
        ]),
    db
      .prepare(
        `UPDATE patient_imports SET rows_done = ?, added = added + ?, changed = changed + ?, refused = refused + ?
         WHERE id = ? AND practice_id = ? AND rows_done = ? AND ended_at IS NULL`,
      )
      .bind(rows.to, added, ids.length - added, rows.refused, rows.importId, practiceId, rows.from),
  ]);
}

async function compared(db: D1Database, practiceId: string, taken: readonly TakenPatient[]) {
  // The same patient twice among them is one: the later row counts.
  const rows = new Map(await Promise.all(taken.map(async (one) => [await patientId(one), one] as const)));
  const { results } =
    rows.size === 0
      ? { results: [] }
      : await db
          .prepare(
            `SELECT ${PATIENT_COLUMNS} FROM patients
             WHERE practice_id = ?1 AND id IN (SELECT value FROM json_each(?2))`,
          )
          .bind(practiceId, JSON.stringify([...rows.keys()]))
          .all<PatientSqlRow>();
  const before = new Map(results.map((row) => [row.id, patientFrom(row)]));
  const records = await Promise.all([...rows].map(([id, one]) => recordOf(id, one, before.get(id))));
  const changed = records.filter((record) => {
    const known = before.get(record.id);
    return known === undefined || !isSameJson(detailsOf(record), detailsOf(known));
  });
  return { before, changed };
}

function detailsOf({ name, numbers, language, status, externalId, replacedBy }: PatientRecord) {
  return { name, numbers, language, status, externalId, replacedBy };
}

/** What the file does not tell stays as it is known. */
async function recordOf(
  id: string,
  { replacedByExternalId, language, status, ...patient }: TakenPatient,
  known: PatientRecord | undefined,
): Promise<PatientRecord> {
  return {
    ...patient,
    id,
    language: language === undefined ? (known?.language ?? null) : language,
    status: status ?? known?.status ?? 'active',
    replacedBy:
      replacedByExternalId === undefined
        ? (known?.replacedBy ?? null)
        : replacedByExternalId && (await idOfExternal(replacedByExternalId)),
  };
}

/** One that has ended stays as it ended. */
export async function endImport(
  db: D1Database,
  { practiceId, id, isCancelled, now }: { practiceId: string; id: string; isCancelled: boolean; now: number },
  entry: D1PreparedStatement,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        'UPDATE patient_imports SET ended_at = ?, is_cancelled = ? WHERE id = ? AND practice_id = ? AND ended_at IS NULL',
      )
      .bind(now, isCancelled ? 1 : 0, id, practiceId),
    entry,
  ]);
}

function importFrom(row: ImportRow): PatientImport {
  return {
    id: row.id,
    fileName: row.file_name,
    startedBy: { id: row.started_by, name: row.started_by_name },
    startedAt: row.started_at,
    rowsDone: row.rows_done,
    added: row.added,
    changed: row.changed,
    refused: row.refused,
    endedAt: row.ended_at,
    isCancelled: row.is_cancelled === 1,
  };
}
