/** What a carrier asks for is taken seriously, but neither a slip of its clock nor of its tongue. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;

/** The one form of a date that servers may still write: RFC 9110, section 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How long `Retry-After`, in seconds or as a date, asks us to wait; null where it is not there or says nothing. */
export function retryAfterMs(value: string | null, now: number): number | null {
  const wait = waitIn(value?.trim() ?? '', now);
  return Number.isNaN(wait) ? null : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wait));
}

function waitIn(value: string, now: number): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return HTTP_DATE.test(value) ? Date.parse(value) - now : Number.NaN;
}
