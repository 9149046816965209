import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './state-dir.ts';

const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');

export interface Said {
  exitCode: number;
  out: string;
  complaint: string;
}

/** Lets wrangler talk to whoever is at the keyboard. Answers its exit code. */
export function wrangler(args: string[]): Promise<number> {
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: ROOT,
    env: environment(),
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}

/** Asks wrangler something on the side: it cannot ask back. */
export function askWrangler(args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: ROOT,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ exitCode: code ?? 1, out, complaint }));
  });
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' };
}
