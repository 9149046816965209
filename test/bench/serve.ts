import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';

/** Serves a Worker of this directory as scripts/local-server.ts serves the product: by Miniflare, directly. */
export async function serve(
  file: string,
  options: { objects: Record<string, string>; stateDir: string; extra?: object },
): Promise<{ miniflare: Miniflare; origin: string }> {
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
  const objects = Object.entries(options.objects);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      logRequests: false,
      resourcePersistencePath: join(options.stateDir, file),
      workers: [
        {
          name: file.replace('.ts', ''),
          compatibilityDate: '2026-11-02',
          ...options.extra,
          modules: [{ type: 'ESModule', path: 'worker.js', contents: outputFiles[0]?.text ?? '' }],
          durableObjects: Object.fromEntries(
            objects.map(([binding, className]) => [binding, { className, useSQLite: true }]),
          ),
        },
      ],
    }),
  );
  return { miniflare, origin: (await miniflare.ready).origin };
}
