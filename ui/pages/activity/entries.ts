/** What the list of activity holds, and what pages and frames do to it. Pure; nothing here knows the screen. */
import {
  type ActivityEntry,
  type ActivityFilter,
  NOT_WITHOUT_TEXT,
} from '../../../src/domain/activity/activity-entry.ts';
import { callerKey, callerPart } from '../../../src/domain/activity/activity-search.ts';

export interface Asked {
  /** An `ActivityFilter`, or empty. */
  outcome: string;
  typed: string;
}

export interface Entries {
  /** Newest first. */
  shown: ActivityEntry[];
  /** Came while somebody was reading further down: put on top when they ask for it. */
  fresh: ActivityEntry[];
  nextCursor: string | null;
}

export const NO_ENTRIES: Entries = { shown: [], fresh: [], nextCursor: null };

export function firstPage(activity: ActivityEntry[], nextCursor: string | null): Entries {
  return { shown: activity, fresh: [], nextCursor };
}

export function pageAdded(before: Entries, activity: ActivityEntry[], nextCursor: string | null): Entries {
  const known = new Set(before.shown.map(({ id }) => id));
  return { ...before, shown: [...before.shown, ...activity.filter(({ id }) => !known.has(id))], nextCursor };
}

/** One that is known changes in its place; another one goes on top, or waits until it is asked for. */
export function entryCame(before: Entries, entry: ActivityEntry, isReading: boolean): Entries {
  const replaced = (all: ActivityEntry[]) => all.map((one) => (one.id === entry.id ? entry : one));
  const isKnown = [...before.shown, ...before.fresh].some(({ id }) => id === entry.id);
  if (isKnown) return { ...before, shown: replaced(before.shown), fresh: replaced(before.fresh) };
  if (isReading) return { ...before, fresh: newestFirst([entry, ...before.fresh]) };
  return { ...before, shown: newestFirst([entry, ...before.shown]) };
}

/** What came without our being told is in the first page; where that does not reach what is shown, it begins anew. */
export function caughtUp(
  before: Entries,
  activity: ActivityEntry[],
  nextCursor: string | null,
  isReading: boolean,
): Entries {
  const known = new Set([...before.shown, ...before.fresh].map(({ id }) => id));
  const isGap = nextCursor !== null && !activity.some(({ id }) => known.has(id));
  if (isGap || before.shown.length === 0) return firstPage(activity, nextCursor);
  return activity.reduceRight((all, entry) => entryCame(all, entry, isReading), before);
}

export function freshShown(before: Entries): Entries {
  return { ...before, shown: newestFirst([...before.fresh, ...before.shown]), fresh: [] };
}

function newestFirst(entries: ActivityEntry[]): ActivityEntry[] {
  return entries.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** Whether the server would list it for what was asked. */
export function isAskedFor(entry: ActivityEntry, { outcome, typed }: Asked): boolean {
  const part = callerPart(typed);
  const isFound = typed.trim() === '' || (part !== null && callerKey(entry.caller).includes(part));
  return isFound && (outcome === '' || isInFilter(entry, outcome as ActivityFilter));
}

function isInFilter({ outcome, failure }: ActivityEntry, filter: ActivityFilter): boolean {
  if (filter === 'not-delivered') return failure !== null;
  return filter === 'no-text' ? !NOT_WITHOUT_TEXT.includes(outcome) : outcome === filter;
}
