import { join } from 'node:path';
import { publicOrigins } from '../src/domain/practice/public-origins.ts';
import { FIRST_ADMIN_LINK_HOURS, firstAdminLinkSql } from '../src/practices/first-admin-link.ts';
import { hashOf, newSecret } from '../src/practices/secret.ts';
import { type Environment, readFirstAdminCommand } from './first-admin-command.ts';
import { command, Refusal } from './refusal.ts';
import { ROOT, stateDir } from './state-dir.ts';
import { askWrangler } from './wrangler.ts';

/** Prints a single-use link with which the first admin of an environment sets a password. */
await command(async () => {
  const { environment, email, origin } = readFirstAdminCommand(process.argv.slice(2));
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

  ${origin ?? (await originOf(environment))}/welcome#${token}
`);
});

/** As far as it can be known here: the name of a workers.dev host has the account in it. */
async function originOf(environment: Environment): Promise<string> {
  if (environment === 'local') return `http://localhost:${process.env.PORT || 8787}`;
  const { unstable_readConfig } = await import('wrangler');
  const { vars } = unstable_readConfig({ config: join(ROOT, 'wrangler.toml'), env: environment });
  const setting = typeof vars.PUBLIC_ORIGIN === 'string' ? vars.PUBLIC_ORIGIN : undefined;
  return publicOrigins(setting).givenOut ?? `https://(the host of ${environment})`;
}

/** Runs one statement on the database of an environment, and answers its rows. */
async function execute(environment: Environment, sql: string): Promise<unknown[]> {
  const where =
    environment === 'local'
      ? ['--local', '--env', '', '--persist-to', join(stateDir(), 'state')]
      : ['--remote', '--env', environment];
  const said = await askWrangler(['d1', 'execute', 'DB', ...where, '--yes', '--json', '--command', sql]);
  if (said.exitCode !== 0) throw new Refusal(inWords(environment, wordsOf(said.out) ?? said.complaint));
  const [answer] = JSON.parse(said.out) as { results: unknown[] }[];
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
