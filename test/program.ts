import { type ChildProcess, spawn } from 'node:child_process';
import { pathOf, type RealProgram } from './real-program.ts';

const LINES_OF_TAIL = 60;
const GRACE_MS = 2000;

/**
 * A pipe closes when the process that holds its other end is gone, however it went: then the whole group is
 * killed. So an interrupted test leaves no daemon behind, even where nothing of the test gets to run any more.
 */
const UNTIL_WE_END = '{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 & exec "$@" 3<&-';

/** A real program while a test uses it, in a process group of its own. */
export class Program {
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #name: string;
  readonly #child: ChildProcess;
  #log = '';
  #isRunning = true;

  /** `workDir` is where it leaves its files. Its input is empty unless `isWrittenTo`. */
  constructor(name: RealProgram, args: string[], workDir: string, { isWrittenTo = false } = {}) {
    this.#name = name;
    this.#child = spawn('sh', ['-c', UNTIL_WE_END, 'sh', pathOf(name) ?? name, ...args], {
      cwd: workDir,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    // It may end before it has read everything.
    this.#child.stdin?.on('error', () => {});
    if (!isWrittenTo) this.#child.stdin?.end();
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    this.#child.once('exit', () => this.#signal('SIGKILL'));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#isRunning = false;
        resolve(code);
      });
    });
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
    return [`${this.#name}, which ${this.#isRunning ? 'is running' : 'has ended'}`, ...lines].join('\n');
  }

  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  async end(): Promise<void> {
    if (!this.#isRunning) return;
    this.#signal('SIGTERM');
    const late = setTimeout(() => this.#signal('SIGKILL'), GRACE_MS);
    await this.ended;
    clearTimeout(late);
  }

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
