import { Agent, request } from 'node:http';

/** As many requests at a time as a busy phone system has calls ending in the same moment. */
export const CONNECTIONS = 16;

export interface Round {
  perSecond: number;
  /** Milliseconds, sorted. */
  latencies: number[];
}

/** `count` requests over `CONNECTIONS` connections. `ask` answers how long one took. */
export async function round(count: number, ask: (agent: Agent) => Promise<number>): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latencies: number[] = [];
  let left = count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) latencies.push(await ask(agent));
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { perSecond: count / seconds, latencies: latencies.sort((a, b) => a - b) };
}

export interface Posted {
  headers?: Record<string, string>;
  agent?: Agent;
}

/** Milliseconds until the whole answer was there. Node's own client, which takes less of the machine than fetch. */
export function post(url: string, body: string, { headers = {}, agent }: Posted = {}): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...headers,
      },
      ...(agent && { agent }),
    });
    asked.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 300) resolve(performance.now() - began);
        else reject(new Error(`${url} answered ${statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export async function getJson<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Of sorted values. */
export function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
