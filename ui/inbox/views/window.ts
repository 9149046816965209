/** Which rows of a long list are drawn. Pure: rows are counted from 0, `to` is the first one that is not meant. */
export interface Span {
  from: number;
  to: number;
}

/** Rows that are drawn, or the place of those that are not. */
export interface Run extends Span {
  isGap: boolean;
}

/** All `count` rows from the first to the last, where those of `near` are drawn. */
export function runsOf(near: readonly Span[], count: number): Run[] {
  const spans = near
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(count, to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const runs: Run[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (from > at) runs.push({ isGap: true, from: at, to: from });
    if (to > at) runs.push({ isGap: false, from: Math.max(from, at), to });
    at = Math.max(at, to);
  }
  if (at < count) runs.push({ isGap: true, from: at, to: count });
  return runs;
}
