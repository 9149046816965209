import { formatTime, formatWeekdayTime } from '../design/format.ts';

const HOUR_MS = 3_600_000;
const MORNING_HOUR = 8;

export interface SnoozeChoice {
  label: string;
  /** The instant, as the practice's clock shows it. */
  hint: string;
  until: number;
}

/** One hour, tomorrow morning, next Monday morning, by the clock on the practice's wall. */
export function snoozeChoices(now: number, timeZone: string): SnoozeChoice[] {
  const today = wallClock(now, timeZone);
  const daysToMonday = (8 - today.weekday) % 7 || 7;
  const hour = now + HOUR_MS;
  const tomorrow = instantOf({ ...today, day: today.day + 1, hour: MORNING_HOUR, minute: 0 }, timeZone);
  const monday = instantOf(
    { ...today, day: today.day + daysToMonday, hour: MORNING_HOUR, minute: 0 },
    timeZone,
  );
  return [
    { label: 'For 1 hour', hint: formatTime(hour, timeZone), until: hour },
    { label: 'Until tomorrow', hint: formatWeekdayTime(tomorrow, timeZone), until: tomorrow },
    { label: 'Until next Monday', hint: formatWeekdayTime(monday, timeZone), until: monday },
  ];
}

interface WallClock {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** `weekday` is 0 on Sunday. */
function wallClock(at: number, timeZone: string): WallClock & { weekday: number } {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)] as const),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const [year, month, day] = [of('year'), of('month'), of('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, hour: of('hour'), minute: of('minute'), weekday };
}

/** The offset is asked for twice because the first guess may lie on the other side of a clock change. */
function instantOf(clock: WallClock, timeZone: string): number {
  const asUtc = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

function offsetAt(at: number, timeZone: string): number {
  const clock = wallClock(at, timeZone);
  const shown = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute);
  return shown - Math.floor(at / 60_000) * 60_000;
}
