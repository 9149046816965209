import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What Node compiled of wrangler, which is large. */
export const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'compiled');

/** Where local data lives: OFFHOOK_STATE, so that tests and demos never share, or .wrangler. */
export function stateDir(): string {
  const given = process.env.OFFHOOK_STATE;
  return given ? resolve(given) : join(ROOT, '.wrangler');
}

/** Where wrangler itself would keep the same, so that `npx wrangler d1 execute DB --local` sees it too. */
export function storageDir(stateDir: string): string {
  return join(stateDir, 'state', 'v3');
}
