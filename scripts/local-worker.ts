import { build } from 'esbuild';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import { ROOT } from './state-dir.ts';

export type WorkerOptions = ReturnType<typeof configured>['workerOptions'];

/** The Worker of wrangler.toml, ready to be served; it survives being written down as JSON. */
export interface LocalWorker {
  options: WorkerOptions;
  /** One module, with everything that it imports. */
  contents: string;
}

export async function localWorker(): Promise<LocalWorker> {
  const { workerOptions, main } = configured();
  return { options: workerOptions, contents: await bundle(`${main}`) };
}

/** What wrangler.toml binds it to, and where it begins. */
export function configured() {
  return unstable_getMiniflareWorkerOptions(unstable_readConfig({ config: `${ROOT}wrangler.toml` }));
}

/** Small, because Miniflare copies all of it many times before it serves: with the sources inside, for two seconds. */
export async function bundle(main: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [main],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
  });
  return outputFiles.map((file) => file.text).join('');
}
