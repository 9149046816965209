import { answerTo, getJson } from './measuring.ts';
import { median } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';
import { signIn } from './text-to-frame.ts';

/** As many as the page sends. */
const ROWS_IN_A_BATCH = 500;
const BATCHES = 9;
const [FEW, MANY] = [1_000, 1_000_000];
const FILLED_AT_ONCE = 50_000;
const MATCHES = 200;
const REPETITIONS = 5;

/** Rows of a file a second, one batch after the other as the page sends them, and the match among a million. */
export async function directory(served: Served): Promise<Figure[]> {
  const cookie = await signIn(served, 'manager@lakeside.example');
  return [...(await imports(served, cookie)), ...(await matches(served))];
}

async function imports({ origin }: Served, cookie: string): Promise<Figure[]> {
  const base = `${origin}/api/practices/lakeside/patient-imports`;
  const ask = async <T>(url: string, body: object): Promise<{ ms: number; answer: T }> => {
    const {
      status,
      body: text,
      ms,
    } = await answerTo(url, JSON.stringify(body), { headers: { Cookie: cookie } });
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    return { ms, answer: JSON.parse(text) as T };
  };
  const begun = await ask<{ import: { id: string } }>(base, { fingerprint: 'bench', fileName: 'bench.csv' });
  const perSecond: number[] = [];
  const ratios: number[] = [];
  for (let n = 0; n < BATCHES; n += 1) {
    const from = n * ROWS_IN_A_BATCH;
    const batch = { from, to: from + ROWS_IN_A_BATCH, rows: rowsFrom(from), unreadable: 0 };
    const { ms } = await ask(`${base}/${begun.answer.import.id}/rows`, batch);
    const began = performance.now();
    await getJson(`${origin}/api/bench/insert?rows=${ROWS_IN_A_BATCH}`);
    ratios.push((performance.now() - began) / ms);
    perSecond.push((ROWS_IN_A_BATCH / ms) * 1000);
  }
  // The first of each warms up.
  const rate = median(perSecond.slice(1));
  const ratio = median(ratios.slice(1));
  return [
    {
      what: 'rows of patients imported per second',
      target: '≥ 2,000',
      measured: `${rate.toFixed(0)} (${ratio.toFixed(2)} of a bare batch insert)`,
      isMet: rate >= 2_000,
    },
  ];
}

function rowsFrom(from: number): object[] {
  return Array.from({ length: ROWS_IN_A_BATCH }, (_, n) => ({
    row: from + n + 1,
    name: `Maria Lopez ${from + n}`,
    numbers: [
      `(206) ${String(220 + Math.floor((from + n) / 10_000))}-${String((from + n) % 10_000).padStart(4, '0')}`,
    ],
    language: 'Spanish',
    status: 'active',
    externalId: `bench-${from + n}`,
    replacedBy: '',
  }));
}

async function matches({ origin }: Served): Promise<Figure[]> {
  const fillTo = async (before: number, size: number) => {
    for (let from = before; from < size; from += FILLED_AT_ONCE)
      await getJson(`${origin}/api/bench/fill?from=${from}&count=${Math.min(FILLED_AT_ONCE, size - from)}`);
  };
  const msEach = async (below: number) => {
    const times: number[] = [];
    for (let n = 0; n <= REPETITIONS; n += 1) {
      const began = performance.now();
      await getJson(`${origin}/api/bench/match?below=${below}&times=${MATCHES}`);
      times.push((performance.now() - began) / MATCHES);
    }
    return median(times.slice(1));
  };
  await fillTo(0, FEW);
  const few = await msEach(FEW);
  await fillTo(FEW, MANY);
  const many = await msEach(MANY);
  const { rowsRead } = await getJson<{ rowsRead: number }>(
    `${origin}/api/bench/match?below=${MANY}&times=20`,
  );
  const patients = MANY.toLocaleString('en-US');
  return [
    {
      what: `rows read by the match of a caller among ${patients} patients`,
      target: '≤ 10',
      measured: String(rowsRead),
      isMet: rowsRead <= 10,
    },
    {
      what: 'time of that match, over the same among 1,000',
      target: '≤ 1.5',
      measured: `${(many / few).toFixed(2)} (${many.toFixed(2)} ms)`,
      isMet: many / few <= 1.5,
    },
  ];
}
