import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unstable_splitSqlQuery } from 'wrangler';
import { ROOT } from './state-dir.ts';

export interface Migration {
  name: string;
  statements: string[];
}

const DIRECTORY = join(ROOT, 'src/practices/migrations');

/** In the order in which they are applied. */
export function readMigrations(): Migration[] {
  return readdirSync(DIRECTORY)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      name,
      statements: unstable_splitSqlQuery(readFileSync(join(DIRECTORY, name), 'utf8')),
    }));
}
