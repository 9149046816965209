import { quantile } from '../quantiles.ts';
import type { Figure } from '../table.ts';

/** Milliseconds of each text until it was painted, in the order in which they came; null for one that was not. */
export type Paints = readonly (number | null)[];

/** The first so many of both are not counted: nothing runs at its pace yet. */
export function paintFigures(ours: Paints, bare: Paints, warmUp: number, patienceMs: number): Figure[] {
  const [mine, least] = [sorted(ours.slice(warmUp)), sorted(bare.slice(warmUp))];
  const missing = ours.filter((ms) => ms === null).length;
  return [
    ...ratio('p50', 0.5, mine, least),
    ...ratio('p99', 0.99, mine, least),
    {
      what: `of ${ours.length} such texts not painted within ${patienceMs / 1000} s`,
      target: '0',
      measured: String(missing),
      isMet: missing === 0,
    },
  ];
}

function ratio(name: string, share: number, mine: number[], least: number[]): Figure[] {
  const what = `text in → painted on a second staff member's screen, ${name}, over a bare socket`;
  if (mine.length === 0 || least.length === 0)
    return [{ what, target: '', measured: 'none was painted', isMet: false }];
  const [ours, bare] = [quantile(mine, share), quantile(least, share)];
  const measured = `${(ours / bare).toFixed(2)} (${ours.toFixed(0)} ms over ${bare.toFixed(0)} ms)`;
  return [{ what, target: '', measured }];
}

function sorted(paints: Paints): number[] {
  return paints.filter((ms) => ms !== null).sort((a, b) => a - b);
}
