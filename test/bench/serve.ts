import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import { prepareData } from '../../scripts/prepare-data.ts';
import { ROOT } from '../../scripts/state-dir.ts';

export interface Served {
  origin: string;
  stop(): Promise<void>;
}

/**
 * One of the Workers of this directory; `objects` are its classes by the name they are bound to. It has the
 * product's pages too: with them comes a router, which every request passes, and that is not ours to answer for.
 */
export async function serveWorker(
  file: string,
  stateDir: string,
  objects: Record<string, string>,
): Promise<Served> {
  const durableObjects = Object.fromEntries(
    Object.entries(objects).map(([binding, className]) => [binding, { className, useSQLite: true }]),
  );
  const { compatibilityDate, assets } = productOptions();
  const miniflare = await start(file, stateDir, { compatibilityDate, assets, durableObjects });
  return { origin: (await miniflare.ready).origin, stop: () => miniflare.dispose() };
}

/** As `serveWorker`, but bound to all that wrangler.toml binds the product to, with the demo practices. */
export async function serveProduct(
  file: string,
  stateDir: string,
  vars: Record<string, string> = {},
): Promise<Served> {
  const { bindings, ...options } = productOptions();
  const miniflare = await start(file, stateDir, { ...options, bindings: Object.assign({}, bindings, vars) });
  const database = await miniflare.getD1Database('DB');
  await prepareData(database, stateDir);
  // Else this would measure how patiently texts wait for the carrier's pace.
  await database.prepare('UPDATE lines SET segments_per_second = 1000').run();
  // One line at a real carrier, for what that one tells us.
  await database.prepare("UPDATE lines SET carrier = 'telnyx' WHERE practice_id = 'harbor'").run();
  // Else it would depend on the time of day.
  await database.prepare('DELETE FROM practice_hours').run();
  return { origin: (await miniflare.ready).origin, stop: () => miniflare.dispose() };
}

type WorkerOptions = ReturnType<typeof unstable_getMiniflareWorkerOptions>['workerOptions'];

function productOptions(): WorkerOptions {
  return unstable_getMiniflareWorkerOptions(unstable_readConfig({ config: `${ROOT}wrangler.toml` }))
    .workerOptions;
}

/** By Miniflare and directly, as scripts/local-server.ts serves the product. */
async function start(file: string, stateDir: string, options: WorkerOptions): Promise<Miniflare> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'silent',
  });
  const contents = outputFiles.map(({ text }) => text).join('');
  return new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      logRequests: false,
      resourcePersistencePath: stateDir,
      workers: [
        {
          ...options,
          name: 'bench',
          modules: [{ type: 'ESModule', path: 'worker.js', contents }],
        },
      ],
    }),
  );
}
