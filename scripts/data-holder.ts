import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { processStart } from './process-start.ts';
import { Refusal } from './refusal.ts';

/** The one server that works on a data directory. Two at once would each fire the alarms of the other. */
export interface Holder {
  origin: string;
  server: Process;
  /** workerd, which outlives a server that was killed outright and would go on writing. */
  runtime: Process | null;
}

interface Process {
  pid: number;
  start: string;
}

const PATIENCE_MS = 3000;

/** Makes `stateDir` ours until `release`. */
export async function hold(stateDir: string, origin: string): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  do await settled(stateDir);
  while (!(await tryHold(stateDir, { origin, server: describe(process.pid), runtime: null })));
}

/** Waits until nobody works on this data: a server may just be ending. */
export async function settled(stateDir: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const holder = await holderOf(stateDir);
    if (holder === null) return;
    if (Date.now() > deadline) throw new Refusal(inUse(holder));
    await setTimeout(50);
  }
}

export async function recordRuntime(stateDir: string, origin: string, pid: number): Promise<void> {
  const holder: Holder = { origin, server: describe(process.pid), runtime: describe(pid) };
  const draft = `${fileIn(stateDir)}.new`;
  await writeFile(draft, JSON.stringify(holder));
  await rename(draft, fileIn(stateDir));
}

export async function release(stateDir: string): Promise<void> {
  await rm(fileIn(stateDir), { force: true });
}

/** Who works on this data now; ends what a killed server left running, and clears its record away. */
export async function holderOf(stateDir: string): Promise<Holder | null> {
  const holder = await readHolder(stateDir);
  if (holder !== null && isRunning(holder.server)) return holder;
  while (holder?.runtime && isRunning(holder.runtime)) {
    process.kill(holder.runtime.pid, 'SIGKILL');
    await setTimeout(20);
  }
  await release(stateDir);
  return null;
}

function inUse({ origin, server }: Holder): string {
  return [
    `Offhook is already running on this data, at ${origin} (process ${server.pid}).`,
    `End that one first (Ctrl-C where it runs, or kill ${server.pid}), or set OFFHOOK_STATE to another directory for separate data.`,
  ].join('\n');
}

async function tryHold(stateDir: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(fileIn(stateDir), JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A record that cannot be read was being written when its server was killed. */
async function readHolder(stateDir: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(fileIn(stateDir), 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isRunning({ pid, start }: Process): boolean {
  return processStart(pid) === start;
}

function describe(pid: number): Process {
  return { pid, start: processStart(pid) ?? 'ended' };
}

function fileIn(stateDir: string): string {
  return join(stateDir, 'running.json');
}
