/**
 * When the clock of a time zone shows `wall`, `YYYY-MM-DDTHH:MM`; null where that is no date. Without Temporal,
 * which would weigh more than the page that asks. A time that comes twice is the first of the two; one that is
 * skipped in spring is about an hour later.
 */
export function wallInstant(wall: string, timeZone: string): number | null {
  const shown = Date.parse(`${wall}Z`);
  if (Number.isNaN(shown)) return null;
  // The offset of the day before first: it is that of the first of two equal times.
  const offsets = [shown - DAY_MS, shown + DAY_MS].map((at) => shownAt(at, timeZone) - at);
  const instants = offsets.map((offset) => shown - offset);
  return instants.find((at) => shownAt(at, timeZone) === shown) ?? instants[0] ?? null;
}

const DAY_MS = 86_400_000;

/** What the clock shows, as if it were UTC. */
function shownAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const [year, month, day, hour, minute, second] = (format.format(at).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}
