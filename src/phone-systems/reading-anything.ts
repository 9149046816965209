/** Reads a trigger out of whatever names and nesting a phone system uses; `fields` are believed in their order. */
import { callIdIn, instantIn, momentAgoIn, secondsIn } from './believable.ts';
import { callerIn } from './caller-field.ts';
import { happeningOf, isPlacedByStaff } from './happening-words.ts';
import { endingsOf, type Field, type Happening, type TriggerRequest, textOf } from './reading.ts';

const CALL_ID_NAMES = [
  'callsid',
  'callid',
  'uniqueid',
  'linkedid',
  'contactid',
  'conversationid',
  'telephonysessionid',
  'membercallid',
  'interactionid',
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

/** Not `status` or `state`: these are as often those of an agent, a queue or a record. */
const HAPPENED_NAMES = ['happened', 'event', 'eventtype', 'eventname', 'hookevent', 'callevent'] as const;
const DIRECTION_NAMES = ['direction', 'calldirection'] as const;

/** Those of the body come before those of the query. */
export function readAnything(fields: readonly Field[], now: number): Omit<TriggerRequest, 'system'> {
  const caller = callerIn(fields);
  return {
    happened: happenedIn(fields),
    caller: caller === null ? null : textOf(caller.value),
    callerFrom: caller === null ? null : callerFrom(caller),
    callId: first(fields, CALL_ID_NAMES, callIdIn),
    happenedAt:
      first(fields, TIME_NAMES, (field) => instantIn(field, now)) ??
      first(fields, AGE_NAMES, (field) => momentAgoIn(field, now)),
    waitedSeconds: first(fields, WAITED_NAMES, secondsIn),
    isDryRun: fields.some(isDryRun),
  };
}

/** For whoever looks at the activity; what comes after 100 characters helps nobody. */
export function callerFrom({ name }: Field): string {
  return name.slice(0, 100).toWellFormed();
}

/** By the plain words for it, under any of the usual names. */
export function happenedIn(fields: readonly Field[]): Happening | null {
  const isOutgoing = first(fields, DIRECTION_NAMES, ({ value }) => isPlacedByStaff(textOf(value)) || null);
  return isOutgoing ? 'other' : first(fields, HAPPENED_NAMES, ({ value }) => happeningOf(textOf(value)));
}

/** What `read` makes of the first field, in the order of `names`, of which it can make anything. */
function first<T>(
  fields: readonly Field[],
  names: readonly string[],
  read: (field: Field) => T | null,
): T | null {
  let best = names.length;
  let result: T | null = null;
  for (const field of fields) {
    for (const { name } of endingsOf(field.path)) {
      const rank = names.indexOf(name);
      const found = rank >= 0 && rank < best ? read(field) : null;
      if (found === null) continue;
      best = rank;
      result = found;
    }
  }
  return result;
}

/** Anything but a plain no: whoever writes `?dry_run` wants no text to leave. */
export function isDryRun({ path, value }: Field): boolean {
  if (value === null || !endingsOf(path).some(({ name }) => name === 'dryrun')) return false;
  return !/^\s*(?:0|false|no|off)\s*$/i.test(textOf(value));
}
