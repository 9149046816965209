import { DAY_MINUTES, DAY_NAMES, minutesOf, type Span } from './schedule.ts';

/** What is wrong, in words fit for whoever sets the hours, and where: `week.0.1` is Monday's second span. */
export interface ScheduleFault {
  path: number[];
  message: string;
}

/** Whether this is a place's time zone; an offset such as `+02:00` is none, since it has no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `date` has the form YYYY-MM-DD; to `Date`, 30 February is some day in March. */
export function isDate(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

/** Spans that overlap, also over midnight, and from Sunday into Monday. `week` has seven days. */
export function overlapInWeek(week: readonly (readonly Span[])[]): ScheduleFault | null {
  const spans = week.flatMap((day, weekday) =>
    day.map((span, index) => {
      const { from, to } = minutesOf(span);
      const midnight = weekday * DAY_MINUTES;
      return { path: [weekday, index], span, weekday, from: midnight + from, to: midnight + to };
    }),
  );
  const weekMinutes = 7 * DAY_MINUTES;
  for (const [index, later] of spans.entries()) {
    for (const earlier of spans.slice(0, index)) {
      const meet = [-weekMinutes, 0, weekMinutes].some(
        (shift) => later.from + shift < earlier.to && earlier.from < later.to + shift,
      );
      if (!meet) continue;
      const message = `${inWords(later.span, later.weekday)} overlaps ${inWords(earlier.span, earlier.weekday)}.`;
      return { path: later.path, message };
    }
  }
  return null;
}

/** As `overlapInWeek`, among the spans of one date. */
export function overlapInDay(spans: readonly Span[]): ScheduleFault | null {
  const sorted = spans
    .map((span, index) => ({ span, index, ...minutesOf(span) }))
    .sort((a, b) => a.from - b.from);
  for (const [place, later] of sorted.entries()) {
    const earlier = sorted[place - 1];
    if (earlier === undefined || later.from >= earlier.to) continue;
    return { path: [later.index], message: `${inWords(later.span)} overlaps ${inWords(earlier.span)}.` };
  }
  return null;
}

function inWords({ from, to }: Span, weekday?: number): string {
  const day = weekday === undefined ? undefined : DAY_NAMES[weekday];
  return `${day === undefined ? '' : `${day} `}${from}–${to}`;
}
