import { DAY_MINUTES, minutesOf, type Span } from './schedule.ts';

/**
 * The spans of a day after a part of it, in minutes from its midnight, was painted open or closed. In order, and
 * what touches is one. A span stays at most a day long.
 */
export function paintedHours(
  spans: readonly Span[],
  stroke: { from: number; to: number },
  isOpen: boolean,
): Span[] {
  const left = spans.map(minutesOf).flatMap(({ from, to }) => [
    { from, to: Math.min(to, stroke.from) },
    { from: Math.max(from, stroke.to), to },
  ]);
  const all = [...left, ...(isOpen ? [stroke] : [])].filter(({ from, to }) => to > from);
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of all.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  // Past midnight there is only the rest of what began before it.
  const ofThisDay = joined.filter(({ from }) => from < DAY_MINUTES);
  return ofThisDay.map(({ from, to }) => spanOf(from, Math.min(to, from + DAY_MINUTES)));
}

function spanOf(from: number, to: number): Span {
  return { from: timeAt(from), to: to === DAY_MINUTES ? '24:00' : timeAt(to % DAY_MINUTES) };
}

function timeAt(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
