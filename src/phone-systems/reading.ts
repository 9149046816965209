/** What a phone system's request is made of, and what is read out of it. Nothing is judged here. */
import type { PhoneSystemId } from '../domain/triggers/phone-system-id.ts';

/** What the event says has happened. All but `answered` and `other` are reasons to text. */
export const HAPPENINGS = [
  /** The caller hung up, or was cut off, before anybody answered. */
  'abandoned',
  /** The caller pressed the key that asks for a text. */
  'pressed-key',
  /** Somebody answered this call, now or earlier in it. */
  'answered',
  /** The call is over; whether anybody had answered it is not said. */
  'ended',
  /** Something else: a phone that rings, a transfer, a call that staff placed. */
  'other',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

export interface TriggerRequest {
  /** Whose reader it was that read it. */
  system: PhoneSystemId;
  /** Null where the event does not say, or says it in words that are not known. */
  happened: Happening | null;
  /** As given: a number, a word, or empty. Null where no field names the caller at all. */
  caller: string | null;
  /** The name, as it came, of the field in which the caller stood; at most 100 characters. */
  callerFrom: string | null;
  /** The phone system's own id of the call, as long as it came; only ever hashed. */
  callId: string | null;
  /** Epoch ms; null where it was not told or cannot be believed. */
  happenedAt: number | null;
  waitedSeconds: number | null;
  isDryRun: boolean;
}

/** One value of a request. */
export interface Field {
  /** Where it stood, outermost name first, each in lower-case letters and digits only; array indexes left out. */
  path: readonly string[];
  /** The whole path in one word: `body.parties.from.phonenumber`. */
  place: string;
  /** The same as it came, indexes and all: `body.parties[0].from.phoneNumber`. */
  name: string;
  value: string | number | null;
}

/** Both bound what a hostile body can make us look at; the deepest events of vendors have six levels. */
const MAX_DEPTH = 8;
const MAX_VISITED = 2000;

/** Names are at most this many parts of a path: `parties`, `from`, `phoneNumber`. */
const MAX_NAME_PARTS = 3;

/** Of a query or a form. A dot there says the same as an object inside an object. */
export function fieldsOfPairs(pairs: Iterable<readonly [string, string]>): Field[] {
  const fields: Field[] = [];
  for (const [name, value] of pairs) {
    if (fields.length >= MAX_VISITED) break;
    const path = pathOf(name);
    if (path === null) continue;
    fields.push({ path, place: path.join('.'), name, value });
  }
  return fields;
}

/** Of a JSON object, level by level, so that what stands further out comes first. */
export function fieldsOfJson(body: object): Field[] {
  const fields: Field[] = [];
  let level: { path: readonly string[]; name: string; value: object }[] = [
    { path: [], name: '', value: body },
  ];
  let visited = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const inner: typeof level = [];
    for (const { path: outer, name: outerName, value: container } of level) {
      const isList = Array.isArray(container);
      for (const [key, value] of Object.entries(container) as [string, unknown][]) {
        if (++visited > MAX_VISITED) return fields;
        const own = isList ? [] : pathOf(key);
        if (own === null) continue;
        const path = [...outer, ...own];
        const name = isList ? `${outerName}[${key}]` : outerName === '' ? key : `${outerName}.${key}`;
        if (typeof value === 'object' && value !== null) inner.push({ path, name, value });
        else fields.push({ path, place: path.join('.'), name, value: leafOf(value) });
      }
    }
    level = inner;
  }
  return fields;
}

/** Each way to read the end of a path as a name: of `call.caller.id` it is `id`, `callerid` and `callcallerid`. */
export function endingsOf(path: readonly string[]): { name: string; outside: readonly string[] }[] {
  const endings = [];
  for (let start = path.length - 1; start >= 0 && start >= path.length - MAX_NAME_PARTS; start--) {
    endings.push({ name: path.slice(start).join(''), outside: path.slice(0, start) });
  }
  return endings;
}

/** A JSON number that is no whole number is written so that nobody takes its digits for a phone number. */
export function textOf(value: Field['value']): string {
  if (typeof value !== 'number') return value ?? '';
  return Number.isSafeInteger(value) && value >= 0 ? String(value) : value.toExponential();
}

function leafOf(leaf: unknown): Field['value'] {
  return typeof leaf === 'string' || typeof leaf === 'number' || leaf === null ? leaf : String(leaf);
}

/** Null where it is deeper than anybody means: what is cut off might have said whose number it is. */
function pathOf(name: string): string[] | null {
  const parts = name.split('.', MAX_DEPTH + 1);
  if (parts.length > MAX_DEPTH) return null;
  return parts.map((part) => part.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
