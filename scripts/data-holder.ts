import { constants, rmSync } from 'node:fs';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { processStart } from './process-start.ts';
import { Refusal } from './refusal.ts';

/** The one server that works on a data directory. Two at once would each fire the alarms of the other. */
interface Holder {
  /** Tells a copy of the data from the data. */
  stateDir: string;
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

/** Makes `stateDir` ours, until the function that it answers is called or the process ends. */
export async function hold(stateDir: string, origin: string): Promise<() => void> {
  const holder: Holder = { stateDir, origin, server: describe(process.pid), runtime: null };
  do await settled(stateDir);
  while (!(await tryHold(holder)));
  const release = () => {
    process.removeListener('exit', release);
    forget(stateDir);
  };
  process.once('exit', release);
  return release;
}

/** Waits until nobody works on this data: a server may just be ending. */
export async function settled(stateDir: string): Promise<void> {
  await writable(stateDir);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const holder = await holderOf(stateDir);
    if (holder === null) return;
    if (Date.now() > deadline) throw new Refusal(inUse(holder));
    await setTimeout(50);
  }
}

export async function recordRuntime(stateDir: string, origin: string, pid: number): Promise<void> {
  const holder: Holder = { stateDir, origin, server: describe(process.pid), runtime: describe(pid) };
  const draft = `${fileIn(stateDir)}.new`;
  await writeFile(draft, JSON.stringify(holder));
  await rename(draft, fileIn(stateDir));
}

/** Who works on this data now; ends what a killed server left running, and clears its record away. */
async function holderOf(stateDir: string): Promise<Holder | null> {
  const holder = await readHolder(stateDir);
  const isOfThisData = holder?.stateDir === stateDir;
  if (isOfThisData && isRunning(holder.server)) return holder;
  while (isOfThisData && holder.runtime !== null && isRunning(holder.runtime)) {
    process.kill(holder.runtime.pid, 'SIGKILL');
    await setTimeout(20);
  }
  forget(stateDir);
  return null;
}

function inUse({ origin, server }: Holder): string {
  return [
    `Offhook is already running on this data, at ${origin} (process ${server.pid}).`,
    `End that one first (Ctrl-C where it runs, or kill ${server.pid}), or set OFFHOOK_STATE to another directory for separate data.`,
  ].join('\n');
}

async function writable(stateDir: string): Promise<void> {
  try {
    await mkdir(stateDir, { recursive: true });
    await access(stateDir, constants.W_OK);
  } catch (error) {
    throw new Refusal(
      `Offhook keeps its data in ${stateDir}, and cannot write there (${(error as NodeJS.ErrnoException).code}).\nMake it a directory that you may write to, or set OFFHOOK_STATE to one.`,
    );
  }
}

async function tryHold(holder: Holder): Promise<boolean> {
  try {
    await writeFile(fileIn(holder.stateDir), JSON.stringify(holder), { flag: 'wx' });
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

/** At once, because a process that is ending waits for nothing. */
function forget(stateDir: string): void {
  rmSync(fileIn(stateDir), { force: true });
}

function fileIn(stateDir: string): string {
  return join(stateDir, 'running.json');
}
