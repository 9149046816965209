import { build } from 'esbuild';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import { ROOT } from './state-dir.ts';

/** The Worker of wrangler.toml, ready to be served; it survives being written down as JSON. */
export interface LocalWorker {
  options: ReturnType<typeof unstable_getMiniflareWorkerOptions>['workerOptions'];
  /** One module, with everything that it imports. */
  contents: string;
}

export async function localWorker(): Promise<LocalWorker> {
  const config = unstable_readConfig({ config: `${ROOT}wrangler.toml` });
  const { workerOptions, main } = unstable_getMiniflareWorkerOptions(config);
  return { options: workerOptions, contents: await bundle(`${main}`) };
}

/** Small, because Miniflare copies all of it many times before it serves: with the sources inside, for two seconds. */
async function bundle(main: string): Promise<string> {
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
