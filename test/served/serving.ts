import { readFile } from 'node:fs/promises';
import { type LocalServer, type LocalServerOptions, startLocalServer } from '../../scripts/local-server.ts';
import type { LocalWorker } from '../../scripts/local-worker.ts';

/** As `npm start` serves it, but for the Worker, which a run of the tests makes only once. */
export async function serving(options: LocalServerOptions): Promise<LocalServer> {
  const file = process.env.OFFHOOK_TEST_WORKER;
  if (file === undefined) throw new Error('worker-once.ts has not run');
  return startLocalServer({ ...options, worker: JSON.parse(await readFile(file, 'utf8')) as LocalWorker });
}
