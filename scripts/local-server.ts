import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, MiniflareCoreError } from 'miniflare';
import { hold, recordRuntime } from './data-holder.ts';
import type { LocalWorker } from './local-worker.ts';
import { busy } from './ports.ts';
import { prepareData, unreadable } from './prepare-data.ts';
import { localPushKeys } from './push-keys.ts';
import { storageDir } from './state-dir.ts';

export interface LocalServerOptions {
  port: number;
  stateDir: string;
  /** Instead of what wrangler.toml says under [vars]. */
  vars?: Record<string, string>;
  /** Without the demo practices, where the data is new. */
  isEmpty?: boolean;
  /** Made before, by who starts it many times; else it is made, with all of wrangler. */
  worker?: LocalWorker;
}

export interface LocalServer {
  origin: string;
  /** The configuration and directory: for tests that need other rows than the seed's. */
  database: Awaited<ReturnType<Miniflare['getD1Database']>>;
  stop(): Promise<void>;
}

/**
 * The product as wrangler.toml describes it, with local data that is migrated and seeded. Miniflare serves it
 * directly: `wrangler dev` puts a proxy in front, which costs most of the throughput. Expects dist/ui to be built.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port, stateDir, isEmpty = false } = options;
  const origin = `http://localhost:${port}`;
  const release = await hold(stateDir, origin);
  let miniflare: Miniflare | undefined;
  const stop = async () => {
    try {
      await miniflare?.dispose();
    } finally {
      release();
    }
  };
  try {
    const runtimes = watchRuntimes();
    const record = () => recordRuntime(stateDir, origin, runtimes.latest());
    miniflare = new Miniflare(await miniflareOptions(options, record));
    await ready(miniflare, options);
    await record();
    const database = await miniflare.getD1Database('DB');
    await prepareData(database, stateDir, { isEmpty });
    return { origin, database, stop };
  } catch (error) {
    // Fails with the same error once more, where it is the runtime that did not start.
    await stop().catch(() => {});
    throw error;
  }
}

async function miniflareOptions(
  { port, stateDir, vars, worker: given }: LocalServerOptions,
  onRestart: () => Promise<void>,
) {
  const { options, contents } = given ?? (await madeNow());
  const bindings = Object.assign({}, options.bindings, await localPushKeys(stateDir), vars);
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    port,
    // Without this, the first start asks the network where this machine is.
    cf: false,
    telemetry: { enabled: false },
    log: new Log(LogLevel.WARN),
    logRequests: false,
    handleStructuredLogs: tell,
    unsafeHandleRuntimeRestart: onRestart,
    resourcePersistencePath: storageDir(stateDir),
    workers: [
      {
        ...options,
        bindings,
        // Storage of objects is kept under this name.
        name: 'offhook-local',
        modules: [{ type: 'ESModule', path: 'worker.js', contents }],
      },
    ],
  });
}

/** Not loaded where it is not needed: wrangler is large. */
async function madeNow(): Promise<LocalWorker> {
  const { localWorker } = await import('./local-worker.ts');
  return localWorker();
}

async function ready(miniflare: Miniflare, { port, stateDir }: LocalServerOptions): Promise<void> {
  try {
    await miniflare.ready;
  } catch (error) {
    const code = error instanceof MiniflareCoreError ? error.code : null;
    if (code === 'ERR_ADDRESS_IN_USE') throw busy(port);
    if (code === 'ERR_RUNTIME_FAILURE') throw unreadable(stateDir, error);
    throw error;
  }
}

/** What the Worker itself logs, as far as somebody should look at it. */
function tell({ level, message }: { level: string; message: string }): void {
  if (level === 'error' || level === 'warn') console.error(message);
}

/** Miniflare keeps the number of its workerd to itself; Node tells of every process that is started. */
function watchRuntimes() {
  const started: ChildProcess[] = [];
  subscribe('child_process', (message) => {
    started.push((message as { process: ChildProcess }).process);
  });
  return {
    latest: () => started.findLast(({ spawnfile, pid }) => spawnfile?.includes('workerd') && pid)?.pid ?? 0,
  };
}
