import type { Caller } from '../patients/caller-match.ts';
import type { StaffRef } from './message.ts';

/** A note of somebody's that named a member of staff who has not looked at it yet. */
export interface Mention {
  conversation: string;
  caller: Caller;
  by: StaffRef;
  at: number;
}

/** Somebody named in a note, and where. */
export interface NamedStaff {
  staff: StaffRef;
  start: number;
  end: number;
}

/** Whoever `@` and their whole name stand for, in the order of the note. Where two have one name, both are meant. */
export function namedIn(body: string, staff: readonly StaffRef[]): NamedStaff[] {
  const longestFirst = staff.toSorted((a, b) => b.name.length - a.name.length);
  const lower = body.toLowerCase();
  const found: NamedStaff[] = [];
  for (let at = body.indexOf('@'); at >= 0; at = body.indexOf('@', at + 1)) {
    // Not the one of an e-mail address.
    if (isLetter(body[at - 1])) continue;
    const name = longestFirst.find((one) => standsAt(lower, at + 1, one.name.toLowerCase()))?.name;
    if (name === undefined) continue;
    const end = at + 1 + name.length;
    const named = staff.filter((one) => one.name.toLowerCase() === name.toLowerCase());
    found.push(...named.map((one) => ({ staff: one, start: at, end })));
  }
  return found;
}

/** Each of them once. */
export function mentionedIn(body: string, staff: readonly StaffRef[]): StaffRef[] {
  return [...new Map(namedIn(body, staff).map(({ staff: one }) => [one.id, one])).values()];
}

function standsAt(lower: string, at: number, name: string): boolean {
  return name !== '' && lower.startsWith(name, at) && !isLetter(lower[at + name.length]);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
