import type { Agent } from 'node:http';
import { Worker } from 'node:worker_threads';
import type { TelnyxSigner } from '../telnyx-signer.ts';
import { type Answer, answerTo, post, round } from './measuring.ts';
import { median, quantile } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

/** The line that serve.ts gives to Telnyx. */
const LINE = '+12062020200';
const MESSAGES = '/carriers/telnyx/messages';
const PER_ROUND = 150;
const ROUNDS = 5;
const CALLERS = 20;

/** Of what Telnyx waits for before it asks again, an eighth. */
const TARGET_MS = 250;
const TARGET_RATIO = 2.5;

export interface TelnyxText {
  id: string;
  /** E.164. */
  from: string;
}

export async function telnyxText(
  { origin }: Served,
  signer: TelnyxSigner,
  text: TelnyxText,
  agent: Agent,
): Promise<Answer> {
  const payload = {
    id: text.id,
    from: { phone_number: text.from },
    to: [{ phone_number: LINE }],
    text: `My prescription ran out (${text.id})`,
  };
  const body = JSON.stringify({ data: { event_type: 'message.received', payload } });
  const headers = Object.fromEntries(await signer.headers(body, Date.now()));
  return answerTo(origin + MESSAGES, body, { headers, agent });
}

/** How soon Telnyx has its answer while other work keeps every processor busy; by turns, as all the rest. */
export async function telnyxAnswers(product: Served, floor: Served, signer: TelnyxSigner): Promise<Figure[]> {
  const spinners = [0, 1].map(() => new Worker('for (;;);', { eval: true }));
  const pairs: { ours: number; least: number }[] = [];
  let made = 0;
  try {
    for (let n = 0; n <= ROUNDS; n += 1) {
      const ours = await round(PER_ROUND, async (agent) => {
        made += 1;
        const text = { id: `quick-${made}`, from: `+1206404${1000 + (made % CALLERS)}` };
        const { status, ms } = await telnyxText(product, signer, text, agent);
        if (status !== 200) throw new Error(`a text of Telnyx was answered ${status}`);
        return ms;
      });
      const least = await round(PER_ROUND, (agent) => {
        made += 1;
        const body = JSON.stringify({ caller: `caller-${made % CALLERS}`, body: 'x'.repeat(60) });
        return post(`${floor.origin}/api/trigger`, body, { agent });
      });
      pairs.push({ ours: quantile(ours.latencies, 0.99), least: quantile(least.latencies, 0.99) });
    }
  } finally {
    await Promise.all(spinners.map((spinner) => spinner.terminate()));
  }
  const measured = pairs.slice(1);
  const [p99, floorP99] = [
    median(measured.map(({ ours }) => ours)),
    median(measured.map(({ least }) => least)),
  ];
  const ratio = median(measured.map(({ ours, least }) => ours / least));
  return [
    {
      what: 'Telnyx webhook answered on a busy machine, p99, over the floor',
      target: `≤ ${TARGET_RATIO}, and ≤ ${TARGET_MS} ms`,
      measured: `${ratio.toFixed(2)} (${p99.toFixed(0)} ms over ${floorP99.toFixed(0)} ms)`,
      isMet: ratio <= TARGET_RATIO && p99 <= TARGET_MS,
    },
  ];
}
