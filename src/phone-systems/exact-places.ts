/** Reads a trigger from the exact places at which one phone system puts things, and from nowhere else. */
import { callIdIn, instantIn, secondsIn } from './believable.ts';
import { type Field, type Happening, type TriggerRequest, textOf } from './reading.ts';
import { callerFrom, isDryRun } from './reading-anything.ts';

/** Each is a whole path, in lower case and without punctuation: `details.contactdata.contactid`. */
export interface ExactPlaces {
  /** The first that is there at all: an empty one means a withheld number, for which no other makes up. */
  caller: readonly string[];
  callId: readonly string[];
  /** Left out where this system tells none, or tells it in a way that would be misread. */
  time?: readonly string[];
  waited?: readonly string[];
}

type Reading = Omit<TriggerRequest, 'system'>;

export function readPlaces(
  fields: readonly Field[],
  places: ExactPlaces,
  happened: Happening | null,
  now: number,
): Reading {
  const caller = firstAt(fields, places.caller, filledOrFirst);
  return {
    happened,
    caller: caller === null ? null : textOf(caller.value),
    callerFrom: caller === null ? null : callerFrom(caller),
    callId: firstAt(fields, places.callId, firstOf(callIdIn)),
    happenedAt: firstAt(
      fields,
      places.time ?? [],
      firstOf((field) => instantIn(field, now)),
    ),
    waitedSeconds: firstAt(fields, places.waited ?? [], firstOf(secondsIn)),
    isDryRun: fields.some(isDryRun),
  };
}

export function fieldsAt(fields: readonly Field[], place: string): Field[] {
  return fields.filter((field) => field.place === place);
}

/** The text of the first field there that is not empty; empty where there is none. */
export function textAt(fields: readonly Field[], ...places: string[]): string {
  for (const place of places) {
    for (const { value } of fieldsAt(fields, place)) {
      const text = textOf(value).trim();
      if (text !== '') return text;
    }
  }
  return '';
}

export function hasAt(fields: readonly Field[], ...places: string[]): boolean {
  return fields.some(({ place }) => places.includes(place));
}

/** Of an event that lists several parties: the fields of each, in their order. */
export function groupsIn(fields: readonly Field[], list: RegExp): Field[][] {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const key = list.exec(field.name)?.[0];
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [field]);
    else group.push(field);
  }
  return [...groups.values()];
}

function firstAt<T>(
  fields: readonly Field[],
  places: readonly string[],
  pick: (there: Field[]) => T | null,
): T | null {
  for (const place of places) {
    const there = fieldsAt(fields, place);
    const picked = there.length === 0 ? null : pick(there);
    if (picked !== null) return picked;
  }
  return null;
}

function filledOrFirst(there: Field[]): Field | null {
  return there.find(({ value }) => textOf(value).trim() !== '') ?? there[0] ?? null;
}

function firstOf<T>(read: (field: Field) => T | null): (there: Field[]) => T | null {
  return (there) => {
    for (const field of there) {
      const found = read(field);
      if (found !== null) return found;
    }
    return null;
  };
}
