import { enableCompileCache } from 'node:module';
import { stop as stopEsbuild } from 'esbuild';
import { FIRST_ADMIN_LINK_HOURS, firstAdminLinkSql } from '../src/practices/first-admin-link.ts';
import { hashOf, newSecret } from '../src/practices/secret.ts';
import { buildUi } from './build-ui.ts';
import { settled } from './data-holder.ts';
import type { LocalServer } from './local-server.ts';
import { choosePort } from './ports.ts';
import { command } from './refusal.ts';
import { COMPILE_CACHE, stateDir } from './state-dir.ts';

// Before anything is started, so that it is ours and not Miniflare's (exit code 130) that ends all of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));
if (process.env.npm_lifecycle_event === 'start') endWithParent();

await command(async () => {
  const asked = process.env.PORT;
  // Before the port is looked at: a server that was killed outright may still hold it.
  await settled(stateDir());
  const port = await choosePort(asked);
  if (!asked && port !== 8787) console.log(`Port 8787 is busy, so this one uses ${port}.`);
  await buildUi({ minify: true });
  // Not sooner, because a refusal need not wait for all that it loads; nor compiled anew at each start.
  enableCompileCache(COMPILE_CACHE);
  const { startLocalServer } = await import('./local-server.ts');
  const isEmpty = process.argv.includes('--empty');
  const server = await startLocalServer({ port, stateDir: stateDir(), isEmpty });
  await stopEsbuild();
  const token = await firstAdminToken(server.database);
  console.log(token === null ? welcome(server.origin) : welcomeToNothing(server.origin, token));
});

/** npm passes a signal to the shell that it started, and the shell ends without passing it on to us. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 250).unref();
}

/** Null where somebody can sign in already. */
async function firstAdminToken(database: LocalServer['database']): Promise<string | null> {
  const token = newSecret();
  const expiresAt = Date.now() + FIRST_ADMIN_LINK_HOURS * 3_600_000;
  const link = { tokenHash: await hashOf(token), email: 'admin@offhook.example', expiresAt };
  const { results } = await database.prepare(firstAdminLinkSql(link)).all();
  return results.length === 0 ? null : token;
}

function welcomeToNothing(origin: string, token: string): string {
  return `
Offhook is running, as empty as on its first day. Become its first admin with this link, which works once:

  ${origin}/welcome#${token}

Your e-mail address for signing in again is admin@offhook.example. Everything else is on the screens.

Ctrl-C ends it. npm run reset empties its data.
`;
}

function welcome(origin: string): string {
  return `
Offhook is running. All of it is on this machine: no account, and no network needed.

  Inbox     ${origin}
  Handset   ${origin}/simulator

  Sign in   staff@lakeside.example      staff of Lakeside Family Clinic
            manager@lakeside.example    its manager
            staff@harbor.example        staff of Harbor Pediatrics
            admin@offhook.example       admin of both
  Password  offhook-demo

A caller gives up and hangs up; paste this and watch the inbox:

  curl -X POST ${origin}/hooks/demo/abandoned-call/lakeside-hangup-en -d CALLER_ID_NUMBER=2062020123

Ctrl-C ends it. npm run reset empties its data.
`;
}
