import { enableCompileCache } from 'node:module';
import { stop as stopEsbuild } from 'esbuild';
import { buildUi } from './build-ui.ts';
import { settled } from './data-holder.ts';
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
  const server = await startLocalServer({ port, stateDir: stateDir() });
  await stopEsbuild();
  console.log(welcome(server.origin));
});

/** npm passes a signal to the shell that it started, and the shell ends without passing it on to us. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 250).unref();
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
