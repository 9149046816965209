import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../program.ts';
import { answers, freeSipPort, HOST } from './sip-port.ts';
import { answering, calling, callingAll, file, type Rush } from './sipp.ts';

/** Behind each number, how callers fare and what they do; kamailio.cfg has the rest. */
const DIAL_PLAN = {
  queue: { number: '2065550101', caller: 'caller.xml' },
  /** Its hang-up was set up twice. */
  hookedTwice: { number: '2065550102', caller: 'caller.xml' },
  /** It reports the key after the hang-up. */
  keyReportedLate: { number: '2065550103', caller: 'caller.xml' },
  ringing: { number: '2065550104', caller: 'caller-cancels.xml' },
  answered: { number: '2065550105', caller: 'caller-talks.xml' },
} as const;
type Destination = keyof typeof DIAL_PLAN;

const START_TIMEOUT_MS = 15_000;

interface PhoneCall {
  from: string;
  to?: Destination;
  /** On hold, or ringing. */
  ms?: number;
  /** A key, after holding and before hanging up. */
  presses?: string;
  isWithheld?: boolean;
}

/** A trigger that was fired, as the phone system's own log has it. */
export interface Fired {
  callId: string;
  trigger: string;
  event: string;
  /** Negative where there was no answer: a number of curl's. */
  status: number;
  answer: unknown;
}

/** Kamailio, with phones (SIPp) that take its calls and callers (SIPp too). It fires the triggers of lakeside. */
export class PhoneSystem {
  readonly #workDir: string;
  readonly #port: number;
  readonly #programs: Record<string, Program>;

  static async start(origin: string): Promise<PhoneSystem> {
    const workDir = await mkdtemp(join(tmpdir(), 'offhook-phone-system-'));
    const port = await freeSipPort();
    const [queue, queueAt] = await answering('queue.xml', workDir);
    const [ringing, ringingAt] = await answering('ringing.xml', workDir);
    const [desk, deskAt] = await answering('desk.xml', workDir);
    const defines = {
      QUEUE: queueAt,
      RINGING: ringingAt,
      DESK: deskAt,
      TRIGGERS: `${origin}/hooks/demo/`,
    };
    const kamailio = new Program(
      'kamailio',
      [
        ...['-f', file('kamailio.cfg'), '-l', `udp:${HOST}:${port}`],
        // Stay in the foreground, log to stderr, UDP only, and leave every file in the work directory.
        ...['-DD', '-E', '-T', '-S', '-w', workDir, '-Y', workDir, '-m', '32', '-M', '8'],
        ...Object.entries(defines).flatMap(([name, value]) => ['-A', `${name}="${value}"`]),
      ],
      workDir,
    );
    const phones = new PhoneSystem(workDir, port, { kamailio, queue, ringing, desk });
    try {
      await phones.#ready();
    } catch (error) {
      await phones.end();
      throw error;
    }
    return phones;
  }

  private constructor(workDir: string, port: number, programs: Record<string, Program>) {
    this.#workDir = workDir;
    this.#port = port;
    this.#programs = programs;
  }

  /** A call from its beginning to its end, whoever ends it; answers its id. */
  async call({ from, to = 'queue', ms = 200, presses, isWithheld = false }: PhoneCall): Promise<string> {
    const callId = randomUUID();
    const { number, caller } = DIAL_PLAN[to];
    const asked = { from, callId, dials: number, isWithheld, ms, presses };
    await this.#over(await calling(caller, asked, this.#port, this.#workDir));
    return callId;
  }

  /** Many callers, who all hang up. */
  async rush({ to, ...rush }: Omit<Rush, 'dials'> & { to: Destination }): Promise<void> {
    const dials = DIAL_PLAN[to].number;
    await this.#over(await callingAll({ ...rush, dials }, this.#port, this.#workDir));
  }

  /** The triggers that were fired, in order, each with what the webhook answered. */
  get fired(): Fired[] {
    return (this.#programs.kamailio?.log ?? '').split('\n').flatMap((line) => {
      const [, callId, trigger = '', event = '', status, answer = ''] =
        /fired (\S+) (\S+) (\S+) (-?\d+) (.*)$/.exec(line) ?? [];
      if (callId === undefined) return [];
      return [{ callId, trigger, event, status: Number(status), answer: readAnswer(answer) }];
    });
  }

  /** The ends of all its logs, for whoever has to find out what went wrong. */
  get tail(): string {
    return Object.entries(this.#programs)
      .map(([who, program]) => `${who}: ${program.tail}`)
      .join('\n\n');
  }

  async end(): Promise<void> {
    await Promise.all(Object.values(this.#programs).map((program) => program.end()));
    await rm(this.#workDir, { recursive: true, force: true });
  }

  async #over(callers: Program): Promise<void> {
    this.#programs.callers = callers;
    if ((await callers.ended) !== 0) throw new Error(`A call failed.\n${this.tail}`);
  }

  /** The phones need not be asked: SIP repeats an INVITE that nobody takes. */
  async #ready(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    const programs = Object.values(this.#programs);
    const isPointless = () => programs.some(({ isRunning }) => !isRunning) || Date.now() > deadline;
    if (!(await answers(this.#port, isPointless))) {
      throw new Error(`The phone system takes no calls.\n${this.tail}`);
    }
  }
}

/** As it came where it is not JSON, so that a failed test shows it. */
function readAnswer(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return answer;
  }
}
