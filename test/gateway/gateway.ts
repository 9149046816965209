import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Program } from '../program.ts';
import { freePort } from '../served/killable.ts';
import { type CentreText, textsIn } from './centre-log.ts';

const START_TIMEOUT_MS = 15_000;
const HOST = '127.0.0.1';

/** Kannel, between the product at `origin` and a centre (fakesmsc) to which all phones belong. */
export class Gateway {
  /** What the product has to be told. */
  readonly settings: Record<string, string>;
  readonly #workDir: string;
  readonly #centrePort: number;
  readonly #programs: Program[] = [];
  #centre: Program | null = null;
  #received: CentreText[] = [];

  static async start(origin: string): Promise<Gateway> {
    const workDir = await mkdtemp(join(tmpdir(), 'offhook-gateway-'));
    const [admin, smsbox, centre, sendsms] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ] as const;
    const gateway = new Gateway(workDir, origin, { centre, sendsms });
    try {
      const { KANNEL_PASSWORD: password = '', KANNEL_CALLBACK_TOKEN: token = '' } = gateway.settings;
      await gateway.#configure({
        ...{ 'admin-port': admin, 'smsbox-port': smsbox, 'centre-port': centre, 'sendsms-port': sendsms },
        ...{ origin, password, token },
      });
      await gateway.#run('bearerbox', 'Start-up done');
      await gateway.#run('smsbox', 'Connected to bearerbox');
      await gateway.connectCentre();
    } catch (error) {
      await gateway.end();
      throw error;
    }
    return gateway;
  }

  private constructor(workDir: string, origin: string, ports: { centre: number; sendsms: number }) {
    this.#workDir = workDir;
    this.#centrePort = ports.centre;
    this.settings = {
      KANNEL_SENDSMS_URL: `http://${HOST}:${ports.sendsms}/cgi-bin/sendsms`,
      KANNEL_USERNAME: 'offhook',
      KANNEL_PASSWORD: randomUUID(),
      KANNEL_CALLBACK_TOKEN: randomUUID(),
      PUBLIC_ORIGIN: origin,
    };
  }

  async connectCentre(): Promise<void> {
    const args = ['-H', HOST, '-r', `${this.#centrePort}`, '-i', '0'];
    this.#centre = this.#add(new Program('fakesmsc', args, this.#workDir, { isWrittenTo: true }));
    const [bearerbox] = this.#programs;
    const connections = () => (bearerbox?.log.match(/Fakesmsc client connected/g) ?? []).length;
    const before = connections();
    await this.#until('the centre is connected', () => connections() > before);
  }

  /** What is sent in the meantime stays with Kannel. */
  async disconnectCentre(): Promise<void> {
    this.#received = this.received;
    await this.#centre?.end();
    this.#centre = null;
  }

  /** Everything that arrived at the centre, whole, in order. */
  get received(): CentreText[] {
    return [...this.#received, ...textsIn(this.#centre?.log ?? '')];
  }

  /** A phone writes a text. `how` is as fakesmsc puts it: `text` words, or `ucs2` with the octets URL-encoded. */
  async write(from: string, to: string, how: string): Promise<void> {
    const sent = () => (this.#centre?.log.match(/fakesmsc: sent message/g) ?? []).length;
    const before = sent();
    // It looks for input and takes one line of it: a second one would wait for a third.
    this.#centre?.write(`${from} ${to} ${how}`);
    await this.#until('the centre has passed the text on', () => sent() > before);
  }

  /** The ends of all logs, for whoever has to find out what went wrong. */
  get tail(): string {
    return this.#programs.map(({ tail }) => tail).join('\n\n');
  }

  async end(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.end()));
    await rm(this.#workDir, { recursive: true, force: true });
  }

  async #configure(values: Record<string, string | number>): Promise<void> {
    const template = await readFile(new URL('kannel.conf', import.meta.url), 'utf8');
    const filled = template.replaceAll(/\{([a-z-]+)\}/g, (_, name: string) => `${values[name]}`);
    await writeFile(join(this.#workDir, 'kannel.conf'), filled);
  }

  async #run(name: 'bearerbox' | 'smsbox', whenReady: string): Promise<void> {
    const program = this.#add(new Program(name, ['-v', '1', 'kannel.conf'], this.#workDir));
    await this.#until(`${name} is ready`, () => program.log.includes(whenReady));
  }

  #add(program: Program): Program {
    this.#programs.push(program);
    return program;
  }

  async #until(what: string, isSo: () => boolean): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!isSo()) {
      if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.\n${this.tail}`);
      await setTimeout(20);
    }
  }
}
