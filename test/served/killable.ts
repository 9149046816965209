import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('serve.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** The served product with all its processes, which can be killed as a power cut would, and started again. */
export class Killable {
  readonly origin: string;
  readonly #port: number;
  readonly #stateDir: string;
  #child: ChildProcess | null = null;
  #said = '';

  constructor(port: number, stateDir: string) {
    this.origin = `http://localhost:${port}`;
    this.#port = port;
    this.#stateDir = stateDir;
  }

  /** Everything the server has logged so far, over all its lives. */
  get said(): string {
    return this.#said;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [SERVE], {
      // A group of its own: node, workerd and esbuild die together.
      detached: true,
      env: { ...process.env, PORT: String(this.#port), OFFHOOK_STATE: this.#stateDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        this.#said += chunk;
        if (String(chunk).includes('serving')) resolve();
      };
      child.stdout?.on('data', listen);
      child.stderr?.on('data', listen);
      child.once('exit', () => reject(new Error(`the product ended by itself:\n${this.#said}`)));
      timer = setTimeout(() => reject(new Error(`no answer yet:\n${this.#said}`)), START_TIMEOUT_MS);
    }).finally(() => clearTimeout(timer));
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
