import { stripVTControlCharacters } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import { publicOrigins } from '../src/domain/practice/public-origins.ts';
import { PUSH_SETTINGS } from './push-keys.ts';
import { ROOT } from './state-dir.ts';
import { askWrangler } from './wrangler.ts';

export const DEPLOYED = ['demo', 'production'] as const;
export type Deployed = (typeof DEPLOYED)[number];

/** Something without which a deployment would not work, and the command that puts it right. */
export interface Need {
  what: string;
  fix: string;
}

/** The part of wrangler.toml that matters here, with what an environment inherits filled in. */
export interface Settings {
  name: string;
  compatibility_date: string;
  compatibility_flags: string[];
  vars: Record<string, unknown>;
  d1_databases: { binding: string; database_name: string; database_id: string; migrations_dir: string }[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
  migrations: unknown[];
  assets?: { binding?: string };
}

/** Bound as secrets, never written down in wrangler.toml. */
const SECRETS: Record<Deployed, string[]> = { demo: ['SIMULATOR_SECRET'], production: [] };

/** Bound at the top level, but not everywhere: production has no simulated carrier, and goes live without proofs on an admin's word. */
const OPTIONAL = ['SIMULATOR_SECRET', 'TEST_PROOF_SECRET'];

/** What wrangler.toml itself lacks: it can be told without an account. */
export function needsInConfig(environment: Deployed): Need[] {
  const config = configOf(environment);
  const bound = bindingsOf(config);
  const unbound = [...bindingsOf(configOf(undefined))].filter(
    (name) => !bound.has(name) && !OPTIONAL.includes(name),
  );
  const withoutId = config.d1_databases.filter(({ database_id }) => !database_id);
  return [
    ...withoutId.map(({ binding, database_name }) => ({
      what: `the id of database ${database_name} (binding ${binding})`,
      fix: `npx wrangler d1 create ${database_name}\nthen write the id it prints as database_id under [[env.${environment}.d1_databases]] in wrangler.toml`,
    })),
    ...unbound.map((name) => ({
      what: `binding ${name}`,
      fix: `copy it from the top of wrangler.toml to [env.${environment}]: environments inherit none`,
    })),
    ...needsOfOrigins(environment, config.vars),
  ];
}

/** Only where it is written in wrangler.toml: what a secret holds nobody can see. */
export function needsOfOrigins(environment: Deployed, { PUBLIC_ORIGIN: setting }: Settings['vars']): Need[] {
  return publicOrigins(typeof setting === 'string' ? setting : undefined).unreadable.map((entry) => ({
    what: `a readable PUBLIC_ORIGIN: “${entry}” is no address`,
    fix: `under [env.${environment}.vars] in wrangler.toml, write https://HOST, or several with commas between,\nthe one to give out first`,
  }));
}

/** What the account lacks. Nothing is changed by asking. */
export async function needsInAccount(environment: Deployed): Promise<Need[]> {
  const account = await accountNeeds();
  const there = account.length === 0 ? await secretsOf(environment) : { names: [], complaint: '' };
  const note = account.length === 0 ? there.complaint : ' (which cannot be seen before that)';
  const missing = SECRETS[environment].filter((name) => !there.names.includes(name));
  return [
    ...account,
    ...needsOfPushes(environment, there.names),
    ...missing.map((name) => ({
      what: `secret ${name}${note}`,
      fix: `openssl rand -hex 32 | npx wrangler secret put ${name} --env ${environment}`,
    })),
  ];
}

/** All or none: with half of them nobody could be told, and nobody would know why. */
export function needsOfPushes(environment: Deployed, names: readonly string[]): Need[] {
  const missing = PUSH_SETTINGS.filter((name) => !names.includes(name));
  if (missing.length === 0 || missing.length === PUSH_SETTINGS.length) return [];
  return [
    {
      what: `secret ${missing.join(' and ')}: of the three there are only some`,
      fix: pushesFix(environment),
    },
  ];
}

/** Nothing fails without them. */
export function pushesFix(environment: Deployed): string {
  return `npm run --silent push-keys you@clinic.example | npx wrangler secret bulk --env ${environment}`;
}

async function accountNeeds(): Promise<Need[]> {
  const { out, complaint } = await askWrangler(['whoami', '--json']);
  const who = parse<{ loggedIn?: boolean; accounts?: unknown[] }>(out);
  if (who === null) {
    return [
      {
        what: 'an answer from Cloudflare',
        fix: `check the network and CLOUDFLARE_API_TOKEN\nwrangler says: ${errorIn(complaint)}`,
      },
    ];
  }
  if (who.loggedIn !== true) {
    return [{ what: 'a Cloudflare account', fix: 'npx wrangler login\nor set CLOUDFLARE_API_TOKEN' }];
  }
  if ((who.accounts?.length ?? 0) > 1 && !process.env.CLOUDFLARE_ACCOUNT_ID) {
    return [
      {
        what: 'which of your Cloudflare accounts to use',
        fix: 'npx wrangler whoami\nthen set CLOUDFLARE_ACCOUNT_ID to one of the ids it prints',
      },
    ];
  }
  return [];
}

/** A Worker that was never deployed has none, and asking for them is answered as an error. */
async function secretsOf(environment: Deployed): Promise<{ names: string[]; complaint: string }> {
  const { out, exitCode, complaint } = await askWrangler([
    'secret',
    'list',
    '--env',
    environment,
    '--format',
    'json',
  ]);
  const secrets = exitCode === 0 ? parse<{ name: string }[]>(out) : null;
  if (secrets !== null) return { names: secrets.map(({ name }) => name), complaint: '' };
  return { names: [], complaint: ` (wrangler says: ${errorIn(complaint)})` };
}

function errorIn(complaint: string): string {
  const lines = stripVTControlCharacters(complaint).split('\n');
  return (lines.find((line) => line.includes('ERROR')) ?? '').replace(/^.*\[ERROR\]/, '').trim();
}

/** Without an environment: the top level. */
export function configOf(environment: Deployed | undefined): Settings {
  return unstable_readConfig({ config: `${ROOT}wrangler.toml`, env: environment }, { hideWarnings: true });
}

function bindingsOf(config: Settings): Set<string> {
  return new Set([
    ...Object.keys(config.vars),
    ...config.d1_databases.map(({ binding }) => binding),
    ...config.durable_objects.bindings.map(({ name }) => name),
    ...(config.assets?.binding ? [config.assets.binding] : []),
  ]);
}

function parse<T>(json: string): T | null {
  try {
    return JSON.parse(json) as T;
  } catch {
    return null;
  }
}
