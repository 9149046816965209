import { type ChildProcess, spawn } from 'node:child_process';

const LINES_OF_TAIL = 30;
const GRACE_MS = 2000;

/** A real program while a test uses it, in a process group of its own, so that nothing of it outlives the test. */
export class Program {
  /** The exit code; null where a signal ended it. Rejects where it could not be started at all. */
  readonly ended: Promise<number | null>;
  readonly #name: string;
  readonly #child: ChildProcess;
  #log = '';
  #isRunning = true;

  /** `cwd` is where it leaves its files. */
  constructor(name: string, args: string[], cwd: string) {
    this.#name = name;
    this.#child = spawn(name, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    process.once('exit', this.#kill);
    this.ended = new Promise<number | null>((resolve, reject) => {
      // `close` comes when the last of the group has let go of its output.
      this.#child.once('close', resolve).once('error', reject);
    }).finally(() => {
      this.#isRunning = false;
      process.off('exit', this.#kill);
    });
    // Whoever waits for the end is told; nobody has to wait.
    this.ended.catch(() => {});
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get log(): string {
    return this.#log;
  }

  /** The end of its log, for whoever has to find out what went wrong. */
  get tail(): string {
    const lines = this.#log.trimEnd().split('\n').slice(-LINES_OF_TAIL);
    return [`--- ${this.#name}${this.#isRunning ? '' : ' (ended)'}:`, ...lines].join('\n');
  }

  async end(): Promise<void> {
    if (!this.#isRunning) return;
    this.#signal('SIGTERM');
    const late = setTimeout(this.#kill, GRACE_MS);
    await this.ended.finally(() => clearTimeout(late));
  }

  readonly #kill = () => this.#signal('SIGKILL');

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
