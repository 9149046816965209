import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { buildUi } from './build-ui.ts';
import {
  configOf,
  DEPLOYED,
  type Deployed,
  type Need,
  needsInAccount,
  needsInConfig,
  pushesFix,
} from './deployment-needs.ts';
import { readMigrations } from './migrations.ts';
import { command, Refusal } from './refusal.ts';
import { wrangler } from './wrangler.ts';

await command(async () => {
  const [name, ...flags] = process.argv.slice(2);
  const environment = DEPLOYED.find((each) => each === name);
  if (environment === undefined) {
    throw new Refusal('Say where to: npm run deploy:demo, or npm run deploy:production.');
  }
  if (flags.includes('--dry-run')) await rehearse(environment);
  else await deploy(environment);
});

async function deploy(environment: Deployed): Promise<void> {
  const needs = [...(await needsInAccount(environment)), ...needsInConfig(environment)];
  if (needs.length > 0) {
    throw new Refusal(`${environment} lacks the following. Nothing was changed.\n${list(needs)}`);
  }
  await build();
  await step('Migrations', ['d1', 'migrations', 'apply', 'DB', '--remote', '--env', environment]);
  await step('Deployment', ['deploy', '--env', environment]);
  console.log(`\n${optional(environment)}`);
  console.log(`\nDeployed. The first admin signs in with: npm run first-admin -- --env ${environment} EMAIL`);
}

/** All of it that needs no account. */
async function rehearse(environment: Deployed): Promise<void> {
  console.log(`A dry run for ${environment}: nothing is changed.\n`);
  await build();
  const [database] = configOf(environment).d1_databases;
  console.log(`Migrations for ${database?.database_name}, those applied before left out:`);
  for (const { name, statements } of readMigrations())
    console.log(`  ${name} (${statements.length} statements)`);
  console.log('');
  const directory = await mkdtemp(join(tmpdir(), 'offhook-deploy-'));
  try {
    await step('Dry run', ['deploy', '--dry-run', '--env', environment, '--outdir', directory]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  console.log(`\n${optional(environment)}`);
  const needs = needsInConfig(environment);
  if (needs.length > 0) console.log(`\nStill needed before the real one:\n${list(needs)}`);
}

function optional(environment: Deployed): string {
  return `Optional, once: VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT, so that staff are told while no page is open:\n    ${pushesFix(environment)}`;
}

async function build(): Promise<void> {
  const weight = await buildUi({ minify: true });
  await stopEsbuild();
  console.log(`Pages built: the inbox is ${weight.js} bytes of JS and ${weight.css} of CSS, gzipped.\n`);
}

async function step(name: string, args: string[]): Promise<void> {
  const exitCode = await wrangler(args);
  if (exitCode !== 0)
    throw new Refusal(`${name} failed. wrangler says above why; what came before it is done.`);
}

function list(needs: Need[]): string {
  return needs.map(({ what, fix }) => `\n- ${what}\n    ${fix.replaceAll('\n', '\n    ')}`).join('\n');
}
