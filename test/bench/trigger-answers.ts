import { answerTo, offered } from './measuring.ts';
import { median, quantile } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';
import { fireFloor, newFiring } from './trigger-rate.ts';

/** By turns, since one of them alone is held to a pace that is below half of what a quick machine takes. */
const TRIGGERS = ['lakeside-hangup-en', 'lakeside-hangup-es', 'lakeside-hold-en', 'lakeside-hold-es'];
const SHARE_OF_CAPACITY = 0.5;
const SECONDS = 3;
const ROUNDS = 3;

const TARGET_MS = 40;
const TARGET_RATIO = 2;
const TARGET_BYTES = 1024;

/** How soon a phone system has its answer while half of what the product can take is asked of it. */
export async function triggerAnswers(product: Served, floor: Served, capacity: number): Promise<Figure[]> {
  const perSecond = capacity * SHARE_OF_CAPACITY;
  const pairs: { ours: number; least: number }[] = [];
  let longest = 0;
  let fired = 0;
  for (let n = 0; n <= ROUNDS; n += 1) {
    const answers = await offered(perSecond, SECONDS, (agent) => {
      const { url, body } = newFiring(product, TRIGGERS[fired++ % TRIGGERS.length] ?? '');
      return answerTo(url, body, { agent });
    });
    const refused = answers.find(({ status }) => status !== 200);
    if (refused) throw new Error(`a trigger answered ${refused.status}: ${refused.body}`);
    longest = Math.max(longest, ...answers.map(({ body }) => Buffer.byteLength(body)));
    const least = await offered(perSecond, SECONDS, (agent) => fireFloor(floor, agent));
    pairs.push({ ours: p99(answers.map(({ ms }) => ms)), least: p99(least) });
  }
  const measured = pairs.slice(1);
  const ratio = median(measured.map(({ ours, least }) => ours / least));
  const [ms, floorMs] = [
    median(measured.map(({ ours }) => ours)),
    median(measured.map(({ least }) => least)),
  ];
  return [
    {
      what: `trigger answered, ${perSecond.toFixed(0)} a second (half of what it takes), p99, over the floor`,
      target: `≤ ${TARGET_RATIO}, and ≤ ${TARGET_MS} ms`,
      measured: `${ratio.toFixed(2)} (${ms.toFixed(0)} ms over ${floorMs.toFixed(0)} ms)`,
      isMet: ratio <= TARGET_RATIO && ms <= TARGET_MS,
    },
    {
      what: 'longest of these answers',
      target: `< ${TARGET_BYTES} bytes`,
      measured: `${longest} bytes`,
      isMet: longest < TARGET_BYTES,
    },
  ];
}

function p99(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.99,
  );
}
