import { access, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { SECURITY_HEADERS } from '../src/security-headers.ts';

const UI = fileURLToPath(new URL('../ui', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/ui', import.meta.url));

/** What the first load of the inbox may weigh, in bytes after gzip. */
export const INBOX_BUDGET = { js: 40_000, css: 10_000 };

export interface UiSizes {
  js: number;
  css: number;
}

/** Bundles the pages into `directory` (dist/ui unless given) and answers what the inbox weighs, gzipped. */
export async function buildUi(options: { minify: boolean; directory?: string }): Promise<UiSizes> {
  const directory = options.directory ?? DIST;
  await mkdir(join(directory, 'assets'), { recursive: true });
  const [js, css] = await Promise.all([
    bundle('inbox/main.ts', join(directory, 'assets/inbox.js'), options.minify),
    bundle('inbox/inbox.css', join(directory, 'assets/inbox.css'), options.minify),
    buildSimulator(directory, options.minify),
    copyFile(join(UI, 'index.html'), join(directory, 'index.html')),
    copyFile(join(UI, 'favicon.svg'), join(directory, 'favicon.svg')),
    writeFile(join(directory, '_headers'), headersFile()),
  ]);
  return { js, css };
}

async function buildSimulator(directory: string, minify: boolean): Promise<void> {
  const out = join(directory, 'simulator');
  await mkdir(out, { recursive: true });
  await Promise.all([
    copyIfThere(join(UI, 'simulator/index.html'), join(out, 'index.html')),
    bundleIfThere('simulator/main.ts', join(out, 'main.js'), minify),
    bundleIfThere('simulator/simulator.css', join(out, 'simulator.css'), minify),
  ]);
}

async function bundle(entry: string, outfile: string, minify: boolean): Promise<number> {
  const settings: BuildOptions = {
    entryPoints: [join(UI, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  };
  const { outputFiles } = await build(settings);
  const main = outputFiles?.[0];
  if (main === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  await writeFile(outfile, main.contents);
  return gzipSync(main.contents, { level: 9 }).length;
}

async function bundleIfThere(entry: string, outfile: string, minify: boolean): Promise<void> {
  if (await isThere(join(UI, entry))) await bundle(entry, outfile, minify);
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (await isThere(from)) await copyFile(from, to);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** https://developers.cloudflare.com/workers/static-assets/headers/ */
function headersFile(): string {
  const lines = Object.entries(SECURITY_HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return `/*\n${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildUi({ minify: !process.argv.includes('--readable') });
  const show = (bytes: number, budget: number) => `${(bytes / 1000).toFixed(1)} of ${budget / 1000} kB`;
  console.log(
    `inbox, gzipped: JS ${show(sizes.js, INBOX_BUDGET.js)}, CSS ${show(sizes.css, INBOX_BUDGET.css)}`,
  );
}
