import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { buildUi, overBudget } from './build-ui.ts';
import { COMPILE_CACHE, ROOT } from './state-dir.ts';
import { failedFiles, NOTHING, plus, type Report, type Tally, tallyOf, withSecond } from './tally.ts';

/** Everything, in order, to the end: a failure does not hide the next. Words after `npm test --` choose test files. */
const filters = process.argv.slice(2);

/** Screens in a real browser may be late on a busy machine; a fault is there the second time too. More is no chance. */
const SCREENS = /\/test\/browser\//;
const MOST_SCREENS_AGAIN = 3;

let tally: Tally = NOTHING;
if (filters.length === 0) {
  await check('Lint and format', () => run('biome', ['ci', '--colors=off', '.']));
  await check('Types of the Worker', () => run('tsc', ['-p', 'tsconfig.json']));
  await check('Types of the pages', () => run('tsc', ['-p', 'ui/tsconfig.json']));
  await check('Types of the scripts', () => run('tsc', ['-p', 'scripts/tsconfig.json']));
}
await check('Pages, and what they weigh', buildPages);
await stopEsbuild();
tally = plus(tally, await runTests());

for (const name of tally.skippedNames) console.log(`skipped: ${name}`);
if (tally.ran === 0) console.log('No test ran.');
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exit(tally.failed > 0 || tally.ran === 0 ? 1 : 0);

/** Answers what is wrong, or null. */
type Check = () => Promise<string | null>;

async function check(name: string, find: Check): Promise<void> {
  const startedAt = performance.now();
  const wrong = await find().catch((error: unknown) => String(error));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${wrong === null ? '✓' : '✗'} ${name} (${seconds} s)${wrong === null ? '' : `\n${wrong}`}`);
  const isPassed = wrong === null;
  tally = plus(tally, { ...NOTHING, passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1 });
}

async function run(program: string, args: string[]): Promise<string | null> {
  const child = spawn(program, args, { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return (await ended(child)) === 0 ? null : said;
}

async function buildPages(): Promise<string | null> {
  const heavy = overBudget(await buildUi({ minify: true }));
  return heavy.length === 0 ? null : heavy.join('\n');
}

async function runTests(): Promise<Tally> {
  const first = await runVitest(filters);
  const screens = failedFiles(first.report).filter((file) => SCREENS.test(file));
  if (first.report === null || screens.length === 0 || screens.length > MOST_SCREENS_AGAIN)
    return tallyOf(first.report, first.code);
  for (const file of screens) console.log(`Once more, from the start: ${relative(ROOT, file)}`);
  const second = await runVitest(screens);
  if (second.report === null) return tallyOf(first.report, first.code);
  const report = withSecond(first.report, second.report);
  const isAllAgain = failedFiles(first.report).length === screens.length;
  return tallyOf(report, isAllAgain ? second.code : first.code);
}

async function runVitest(files: string[]): Promise<{ report: Report | null; code: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'offhook-test-'));
  const results = join(directory, 'results.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...files];
  const child = spawn('vitest', args, { cwd: ROOT, env: environment(), stdio: 'inherit' });
  const code = await ended(child);
  const json = await readFile(results, 'utf8').catch(() => null);
  await rm(directory, { recursive: true, force: true });
  return { report: json === null ? null : (JSON.parse(json) as Report), code };
}

/** So that every program finds the Node and the packages of this project, however this was called. */
function environment(): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: COMPILE_CACHE };
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
