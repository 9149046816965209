import { CONVERSATIONS_PER_FILL, RARE_WORD, word } from './generated.ts';
import { getJson } from './measuring.ts';
import { median } from './quantiles.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

const SMALL = 1_000;
const LARGE = 100_000;
const REPETITIONS = 9;
const PAGES_AT_ONCE = 40;

interface Read {
  found: number;
  rowsRead: number;
}

/** `small` and `large` are practices of the bench's own inbox Worker. */
export async function fillInboxes({ origin }: Served): Promise<void> {
  await fill(origin, 'small', SMALL);
  await fill(origin, 'large', LARGE);
}

async function fill(origin: string, practice: string, size: number): Promise<void> {
  for (let from = 0; from < size; from += CONVERSATIONS_PER_FILL) {
    const count = Math.min(CONVERSATIONS_PER_FILL, size - from);
    await getJson(`${origin}/api/fill?practice=${practice}&from=${from}&count=${count}`);
  }
}

export async function firstPage(inbox: Served): Promise<Figure[]> {
  const { rowsRead } = await getJson<Read>(`${inbox.origin}/api/page?practice=large&times=1`);
  const ratios: number[] = [];
  const times: number[] = [];
  for (let n = 0; n <= REPETITIONS; n += 1) {
    const large = await msEach(inbox, '/api/page?practice=large', PAGES_AT_ONCE);
    ratios.push(large / (await msEach(inbox, '/api/page?practice=small', PAGES_AT_ONCE)));
    times.push(large);
  }
  const ratio = median(ratios.slice(1));
  return [
    {
      what: `rows read for the first page of ${inWords(LARGE)} conversations`,
      target: '≤ 51',
      measured: String(rowsRead),
      isMet: rowsRead <= 51,
    },
    {
      what: `time of that page, over the same of ${inWords(SMALL)}`,
      target: '≤ 1.2',
      measured: `${ratio.toFixed(2)} (${median(times).toFixed(2)} ms)`,
      isMet: ratio <= 1.2,
    },
  ];
}

const SEARCHES = [
  { what: 'a rare word', query: RARE_WORD },
  { what: 'a word of most texts', query: word(0) },
  { what: 'two words, seldom together', query: `${word(40)} ${word(900)}` },
  { what: 'part of a number', query: '20777' },
  { what: 'one letter', query: 'b' },
] as const;

export async function searches(inbox: Served): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, query } of SEARCHES) {
    const address = `/api/search?practice=large&q=${encodeURIComponent(query)}`;
    const { found } = await getJson<Read>(`${inbox.origin}${address}&times=1`);
    const times: number[] = [];
    for (let n = 0; n < REPETITIONS; n += 1) times.push(await msEach(inbox, address, 10));
    const ms = median(times);
    figures.push({
      what: `search in ${inWords(LARGE)} messages for ${what}`,
      target: '≤ 10 ms',
      measured: `${ms.toFixed(2)} ms (first ${found} found)`,
      isMet: ms <= 10,
    });
  }
  return figures;
}

/** The clock of an object stands still while it works, so it does it many times, and once not at all. */
async function msEach({ origin }: Served, address: string, times: number): Promise<number> {
  const took = async (n: number) => {
    const began = performance.now();
    await getJson(`${origin}${address}&times=${n}`);
    return performance.now() - began;
  };
  const nothing = await took(0);
  return Math.max(0, (await took(times)) - nothing) / times;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
