import type { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { post, type Round, round } from './measuring.ts';
import { median, quantile } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

const PER_ROUND = 150;
const SETTLING_MS = 500;

interface Pair {
  ours: Round;
  least: Round;
}

/** What more than one figure is held against. */
export interface TriggerRate {
  /** Accepted by the product at most. */
  perSecond: number;
  figures: Figure[];
}

let callers = 0;

/** Of a range with room for a flood, and in which no other figure has callers. */
function newCaller(): string {
  callers += 1;
  return String(2_063_120_000 + callers);
}

/** A new caller each time, which makes a new object each time, here and there. */
export async function triggerRate(product: Served, floor: Served): Promise<TriggerRate> {
  const pairs = await inTurns(product, floor, 7);
  const rate = median(pairs.map(ratio));
  const p99 = median(
    pairs.map(({ ours, least }) => quantile(ours.latencies, 0.99) / quantile(least.latencies, 0.99)),
  );
  const figures = [
    {
      what: 'triggers accepted per second, a new caller each time, over the floor',
      target: '≥ 0.6',
      measured: inWords(rate, pairs),
      isMet: rate >= 0.6,
    },
    { what: 'p99 of their answers, over the floor', target: '', measured: p99.toFixed(2) },
  ];
  return { perSecond: median(pairs.map(({ ours }) => ours.perSecond)), figures };
}

/** The same with the simulated phones, which are objects too, in the same process. */
export async function triggerRateWithPhones(served: Served, floor: Served): Promise<Figure[]> {
  const pairs = await inTurns(served, floor, 3);
  const what = 'the same as `npm start` serves it, simulated phones included';
  return [{ what, target: '', measured: inWords(median(pairs.map(ratio)), pairs) }];
}

/** By turns, so that whatever else the machine does hits both; one pair more, first, warms both up. */
async function inTurns(product: Served, floor: Served, count: number): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let n = 0; n <= count; n += 1) {
    const ours = await round(PER_ROUND, (agent) => fire(product, agent));
    // What follows an answer (the text, the inbox) is to burden the product, not the floor.
    await setTimeout(SETTLING_MS);
    const least = await round(PER_ROUND, (agent) => fireFloor(floor, agent));
    pairs.push({ ours, least });
  }
  return pairs.slice(1);
}

function ratio({ ours, least }: Pair): number {
  return ours.perSecond / least.perSecond;
}

function inWords(rate: number, pairs: readonly Pair[]): string {
  const perSecond = (of: keyof Pair) => median(pairs.map((pair) => pair[of].perSecond)).toFixed(0);
  return `${rate.toFixed(2)} (${perSecond('ours')} over ${perSecond('least')})`;
}

function fire(product: Served, agent: Agent): Promise<number> {
  const { url, body } = newFiring(product, 'lakeside-hangup-en');
  return post(url, body, { agent });
}

/** Of a caller who never called before. */
export function newFiring({ origin }: Served, trigger: string): { url: string; body: string } {
  const useCase = trigger.includes('hold') ? 'call-to-text' : 'abandoned-call';
  const body = JSON.stringify({ CALLER_ID_NUMBER: newCaller(), call_id: `call-${callers}` });
  return { url: `${origin}/hooks/demo/${useCase}/${trigger}`, body };
}

export function fireFloor({ origin }: Served, agent: Agent): Promise<number> {
  const body = JSON.stringify({ caller: newCaller(), body: 'x'.repeat(180) });
  return post(`${origin}/api/trigger`, body, { agent });
}
