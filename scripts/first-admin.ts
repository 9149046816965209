import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import { FIRST_ADMIN_LINK_HOURS, firstAdminLinkSql } from '../src/practices/first-admin-link.ts';
import { hashOf, newSecret } from '../src/practices/secret.ts';
import { command, Refusal } from './refusal.ts';
import { ROOT, stateDir } from './state-dir.ts';

const USAGE = 'Usage: npm run first-admin -- --env demo|production [--origin https://…] EMAIL';

const ENVIRONMENTS = ['local', 'demo', 'production'] as const;
type Environment = (typeof ENVIRONMENTS)[number];

/** Prints a single-use link with which the first admin of an environment sets a password. */
await command(async () => {
  const { environment, email, origin } = asked();
  const token = newSecret();
  const expiresAt = Date.now() + FIRST_ADMIN_LINK_HOURS * 60 * 60_000;
  const made = await execute(
    environment,
    firstAdminLinkSql({ tokenHash: await hashOf(token), email, expiresAt }),
  );
  if (made.length === 0) {
    throw new Refusal(`${environment} has an admin already, who can invite others. No link was made.`);
  }
  // After the #, which browsers keep to themselves: no log on the way sees it.
  console.log(`
${email} becomes the first admin of ${environment} with this link. It works once, and for ${FIRST_ADMIN_LINK_HOURS} hours:

  ${origin}/welcome#${token}
`);
});

function asked(): { environment: Environment; email: string; origin: string } {
  const { values, positionals } = commandLine();
  const environment = ENVIRONMENTS.find((known) => known === values.env);
  const [email, ...more] = positionals;
  if (environment === undefined || email === undefined || more.length > 0) throw new Refusal(USAGE);
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new Refusal(`${email} is not an e-mail address.\n${USAGE}`);
  }
  return { environment, email, origin: values.origin?.replace(/\/+$/, '') ?? originOf(environment) };
}

function commandLine() {
  try {
    return parseArgs({
      options: { env: { type: 'string' }, origin: { type: 'string' } },
      allowPositionals: true,
    });
  } catch {
    throw new Refusal(USAGE);
  }
}

/** As far as it can be known here: the name of a workers.dev host has the account in it. */
function originOf(environment: Environment): string {
  if (environment === 'local') return `http://localhost:${process.env.PORT || 8787}`;
  const { vars } = unstable_readConfig({ config: `${ROOT}wrangler.toml`, env: environment });
  return typeof vars.PUBLIC_ORIGIN === 'string' ? vars.PUBLIC_ORIGIN : `https://(the host of ${environment})`;
}

/** Runs one statement on the database of an environment, and answers its rows. */
async function execute(environment: Environment, sql: string): Promise<unknown[]> {
  const where =
    environment === 'local'
      ? ['--local', '--env', '', '--persist-to', join(stateDir(), 'state')]
      : ['--remote', '--env', environment];
  const wrangler = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
  const running = promisify(execFile)(
    process.execPath,
    [wrangler, 'd1', 'execute', 'DB', ...where, '--yes', '--json', '--command', sql],
    { cwd: ROOT, env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
  );
  // Nobody is there to answer a question: without an account wrangler then says what it needs.
  running.child.stdin?.end();
  const { stdout } = await running.catch((error: { stdout: string; stderr: string }) => {
    throw new Refusal(inWords(environment, wordsOf(error.stdout) ?? error.stderr));
  });
  const [answer] = JSON.parse(stdout) as { results: unknown[] }[];
  return answer?.results ?? [];
}

/** With --json, wrangler puts what went wrong into its answer, and warnings about other things beside it. */
function wordsOf(answer: string): string | null {
  try {
    return (JSON.parse(answer) as { error: { text: string } }).error.text;
  } catch {
    return null;
  }
}

function inWords(environment: Environment, said: string): string {
  const first = environment === 'local' ? 'npm start' : `npm run deploy:${environment}`;
  const advice = /no such table/.test(said)
    ? `\n\nNothing is in ${environment} yet. Run ${first} first.`
    : '';
  return `No link was made. Wrangler says:\n\n${said.trim()}${advice}`;
}
