import type { Acknowledgement, AnyPatient } from '../domain/patients/any-patient.ts';
import { taskForEverybody } from './match-tasks.ts';

export async function anyPatient(db: D1Database): Promise<AnyPatient> {
  const document = await db.prepare('SELECT any_patient FROM enterprise').first<string | null>('any_patient');
  return document === null
    ? { isOn: false, acknowledgement: null }
    : { isOn: true, acknowledgement: JSON.parse(document) as Acknowledgement };
}

/** With null it is off. Every conversation is told afterwards: the tasks for that are in the same transaction. */
export async function setAnyPatient(
  db: D1Database,
  acknowledgement: Acknowledgement | null,
  entry: D1PreparedStatement,
): Promise<void> {
  const document = acknowledgement === null ? null : JSON.stringify(acknowledgement);
  await db.batch([
    db.prepare('UPDATE enterprise SET any_patient = ?1 WHERE any_patient IS NOT ?1').bind(document),
    entry,
    taskForEverybody(db),
  ]);
}
