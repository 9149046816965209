import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = 'Ctrl-C ends it';

/** A command of the project as npm runs it, and what it says. */
export class Command {
  readonly child: ChildProcess;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  said = '';

  constructor(args: string[], env: Record<string, string | undefined>) {
    this.child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => {
        this.said += chunk;
      });
    }
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** Resolves when it serves; rejects with what it said when it ends instead. */
  async serving(): Promise<void> {
    const isReady = async () => {
      while (!this.said.includes(READY)) await new Promise((resolve) => setTimeout(resolve, 50));
      return true;
    };
    const outcome = await Promise.race([isReady(), this.ended]);
    if (outcome !== true) throw new Error(`ended with ${outcome}:\n${this.said}`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** `npm start`, without npm. */
export function start(env: { PORT?: string; OFFHOOK_STATE: string }): Command {
  return new Command(['scripts/start.ts'], { PORT: undefined, ...env });
}

export function reset(stateDir: string): Command {
  return new Command(['scripts/reset.ts'], { OFFHOOK_STATE: stateDir });
}
