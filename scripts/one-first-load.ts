import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const PAGE_PARTS = '../design/page-parts.ts';

/**
 * Keeps what the first load needs in one file, and what pages have in common in another. esbuild makes a chunk for
 * every set of scripts that share a module, so with each page that is added they would fall into more and smaller
 * files, which weigh more. A script that is fetched later therefore imports `main` whole: that has run by then, and
 * costs nothing. One of a page imports the parts of pages whole.
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
        const whole = path.includes('/pages/') ? [main, join(dirname(main), PAGE_PARTS)] : [main];
        const imports = whole.map((file) => `import ${JSON.stringify(file)};`).join('\n');
        return { contents: `${source}\n${imports}\n`, loader: 'ts', resolveDir: dirname(path) };
      });
    },
  };
}
