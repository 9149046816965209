/**
 * Runs the schema steps that a store does not have yet and answers the version it has now. Steps are only
 * ever added at the end: a step that has run somewhere is history. (`PRAGMA user_version` is not available.)
 */
export function migrate(sql: SqlStorage, steps: readonly string[], from: number): number {
  for (const step of steps.slice(from)) sql.exec(step);
  return steps.length;
}
