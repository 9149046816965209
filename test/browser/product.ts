import { randomUUID } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop as stopEsbuild } from 'esbuild';
import { buildUi } from '../../scripts/build-ui.ts';
import type { LocalServer } from '../../scripts/local-server.ts';
import type { HandsetMessage } from '../../src/domain/conversation/handset.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';
import { freePort } from '../served/killable.ts';
import { serving } from '../served/serving.ts';
import { StaffClient } from '../served/staff-client.ts';

const LINE = '+12062020100';
const BUILT = fileURLToPath(new URL('../../dist/ui/index.html', import.meta.url));

/** The served product with data of its own, and what happens to it from outside: calls and texts. */
export class Product {
  readonly origin: string;
  /** A member of staff who works without a page. */
  readonly staff: StaffClient;
  readonly #port: number;
  readonly #stateDir: string;
  #server: LocalServer;

  private constructor(port: number, stateDir: string, server: LocalServer) {
    this.#port = port;
    this.#stateDir = stateDir;
    this.#server = server;
    this.origin = server.origin;
    this.staff = new StaffClient(server.origin);
  }

  static async start(vars: Record<string, string> = {}): Promise<Product> {
    // `npm test` has built the pages anew; a single file that is run by itself takes what is there.
    await access(BUILT).catch(() => buildUi({ minify: true }));
    const stateDir = await mkdtemp(join(tmpdir(), 'offhook-browser-'));
    const port = await freePort();
    const product = new Product(port, stateDir, await serve(port, stateDir, vars));
    await product.staff.signIn('staff@lakeside.example');
    return product;
  }

  /** For how long replies of everybody can be taken back. */
  async setUndoSeconds(seconds: number): Promise<void> {
    await setUndoSeconds(this.#server, seconds);
  }

  /** A caller hangs up on hold; answers the conversation's id. */
  async hangUp(caller: string, waitedSeconds = 42): Promise<string> {
    const form = { CALLER_ID_NUMBER: caller, call_id: randomUUID(), waited_seconds: String(waitedSeconds) };
    const answer = await fetch(`${this.origin}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { result, conversation } = (await answer.json()) as { result?: string; conversation?: string };
    if (result !== 'texting' || conversation === undefined)
      throw new Error(`no text to ${caller}: ${result}`);
    return conversation;
  }

  async writeFrom(caller: string, body: string): Promise<void> {
    const answer = await this.staff.post(`/simulator/handsets/${caller}/messages`, { to: LINE, body });
    if (answer === null) throw new Error(`the text from ${caller} was refused`);
  }

  async textsOn(caller: string): Promise<HandsetMessage[]> {
    const path = `/simulator/handsets/${caller}/messages`;
    return (await this.staff.get<{ messages: HandsetMessage[] }>(path)).messages;
  }

  /** How often this text is on the caller's phone. */
  async timesReceived(caller: string, body: string): Promise<number> {
    const texts = await this.textsOn(caller);
    return texts.filter((text) => text.direction === 'received' && text.body === body).length;
  }

  async messagesOf(conversationId: string): Promise<Message[]> {
    return (await this.staff.get<{ messages: Message[] }>(`/api/conversations/${conversationId}`)).messages;
  }

  get database(): LocalServer['database'] {
    return this.#server.database;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** On the same port and data. */
  async startAgain(): Promise<void> {
    this.#server = await serve(this.#port, this.#stateDir);
  }

  async end(): Promise<void> {
    await this.stop();
    await stopEsbuild();
    await rm(this.#stateDir, { recursive: true, force: true });
  }
}

/** Always open: no test may depend on the hour it is run at. */
async function serve(
  port: number,
  stateDir: string,
  vars: Record<string, string> = {},
): Promise<LocalServer> {
  const server = await serving({ port, stateDir, vars });
  await openAroundTheClock(server);
  await setUndoSeconds(server, 0);
  return server;
}

/** None but those of it waits until a reply can no longer be taken back. */
async function setUndoSeconds({ database }: LocalServer, seconds: number): Promise<void> {
  await database
    .prepare(
      `INSERT INTO staff_writing (staff_id, undo_seconds) SELECT id, ?1 FROM staff WHERE 1
       ON CONFLICT (staff_id) DO UPDATE SET undo_seconds = ?1`,
    )
    .bind(seconds)
    .run();
}
