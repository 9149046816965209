import { SIGNATURE_HEADER, sign } from '../../../src/carriers/simulator-signature.ts';
import { CONVERSATIONS_PER_FILL } from '../generated.ts';
import { getJson, post } from '../measuring.ts';
import type { Served } from '../serve.ts';
import { signIn } from '../text-to-frame.ts';

export const CONVERSATIONS = 100_000;
const MESSAGES = '/carriers/simulator/messages';
/** As wrangler.toml has it. */
const SECRET = 'only-on-this-machine';

/** A practice with 100,000 conversations, and callers who text it. */
export class Practice {
  readonly origin: string;
  readonly #served: Served;
  #texts = 0;

  private constructor(served: Served) {
    this.#served = served;
    this.origin = served.origin;
  }

  static async fill(served: Served): Promise<Practice> {
    const practice = new Practice(served);
    for (let from = 0; from < CONVERSATIONS; from += CONVERSATIONS_PER_FILL)
      await getJson(`${practice.origin}/api/bench/fill?from=${from}&count=${CONVERSATIONS_PER_FILL}`);
    return practice;
  }

  /** What it says is said once; answers it. */
  async textFrom(caller: number): Promise<string> {
    const n = ++this.#texts;
    const said = `Text ${n}: my prescription ran out`;
    await this.#write(caller, said, n);
    return said;
  }

  async #write(caller: number, body: string, n: number): Promise<void> {
    const from = `+1206303${1000 + caller}`;
    const text = { messageId: `bench-${n}`, from, to: '+12062020100', body, at: Date.now() };
    const json = JSON.stringify(text);
    const signature = await sign(SECRET, { path: MESSAGES, body: json }, Date.now());
    await post(this.origin + MESSAGES, json, { headers: { [SIGNATURE_HEADER]: signature } });
  }

  /** So many callers who text and are given to whoever has this address: all of them in the view `mine`. */
  async assignCallers(count: number, email: string): Promise<string[]> {
    const headers = { Cookie: await signIn(this.#served, email), Origin: this.origin };
    const { staff } = await getJson<{ staff: { id: string } }>(`${this.origin}/api/session`, headers);
    for (let caller = 0; caller < count; caller += 1) await this.textFrom(caller);
    const ids: string[] = [];
    for (let caller = 0; caller < count; caller += 1) {
      const path = `/api/practices/lakeside/conversations?q=206303${1000 + caller}`;
      const found = await getJson<{ conversations: { id: string }[] }>(this.origin + path, headers);
      const id = found.conversations[0]?.id ?? '';
      const answer = await fetch(`${this.origin}/api/conversations/${id}`, {
        method: 'PATCH',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ assignee: staff.id }),
      });
      if (!answer.ok) throw new Error(`assigning answered ${answer.status}`);
      ids.push(id);
    }
    return ids;
  }
}
