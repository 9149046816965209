// Not the entry that takes the runtime's own Temporal where there is one: one arithmetic everywhere.
import { Temporal } from 'temporal-polyfill/implementation';
import type { OpeningAhead, OpenSpan } from '../words/built-in-phrases.ts';
import { openingAt } from './opening-hours.ts';
import type { Schedule } from './schedule.ts';

/** More than a day can have; see MAX_SPANS_A_DAY, of yesterday's night as well. */
const MOST_SPANS = 16;

/** Of today on the practice's calendar, and what comes next. */
export function openingAhead(schedule: Schedule, now: number): OpeningAhead {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(schedule.timeZone)
    .startOfDay();
  const begin = today.epochMilliseconds;
  const end = today.add({ days: 1 }).epochMilliseconds;
  return { today: spansBetween(schedule, begin, end), nextOpensAt: nextOpening(schedule, now) };
}

/** Null where it does not close in between. */
function spansBetween(schedule: Schedule, begin: number, end: number): OpenSpan[] | null {
  const spans: OpenSpan[] = [];
  let at = begin;
  while (at < end && spans.length < MOST_SPANS) {
    const opening = openingAt(schedule, at);
    if (opening.isOpen) {
      if (opening.closesAt === null || (at === begin && opening.closesAt >= end)) return null;
      spans.push({ opensAt: at, closesAt: opening.closesAt });
      at = opening.closesAt;
    } else {
      at = opening.opensAt ?? end;
    }
  }
  return spans;
}

function nextOpening(schedule: Schedule, now: number): number | null {
  const opening = openingAt(schedule, now);
  if (!opening.isOpen) return opening.opensAt;
  if (opening.closesAt === null) return null;
  const closed = openingAt(schedule, opening.closesAt);
  return closed.isOpen ? null : closed.opensAt;
}
