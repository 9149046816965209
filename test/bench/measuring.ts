import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** As many requests at a time as a busy phone system has calls ending in the same moment. */
export const CONNECTIONS = 16;

export interface Round {
  perSecond: number;
  /** Milliseconds, sorted. */
  latencies: number[];
}

/** `count` requests over so many connections. `ask` answers how long one took. */
export async function round(
  count: number,
  ask: (agent: Agent) => Promise<number>,
  connections = CONNECTIONS,
): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let left = count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
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

/** As many a second as are offered, for so long, whether or not those before were answered; in their order. */
export async function offered<T>(
  perSecond: number,
  seconds: number,
  ask: (agent: Agent) => Promise<T>,
): Promise<T[]> {
  const agent = new Agent({ keepAlive: true });
  const asked: Promise<T>[] = [];
  const began = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const wait = began + (n / perSecond) * 1000 - performance.now();
    if (wait > 0) await setTimeout(wait);
    asked.push(ask(agent));
  }
  const answers = await Promise.all(asked);
  agent.destroy();
  return answers;
}

export interface Answer {
  status: number;
  body: string;
  /** Until all of it was there. */
  ms: number;
}

/** Node's own client, which takes less of the machine than fetch. */
export function answerTo(url: string, body: string, { headers = {}, agent }: Posted = {}): Promise<Answer> {
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
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const ms = performance.now() - began;
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), ms });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Milliseconds until the whole answer was there. */
export async function post(url: string, body: string, posted: Posted = {}): Promise<number> {
  const { status, ms } = await answerTo(url, body, posted);
  if (status < 200 || status > 299) throw new Error(`${url} answered ${status}`);
  return ms;
}

export async function getJson<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}
