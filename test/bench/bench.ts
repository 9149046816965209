import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { buildUi, INBOX_BUDGET } from '../../scripts/build-ui.ts';
import { TelnyxSigner } from '../telnyx-signer.ts';
import { directory } from './directory.ts';
import { fillInboxes, firstPage, searches } from './inbox-at-scale.ts';
import { pageBenches } from './page/page-benches.ts';
import { figuresOfPart } from './part.ts';
import { rowsPerEvent } from './rows-per-event.ts';
import { type Served, serveProduct, serveWorker } from './serve.ts';
import { type Figure, table } from './table.ts';
import { telnyxAnswers } from './telnyx-webhooks.ts';
import { textFlood } from './text-flood.ts';
import { signIn, textToFrame } from './text-to-frame.ts';
import { triggerAnswers } from './trigger-answers.ts';
import { triggerFlood } from './trigger-flood.ts';
import { triggerRate, triggerRateWithPhones } from './trigger-rate.ts';

/**
 * The figures this project holds itself to, as ratios over a Worker that does the least possible, or as counts:
 * so they mean the same on any machine. Nothing fails here; the row budgets are tests of their own.
 */

/** As wrangler.toml has it. */
const SECRET = 'only-on-this-machine';

const stateDir = await mkdtemp(join(tmpdir(), 'offhook-bench-'));
const servers: Served[] = [];

async function serving(starting: Promise<Served>): Promise<Served> {
  const served = await starting;
  servers.push(served);
  return served;
}

const inDirectory = (name: string) => join(stateDir, name);

/** What can be measured by itself: `npm run bench -- NAME …`; without a name all of it. */
const BENCHES: Record<string, () => Promise<Figure[]>> = {
  server,
  'first-load': firstLoad,
  ...pageBenches(inDirectory, serving),
};

/** Several times as long as any of them takes. */
const MOST_MS = 30 * 60_000;

async function measure(names: string[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of names) {
    console.log(`Measuring: ${name}`);
    const began = performance.now();
    const part = BENCHES[name];
    if (part !== undefined) figures.push(...(await figuresOfPart(name, part, MOST_MS)));
    console.log(`  ${Math.round((performance.now() - began) / 1000)} s`);
  }
  return figures;
}

async function server(): Promise<Figure[]> {
  const floor = await serving(
    serveWorker('floor-worker.ts', inDirectory('floor'), { OBJECT: 'FloorObject', HUB: 'FloorHub' }),
  );
  const signer = await TelnyxSigner.withNewKey();
  const telnyx = { TELNYX_PUBLIC_KEY: signer.publicKey };
  const product = await serving(serveProduct('product-worker.ts', inDirectory('product'), telnyx));
  const triggers = await triggerRate(product, floor);
  const texts = await textToFrame(product, floor, SECRET);
  const answers = [
    ...(await triggerAnswers(product, floor, triggers.perSecond)),
    ...(await telnyxAnswers(product, floor, signer)),
  ];
  const rows = await rowsPerEvent(product, await signIn(product), SECRET);
  const floods = [
    ...(await triggerFlood(product, triggers.perSecond, await signIn(product))),
    ...(await textFlood(product, floor, signer)),
  ];
  const withPhones = await serving(serveProduct('../../src/worker.ts', inDirectory('phones')));
  const phones = await triggerRateWithPhones(withPhones, floor);
  const ofDirectory = await directory(
    await serving(serveProduct('directory-worker.ts', inDirectory('directory'))),
  );
  const inbox = await serving(serveWorker('inbox-worker.ts', inDirectory('inbox'), { INBOX: 'FilledInbox' }));
  await fillInboxes(inbox);
  return [
    ...triggers.figures,
    ...phones,
    ...texts,
    ...answers,
    ...floods,
    ...(await firstPage(inbox)),
    ...(await searches(inbox)),
    ...ofDirectory,
    ...rows,
  ];
}

async function firstLoad(): Promise<Figure[]> {
  const { js, css } = await buildUi({ minify: true, directory: inDirectory('ui') });
  return [weight('JS', js, INBOX_BUDGET.js), weight('CSS', css, INBOX_BUDGET.css)];
}

function weight(what: string, bytes: number, budget: number): Figure {
  const kB = (size: number) => `${(size / 1000).toFixed(1)} kB`;
  return {
    what: `first load of the inbox: ${what}, gzipped`,
    target: `≤ ${kB(budget)}`,
    measured: kB(bytes),
    isMet: bytes <= budget,
  };
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

try {
  console.log(
    'All of it takes about a quarter of an hour; other work on this machine makes it less exact.\n',
  );
  console.log(table(await measure(asked.length > 0 ? asked : Object.keys(BENCHES))));
} finally {
  await Promise.all(servers.map((served) => served.stop()));
  await stopEsbuild();
  await rm(stateDir, { recursive: true, force: true });
}
// What a part that did not come to its end still holds would keep this one from ending.
process.exit();
