import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from '../program.ts';
import { answers, freeSipPort, HOST } from './sip-port.ts';

/** Whose hang-up fires one trigger, and whose fires two, because it was set up twice. See kamailio.cfg. */
export const MAIN_NUMBER = '2065550101';
export const HOOKED_TWICE = '2065550102';

const START_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_SECONDS = 15;

interface PhoneCall {
  /** The From of SIP, as caller's phone or carrier writes it. */
  from: string;
  dials?: string;
  holdMs?: number;
  /** A key, after holding and before hanging up. */
  presses?: string;
}

/** A trigger that was fired, as the phone system's own log has it. */
interface Fired {
  trigger: string;
  status: number;
  answer: unknown;
}

/** Kamailio with a queue (SIPp) in which callers (SIPp too) are put on hold. It fires the triggers of lakeside. */
export class PhoneSystem {
  readonly #workDir: string;
  readonly #port: number;
  readonly #queue: Program;
  readonly #kamailio: Program;
  #caller: Program | null = null;

  static async start(origin: string): Promise<PhoneSystem> {
    const workDir = await mkdtemp(join(tmpdir(), 'offhook-phone-system-'));
    const [port, queuePort] = [await freeSipPort(), await freeSipPort()];
    const phones = new PhoneSystem(workDir, port, queuePort, origin);
    try {
      await phones.#ready();
    } catch (error) {
      await phones.end();
      throw error;
    }
    return phones;
  }

  private constructor(workDir: string, port: number, queuePort: number, origin: string) {
    this.#workDir = workDir;
    this.#port = port;
    this.#queue = new Program('sipp', sipp('queue.xml', queuePort), workDir);
    this.#kamailio = new Program(
      'kamailio',
      [
        ...['-f', file('kamailio.cfg'), '-l', `udp:${HOST}:${port}`],
        // Stay in the foreground, log to stderr, UDP only, and leave every file in the work directory.
        ...['-DD', '-E', '-T', '-S', '-w', workDir, '-Y', workDir, '-m', '32', '-M', '8'],
        ...['-A', `QUEUE="sip:${HOST}:${queuePort}"`, '-A', `TRIGGERS="${origin}/hooks/demo/"`],
      ],
      workDir,
    );
  }

  /** Calls, holds and hangs up; answers the id of the call when it is over. */
  async call({ from, dials = MAIN_NUMBER, holdMs = 200, presses }: PhoneCall): Promise<string> {
    const callId = randomUUID();
    const caller = new Program(
      'sipp',
      [
        ...sipp('caller.xml', await freeSipPort()),
        ...['-m', '1', '-timeout', `${CALL_TIMEOUT_SECONDS}s`, '-timeout_error', '-cid_str', callId],
        ...['-s', dials, '-key', 'caller', from, '-d', `${holdMs}`],
        ...(presses === undefined ? [] : ['-set', 'digit', presses]),
        `${HOST}:${this.#port}`,
      ],
      this.#workDir,
    );
    this.#caller = caller;
    if ((await caller.ended) !== 0) throw new Error(`The call failed.\n${this.tail}`);
    return callId;
  }

  /** The triggers that were fired for a call, in order, each with what the webhook answered. */
  firedFor(callId: string): Fired[] {
    return this.#kamailio.log.split('\n').flatMap((line) => {
      const [, id, trigger = '', status, answer = ''] = /fired (\S+) (\S+) (-?\d+) (.*)$/.exec(line) ?? [];
      return id === callId ? [{ trigger, status: Number(status), answer: readAnswer(answer) }] : [];
    });
  }

  /** The ends of all its logs, for whoever has to find out what went wrong. */
  get tail(): string {
    const programs = {
      'the phone system': this.#kamailio,
      'its queue': this.#queue,
      'the caller': this.#caller,
    };
    return Object.entries(programs)
      .map(([who, program]) => `${who}: ${program?.tail ?? 'none yet'}`)
      .join('\n\n');
  }

  async end(): Promise<void> {
    await Promise.all([this.#caller?.end(), this.#kamailio.end(), this.#queue.end()]);
    await rm(this.#workDir, { recursive: true, force: true });
  }

  /** The queue need not be asked: SIP repeats an INVITE that nobody takes. */
  async #ready(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    const isPointless = () => !this.#kamailio.isRunning || !this.#queue.isRunning || Date.now() > deadline;
    if (!(await answers(this.#port, isPointless))) {
      throw new Error(`The phone system takes no calls.\n${this.tail}`);
    }
  }
}

function sipp(scenario: string, port: number): string[] {
  return ['-sf', file(scenario), '-i', HOST, '-p', `${port}`, '-nostdin'];
}

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** As it came where it is not JSON, so that a failed test shows it. */
function readAnswer(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return answer;
  }
}
