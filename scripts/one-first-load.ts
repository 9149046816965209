import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Keeps what the first load needs in one file. esbuild makes a chunk for every set of scripts that share a
 * module, so with each page that is added the inbox would fall into more and smaller files, which weigh more. A
 * script that is fetched later therefore imports `main` whole: that has run by then, and costs nothing.
 */
export function oneFirstLoad(main: string): Plugin {
  return {
    name: 'one-first-load',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
        kind === 'dynamic-import' ? { path: join(resolveDir, path), pluginData: 'later' } : undefined,
      );
      build.onLoad({ filter: /\.ts$/ }, async ({ path, pluginData }) => {
        if (pluginData !== 'later') return undefined;
        const source = await readFile(path, 'utf8');
        const contents = `${source}\nimport ${JSON.stringify(main)};\n`;
        return { contents, loader: 'ts', resolveDir: dirname(path) };
      });
    },
  };
}
