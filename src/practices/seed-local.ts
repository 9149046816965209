import type { EnvironmentName } from '../env.ts';
import { seedStatements } from './seed.ts';

/** Puts the demo practices into a migrated database, where that is allowed. */
export async function seedLocal(db: D1Database, environment: EnvironmentName): Promise<void> {
  if (environment !== 'local') throw new Error(`The demo practices never go into ${environment}.`);
  await db.batch(seedStatements().map((statement) => db.prepare(statement)));
}
