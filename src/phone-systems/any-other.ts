/** Reads a trigger from any phone system that has no reader of its own. */
import { callerIn } from './caller-field.ts';
import { endingsOf, type Field, type TriggerRequest, textOf } from './reading.ts';

const CALL_ID_NAMES = [
  'callsid',
  'callid',
  'uniqueid',
  'linkedid',
  'contactid',
  'conversationid',
  'telephonysessionid',
  'membercallid',
] as const;

const WAITED_NAMES = [
  'waitedseconds',
  'waited',
  'waitseconds',
  'waittime',
  'waitingtime',
  'holdseconds',
  'holdtime',
  'queueseconds',
  'queuetime',
  'timeinqueue',
  'durationseconds',
  'duration',
] as const;

const TIME_NAMES = [
  'timestamp',
  'eventtimestamp',
  'eventtime',
  'calltime',
  'endtime',
  'datetime',
  'time',
] as const;
const AGE_NAMES = ['ageseconds', 'age'] as const;

const MAX_WAITED_SECONDS = 86_400;

/** No phone system retries for longer; an older time is a clock that is set wrong. */
const MAX_AGE_MS = 24 * 3600_000;
const MAX_CLOCK_SKEW_MS = 60_000;

/** `fields` come in the order in which they are believed: those of the body before those of the query. */
export function readTriggerRequest(fields: readonly Field[], now: number): TriggerRequest {
  return {
    caller: callerIn(fields),
    callId: first(fields, CALL_ID_NAMES, callIdOf),
    happenedAt:
      first(fields, TIME_NAMES, (value) => believable(instantOf(value), now)) ??
      first(fields, AGE_NAMES, (value) => believable(momentAgo(value, now), now)),
    waitedSeconds: first(fields, WAITED_NAMES, waitedOf),
    isDryRun: fields.some(isDryRun),
  };
}

/** What `read` makes of the first field, in the order of `names`, of which it can make anything. */
function first<T>(
  fields: readonly Field[],
  names: readonly string[],
  read: (value: Field['value'], path: Field['path']) => T | null,
): T | null {
  let best = names.length;
  let result: T | null = null;
  for (const { path, value } of fields) {
    for (const { name } of endingsOf(path)) {
      const rank = names.indexOf(name);
      const found = rank >= 0 && rank < best ? read(value, path) : null;
      if (found === null) continue;
      best = rank;
      result = found;
    }
  }
  return result;
}

/**
 * Null for what would be the same for two calls: a variable that was never filled in, or the id of a person
 * (`contact: { id }`). One such id, and its caller is texted once and never again.
 */
function callIdOf(value: Field['value'], path: Field['path']): string | null {
  const id = textOf(value).trim();
  const isOfPerson = path.at(-2) === 'contact' && path.at(-1) === 'id';
  const isUnfilled = /[${}<>%]/.test(id) || /^(?:|0|null|nil|none|undefined|unknown|true|false)$/i.test(id);
  return isOfPerson || isUnfilled ? null : id;
}

function waitedOf(value: Field['value']): number | null {
  const seconds = numberOf(value);
  return seconds !== null && seconds <= MAX_WAITED_SECONDS ? Math.round(seconds) : null;
}

/** Epoch seconds or milliseconds, or ISO 8601 with a zone: without one it could mean any of 26 hours. */
function instantOf(value: Field['value']): number | null {
  const epoch = numberOf(value);
  if (epoch !== null) return epoch < 1e11 ? epoch * 1000 : epoch;
  const text = textOf(value);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{4,20}(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

function momentAgo(value: Field['value'], now: number): number | null {
  const seconds = numberOf(value);
  return seconds === null ? null : now - seconds * 1000;
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

/** Anything but a plain no: whoever writes `?dry_run` wants no text to leave. */
function isDryRun({ path, value }: Field): boolean {
  if (value === null || !endingsOf(path).some(({ name }) => name === 'dryrun')) return false;
  return !/^\s*(?:0|false|no|off)\s*$/i.test(textOf(value));
}
