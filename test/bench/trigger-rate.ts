import type { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { median, post, quantile, type Round, round } from './measuring.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

const PAIRS = 9;
const PER_ROUND = 200;

let callers = 0;

function newCaller(): string {
  callers += 1;
  return String(2_062_021_000 + callers);
}

/** A new caller each time; product and floor by turns, so that whatever else the machine does hits both. */
export async function triggerRate(product: Served, floor: Served): Promise<Figure[]> {
  const pairs: { ours: Round; least: Round }[] = [];
  for (let n = 0; n <= PAIRS; n += 1) {
    const ours = await round(PER_ROUND, (agent) => fire(product, agent));
    // What follows an answer (the report of the carrier, the inbox) is to burden the product, not the floor.
    await setTimeout(500);
    const least = await round(PER_ROUND, (agent) => fireFloor(floor, agent));
    pairs.push({ ours, least });
  }
  // The first pair warms both up.
  pairs.shift();
  const rate = median(pairs.map(({ ours, least }) => ours.perSecond / least.perSecond));
  const p99 = median(
    pairs.map(({ ours, least }) => quantile(ours.latencies, 0.99) / quantile(least.latencies, 0.99)),
  );
  const perSecond = (of: 'ours' | 'least') => median(pairs.map((pair) => pair[of].perSecond)).toFixed(0);
  return [
    {
      what: 'triggers accepted per second, a new caller each time, over the floor',
      target: '≥ 0.6',
      measured: `${rate.toFixed(2)} (${perSecond('ours')} over ${perSecond('least')})`,
      isMet: rate >= 0.6,
    },
    { what: 'p99 of their answers, over the floor', target: '', measured: p99.toFixed(2) },
  ];
}

/** The same with the simulated phones, which are objects too, in the same process. */
export async function triggerRateWithPhones(served: Served, floor: Served): Promise<Figure[]> {
  const [rate] = await triggerRate(served, floor);
  if (!rate) return [];
  return [
    {
      what: 'the same as `npm start` serves it, simulated phones included',
      target: '',
      measured: rate.measured,
    },
  ];
}

function fire({ origin }: Served, agent: Agent): Promise<number> {
  const body = JSON.stringify({ CALLER_ID_NUMBER: newCaller(), call_id: `call-${callers}` });
  return post(`${origin}/hooks/demo/abandoned-call/lakeside-hangup-en`, body, { agent });
}

function fireFloor({ origin }: Served, agent: Agent): Promise<number> {
  const body = JSON.stringify({ caller: newCaller(), body: 'x'.repeat(180) });
  return post(`${origin}/api/trigger`, body, { agent });
}
