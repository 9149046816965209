import { SIGNATURE_HEADER, sign } from '../../src/carriers/simulator-signature.ts';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';
import { post } from './measuring.ts';
import { median } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

const TEXTS = 300;
const WARM_UP = 50;
const CALLERS = 20;
const MESSAGES = '/carriers/simulator/messages';

/** A text of a caller we know, from the carrier's webhook to the frame at a socket; one of each by turns. */
export async function textToFrame(product: Served, floor: Served, secret: string): Promise<Figure[]> {
  const staff = await Listener.open(`${product.origin}/api/practices/lakeside/inbox`, await signIn(product));
  const hub = await Listener.open(`${floor.origin}/api/socket`, '');
  const ours: number[] = [];
  const least: number[] = [];
  for (let n = 0; n < TEXTS; n += 1) {
    ours.push(await productText(product, staff, secret, n));
    least.push(await floorText(floor, hub, n));
  }
  staff.close();
  hub.close();
  const [p50, floorP50] = [median(ours.slice(WARM_UP)), median(least.slice(WARM_UP))];
  return [
    {
      what: 'text in → frame at a staff socket, p50, over the floor',
      target: '≤ 1.5',
      measured: `${(p50 / floorP50).toFixed(2)} (${p50.toFixed(1)} ms over ${floorP50.toFixed(1)} ms)`,
      isMet: p50 / floorP50 <= 1.5,
    },
  ];
}

async function productText({ origin }: Served, staff: Listener, secret: string, n: number): Promise<number> {
  const body = JSON.stringify({
    messageId: `bench-${n}`,
    from: `+1206303${1000 + (n % CALLERS)}`,
    to: '+12062020100',
    body: `My prescription ran out (${n})`,
    at: Date.now(),
  });
  const headers = { [SIGNATURE_HEADER]: await sign(secret, { path: MESSAGES, body }, Date.now()) };
  return staff.msUntil(`"bench-${n}"`, () => post(origin + MESSAGES, body, { headers }));
}

function floorText({ origin }: Served, hub: Listener, n: number): Promise<number> {
  const text = `My prescription ran out (${n})`;
  const body = JSON.stringify({ caller: `caller-${n % CALLERS}`, body: text });
  return hub.msUntil(text, () => post(`${origin}/api/text`, body));
}

export async function signIn({ origin }: Served, email = 'staff@lakeside.example'): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: SEED_PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

/** Node's WebSocket takes headers, which the browsers' one, and so its type, does not. */
const NodeWebSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

class Listener {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(url: string, cookie: string): Promise<Listener> {
    const { origin } = new URL(url);
    const socket = new NodeWebSocket(url.replace('http', 'ws'), {
      headers: { Cookie: cookie, Origin: origin },
    });
    await new Promise((resolve, reject) => {
      socket.addEventListener('message', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`${url} opened no socket`)), { once: true });
    });
    return new Listener(socket);
  }

  async msUntil(expected: string, act: () => Promise<unknown>): Promise<number> {
    const began = performance.now();
    const seen = new Promise<number>((resolve) => {
      const listen = ({ data }: MessageEvent) => {
        if (!String(data).includes(expected)) return;
        this.#socket.removeEventListener('message', listen);
        resolve(performance.now() - began);
      };
      this.#socket.addEventListener('message', listen);
    });
    await act();
    return seen;
  }

  close(): void {
    this.#socket.close();
  }
}
