import { access, copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { SECURITY_HEADERS } from '../src/security-headers.ts';
import { oneFirstLoad } from './one-first-load.ts';
import { weightOf, weightsOfScripts } from './ui-weights.ts';

const UI = fileURLToPath(new URL('../ui', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/ui', import.meta.url));

const MAIN = join(UI, 'inbox/main.ts');

/** What the first load of the inbox may weigh, in bytes after gzip. */
export const INBOX_BUDGET = { js: 40_000, css: 10_000 };
/** What a page beside the inbox may add to it when it is opened. */
export const PAGE_BUDGET = { js: 15_000, css: 8_000 };

export interface Weight {
  js: number;
  css: number;
}

export interface UiWeights extends Weight {
  /** By the name of their folder under ui/pages. */
  pages: Record<string, Weight>;
}

/** Fetched with the scripts that need them. */
const LATER_CSS = {
  choosing: 'inbox/choosing/choosing.css',
  composer: 'inbox/styles/composer.css',
  keys: 'inbox/keys/keys.css',
  later: 'inbox/later.css',
  context: 'inbox/context/context.css',
  search: 'inbox/search/search.css',
  'sign-in': 'inbox/styles/sign-in.css',
  told: 'pages/account/told.css',
  together: 'inbox/together/together.css',
  writing: 'inbox/writing/writing.css',
};

const SETTINGS = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Bundles the pages into `directory` (dist/ui unless given) and answers what they weigh, gzipped. */
export async function buildUi(options: { minify: boolean; directory?: string }): Promise<UiWeights> {
  const directory = options.directory ?? DIST;
  const assets = join(directory, 'assets');
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  const names = await readdir(join(UI, 'pages'));
  const [scripts, css, sharedCss, , pagesCss] = await Promise.all([
    buildScripts(assets, options.minify),
    bundle('inbox/inbox.css', join(assets, 'inbox.css'), options.minify),
    bundle('design/pages.css', join(assets, 'pages.css'), options.minify),
    Promise.all(
      Object.entries(LATER_CSS).map(([name, entry]) =>
        bundle(entry, join(assets, `${name}.css`), options.minify),
      ),
    ),
    Promise.all(
      names.map((name) =>
        bundle(`pages/${name}/page.css`, join(assets, 'pages', `${name}.css`), options.minify),
      ),
    ),
    bundle('print/print.css', join(assets, 'print.css'), options.minify),
    bundle('inbox/signed-in.ts', join(assets, 'signed-in.js'), options.minify),
    buildSimulator(directory, options.minify),
    // At the top, because it may only see to what is below it; by one name, because browsers look there for a newer one.
    bundle('service-worker.ts', join(directory, 'sw.js'), options.minify),
    ...['favicon.svg', 'manifest.webmanifest', 'icons'].map((name) =>
      cp(join(UI, name), join(directory, name), { recursive: true }),
    ),
    writeFile(join(directory, '_headers'), headersFile()),
  ]);
  await writeFile(join(directory, 'index.html'), await indexWith(scripts.preloads));
  const pages = names.map((name, index) => [
    name,
    { js: scripts.pages[name] ?? 0, css: sharedCss + (pagesCss[index] ?? 0) },
  ]);
  return { js: scripts.inbox, css, pages: Object.fromEntries(pages) };
}

/** What is too heavy, in words for whoever made it so. */
export function overBudget({ pages, ...inbox }: UiWeights): string[] {
  const all = [
    { what: 'The inbox loads', weight: inbox, budget: INBOX_BUDGET },
    ...Object.entries(pages).map(([name, weight]) => ({
      what: `The page ${name} adds`,
      weight,
      budget: PAGE_BUDGET,
    })),
  ];
  return all.flatMap(({ what, weight, budget }) =>
    (['js', 'css'] as const)
      .filter((kind) => weight[kind] > budget[kind])
      .map((kind) => `${what} ${weight[kind]} bytes of ${kind}, gzipped; its budget is ${budget[kind]}.`),
  );
}

/** The inbox, a script for each page that it opens, and what they share, each fetched once. */
async function buildScripts(
  directory: string,
  minify: boolean,
): Promise<ReturnType<typeof weightsOfScripts>> {
  const { metafile } = await build({
    ...SETTINGS,
    entryPoints: { inbox: MAIN },
    plugins: [oneFirstLoad(MAIN)],
    outdir: directory,
    splitting: true,
    chunkNames: '[name]-[hash]',
    absWorkingDir: directory,
    metafile: true,
    minify,
  });
  return weightsOfScripts(metafile, directory);
}

/** The browser asks for what the inbox's script imports at once, not after having read it. */
async function indexWith(preloads: string[]): Promise<string> {
  const page = await readFile(join(UI, 'index.html'), 'utf8');
  const links = preloads.map((file) => `<link rel="modulepreload" href="/assets/${file}" />\n    `);
  return page.replace('<script type="module"', `${links.join('')}<script type="module"`);
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
  await build({ ...SETTINGS, entryPoints: [join(UI, entry)], outfile, minify });
  return weightOf(outfile);
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
  const { pages, ...inbox } = await buildUi({ minify: !process.argv.includes('--readable') });
  const show = (bytes: number, budget: number) => `${(bytes / 1000).toFixed(1)} of ${budget / 1000} kB`;
  const line = (what: string, weight: Weight, budget: Weight) =>
    console.log(`${what}, gzipped: JS ${show(weight.js, budget.js)}, CSS ${show(weight.css, budget.css)}`);
  line('inbox', inbox, INBOX_BUDGET);
  for (const [name, weight] of Object.entries(pages)) line(name, weight, PAGE_BUDGET);
}
