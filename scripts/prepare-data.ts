import type { Miniflare } from 'miniflare';
import { seedStatements } from '../src/practices/seed.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { Refusal } from './refusal.ts';

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>;

/** Recorded as one more migration, in the same transaction as its rows: so it happens once, or not at all. */
const SEED = 'local-seed';

// What wrangler makes and reads: https://developers.cloudflare.com/d1/reference/migrations/
const RECORD_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Brings local data up to this version: new migrations, and the demo practices if they were never there. With
 * `isEmpty` these never come: it is then as a deployment is that nobody has used yet.
 */
export async function prepareData(
  database: Database,
  stateDir: string,
  { isEmpty = false } = {},
): Promise<void> {
  const migrations = readMigrations();
  const applied = await appliedTo(database, stateDir);
  const unknown = [...applied].filter(
    (name) => name !== SEED && !migrations.some((each) => each.name === name),
  );
  if (unknown.length > 0) {
    throw new Refusal(
      `The data in ${stateDir} is from another version of Offhook, which made changes that this one does not know: ${unknown.join(', ')}.\n${wayOut}`,
    );
  }
  for (const migration of migrations) {
    if (!applied.has(migration.name)) await apply(database, migration);
  }
  if (!applied.has(SEED)) await apply(database, { name: SEED, statements: isEmpty ? [] : seedStatements() });
}

export function unreadable(stateDir: string, cause: unknown): Refusal {
  return new Refusal(`The data in ${stateDir} cannot be read.\n${wayOut}`, { cause });
}

const wayOut = 'Run `npm run reset` to begin with empty data, or set OFFHOOK_STATE to another directory.';

async function appliedTo(database: Database, stateDir: string): Promise<Set<string>> {
  try {
    await database.prepare(RECORD_TABLE).run();
    const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
    return new Set(results.map(({ name }) => name));
  } catch (error) {
    throw unreadable(stateDir, error);
  }
}

async function apply(database: Database, { name, statements }: Migration): Promise<void> {
  await database.batch([
    ...statements.map((statement) => database.prepare(statement)),
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
  ]);
}
