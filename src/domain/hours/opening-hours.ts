// Not the entry that takes the runtime's own Temporal where there is one: one arithmetic everywhere.
import { Temporal } from 'temporal-polyfill/implementation';
import type { Period } from '../waiting/waiting-clock.ts';
import { holidaysByDate, weekdayOf } from './holiday-dates.ts';
import { DAY_MINUTES, type Holiday, minutesOf, type Schedule } from './schedule.ts';

/** All instants are epoch ms. */
export type Opening =
  /** `closesAt` is null where that is more than ten years away. */
  | { isOpen: true; closesAt: number | null }
  | {
      isOpen: false;
      /** The same at every instant of a closed period, and so its name; 0 if it was never open since 1970. */
      closedSince: number;
      /** Null where that is more than ten years away. */
      opensAt: number | null;
      /** Of today, on the practice's calendar. */
      holiday: Holiday | null;
    };

/** Half-open, on the practice's wall: minutes since 1970-01-01 00:00, as if no clock were ever changed. */
interface WallSpan {
  from: number;
  to: number;
}

const DAYS_AHEAD = 3653;

const MINUTE_MS = 60_000;

/**
 * Is it open at `now`? A time of day means the first moment at which the wall clock shows it *or a later one*.
 * So a time that is skipped in spring is the moment of the skip, one that comes twice in autumn is the first of
 * the two, and whoever is open when the clock is put back stays open through the hour that comes again.
 */
export function openingAt(schedule: Schedule, now: number): Opening {
  const { timeZone } = schedule;
  const holidayOn = holidaysByDate(schedule.holidays);
  const today = Math.floor(wallMinuteAt(timeZone, now) / DAY_MINUTES);
  const calendar = { timeZone, today, spansOn: spansByDate(schedule, holidayOn) };
  const isEverOpen = [...schedule.week, ...schedule.holidays.map(({ part }) => part ?? [])].some(
    (spans) => spans.length > 0,
  );
  const next = isEverOpen ? firstEndingAfter(now, calendar) : null;
  if (next?.isNow) return { isOpen: true, closesAt: closingTime(next, calendar) };
  return {
    isOpen: false,
    closedSince: isEverOpen ? lastEndUpTo(now, calendar) : 0,
    opensAt: next?.opensAt ?? null,
    holiday: holidayOn(today),
  };
}

/**
 * When it is open between two instants, in order: the same truth as `openingAt`, for whoever counts. No period
 * touches another, and all are cut at `from` and `to`.
 */
export function openPeriods(schedule: Schedule, from: number, to: number): Period[] {
  const { timeZone } = schedule;
  const spansOn = spansByDate(schedule, holidaysByDate(schedule.holidays));
  const dayOf = (instant: number) => Math.floor(wallMinuteAt(timeZone, instant) / DAY_MINUTES);
  const periods: Period[] = [];
  // A day more on both sides: where clocks were put back over midnight it has been tomorrow already.
  for (let day = dayOf(from) - 1; day <= dayOf(to) + 1; day++) {
    for (const wall of spansOn(day)) {
      const period = { from: instantOf(timeZone, wall.from), to: instantOf(timeZone, wall.to) };
      const last = periods.at(-1);
      if (period.to <= period.from) continue;
      if (last !== undefined && period.from <= last.to) last.to = Math.max(last.to, period.to);
      else periods.push(period);
    }
  }
  return periods
    .map((period) => ({ from: Math.max(period.from, from), to: Math.min(period.to, to) }))
    .filter((period) => period.from < period.to);
}

interface Calendar {
  timeZone: string;
  /** Days are numbered from 1970-01-01. */
  today: number;
  /** What is open on a date by the wall clock, in order, cut at its midnights, nothing touching. */
  spansOn: (day: number) => WallSpan[];
}

function spansByDate(
  { week, holidays }: Schedule,
  holidayOn: (day: number) => Holiday | null,
): (day: number) => WallSpan[] {
  const weekSpans = week.map((spans) => spans.map(minutesOf));
  const holidaySpans = new Map(holidays.map((holiday) => [holiday, (holiday.part ?? []).map(minutesOf)]));
  const beginningOn = (day: number, holiday: Holiday | null): readonly WallSpan[] =>
    (holiday === null ? weekSpans[weekdayOf(day)] : holidaySpans.get(holiday)) ?? [];
  return (day) => {
    const holiday = holidayOn(day);
    const midnight = day * DAY_MINUTES;
    const spans = beginningOn(day, holiday).map(({ from, to }) => ({
      from: midnight + from,
      to: midnight + Math.min(to, DAY_MINUTES),
    }));
    if (holiday === null) {
      for (const { to } of beginningOn(day - 1, holidayOn(day - 1))) {
        if (to > DAY_MINUTES) spans.push({ from: midnight, to: midnight + to - DAY_MINUTES });
      }
    }
    return joined(spans);
  };
}

function joined(spans: WallSpan[]): WallSpan[] {
  const result: WallSpan[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push(span);
  }
  return result;
}

interface NextSpan {
  wall: WallSpan;
  opensAt: number;
  isNow: boolean;
}

/** The span that holds now, or else the next one. */
function firstEndingAfter(now: number, { today, timeZone, spansOn }: Calendar): NextSpan | null {
  for (let day = today; day <= today + DAYS_AHEAD; day++) {
    for (const wall of spansOn(day)) {
      const opensAt = instantOf(timeZone, wall.from);
      const endsAt = instantOf(timeZone, wall.to);
      // One that lies within a skipped hour is empty.
      if (endsAt > now && endsAt > opensAt) return { wall, opensAt, isNow: opensAt <= now };
    }
  }
  return null;
}

/** The end of all that follows without a break. */
function closingTime(open: NextSpan, { today, timeZone, spansOn }: Calendar): number | null {
  let { to } = open.wall;
  for (let day = today; day <= today + DAYS_AHEAD; day++) {
    for (const wall of spansOn(day)) {
      if (wall.from < to) continue;
      // What touches on the wall need not be looked up: it makes a practice that never closes cheap.
      if (wall.from > to) {
        const closesAt = instantOf(timeZone, to);
        if (instantOf(timeZone, wall.from) > closesAt) return closesAt;
      }
      to = wall.to;
    }
    // A whole day may be skipped too, when a country changes sides of the date line.
    if (day > today && to <= (day - 1) * DAY_MINUTES) return instantOf(timeZone, to);
  }
  return null;
}

function lastEndUpTo(now: number, { today, timeZone, spansOn }: Calendar): number {
  // Where clocks were put back over midnight it has been tomorrow already.
  for (let day = today + 1; day >= 0; day--) {
    for (const { from, to } of spansOn(day).reverse()) {
      const endsAt = instantOf(timeZone, to);
      if (endsAt <= now && instantOf(timeZone, from) < endsAt) return endsAt;
    }
  }
  return 0;
}

function wallMinuteAt(timeZone: string, instant: number): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return (instant + offsetNanoseconds / 1_000_000) / MINUTE_MS;
}

/** The first moment at which the wall clock shows this or a later time. */
function instantOf(timeZone: string, wallMinute: number): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMinute * MINUTE_MS)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  // Skipped; what `earlier` answers then lies before the skip, by its length at most.
  return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
}
