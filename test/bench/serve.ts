import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { bundle, configured, type WorkerOptions } from '../../scripts/local-worker.ts';
import { prepareData } from '../../scripts/prepare-data.ts';

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
  const { compatibilityDate, assets } = configured().workerOptions;
  const miniflare = await start(file, stateDir, { compatibilityDate, assets, durableObjects });
  return { origin: (await miniflare.ready).origin, stop: () => miniflare.dispose() };
}

/** As `serveWorker`, but bound to all that wrangler.toml binds the product to, with the demo practices. */
export async function serveProduct(
  file: string,
  stateDir: string,
  vars: Record<string, string> = {},
): Promise<Served> {
  const { bindings, ...options } = configured().workerOptions;
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

/** By Miniflare and directly, as scripts/local-server.ts serves the product. */
async function start(file: string, stateDir: string, options: WorkerOptions): Promise<Miniflare> {
  const contents = await bundle(fileURLToPath(new URL(file, import.meta.url)));
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
