import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { localWorker } from '../../scripts/local-worker.ts';

/** Before the first test file: makes the Worker that all of them serve. They inherit the variable that says where. */
export async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'offhook-worker-'));
  const file = join(directory, 'worker.json');
  await writeFile(file, JSON.stringify(await localWorker()));
  await stopEsbuild();
  process.env.OFFHOOK_TEST_WORKER = file;
  return () => rm(directory, { recursive: true, force: true });
}
