/** What can be made of one value of a request, where it can be believed; null where not. */
import { type Field, textOf } from './reading.ts';

const MAX_WAITED_SECONDS = 86_400;

/** No phone system retries for longer; an older time is a clock that is set wrong. */
const MAX_AGE_MS = 24 * 3600_000;
const MAX_CLOCK_SKEW_MS = 60_000;

/** Hours apart, and names of zones in words are left out: three letters mean several zones. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT[\d:.]{4,20}(?:Z|[+-]\d\d:?\d\d)$/i;
const RFC_5322 = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)$/i;

/**
 * Null for what would be the same for two calls: a variable that was never filled in, or the id of a person
 * (`contact: { id }`). One such id, and its caller is texted once and never again.
 */
export function callIdIn({ path, value }: Field): string | null {
  const id = textOf(value).trim();
  const isOfPerson = path.at(-2) === 'contact' && path.at(-1) === 'id';
  const isUnfilled = /[${}<>%]/.test(id) || /^(?:|0|null|nil|none|undefined|unknown|true|false)$/i.test(id);
  return isOfPerson || isUnfilled ? null : id;
}

export function secondsIn({ value }: Pick<Field, 'value'>): number | null {
  const seconds = numberOf(value);
  return seconds !== null && seconds <= MAX_WAITED_SECONDS ? Math.round(seconds) : null;
}

/** Epoch seconds or milliseconds, or a date with a zone: without one it could mean any of 26 hours. */
export function instantIn({ value }: Pick<Field, 'value'>, now: number): number | null {
  return believable(instantOf(value), now);
}

/** The value is how many seconds ago it was. */
export function momentAgoIn({ value }: Pick<Field, 'value'>, now: number): number | null {
  const seconds = numberOf(value);
  return believable(seconds === null ? null : now - seconds * 1000, now);
}

function instantOf(value: Field['value']): number | null {
  const epoch = numberOf(value);
  if (epoch !== null) return epoch < 1e11 ? epoch * 1000 : epoch;
  const text = textOf(value);
  if (!ISO_8601.test(text) && !RFC_5322.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

function believable(instant: number | null, now: number): number | null {
  if (instant === null || instant < now - MAX_AGE_MS || instant > now + MAX_CLOCK_SKEW_MS) return null;
  return Math.min(Math.round(instant), now);
}

/** Not negative, and as text in no notation but the plain one. */
function numberOf(value: Field['value']): number | null {
  if (typeof value === 'number') return value >= 0 && value < 1e15 ? value : null;
  const text = textOf(value).trim();
  return /^\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null;
}
