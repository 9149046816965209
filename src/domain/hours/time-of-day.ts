import type { Span } from './schedule.ts';

/** Times of day as people write and read them; `HH:MM` is how hours keep them. */

const WRITTEN = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap]?)\.?\s?m?\.?$/;

/** Of either half of the day, since nobody writes 24-hour times like this. */
const BARE_HOUR = /^([1-9]|1[01])(?:[:.h ]?\d{2})?$/;

/** `8`, `8a`, `830`, `8:30 pm`, `17.30`, `noon`. Null where it is no time of day. */
export function startTime(written: string): string | null {
  const text = written.trim().toLowerCase();
  if (text === 'noon') return '12:00';
  if (text === 'midnight') return '00:00';
  const [matched, hours = '', minutes = '00', half] = WRITTEN.exec(text) ?? [];
  if (matched === undefined || Number(minutes) > 59) return null;
  const hour = half ? hourOfHalf(Number(hours), half) : Number(hours);
  return hour === null || hour > 23 ? null : `${twoDigits(hour)}:${minutes}`;
}

/**
 * As `startTime`, where a day may also end at midnight. A bare `5` after 8:00 is five in the afternoon; `05` is
 * what it says, and so is one that would still not be later.
 */
export function endTime(written: string, start: string | null): string | null {
  const text = written.trim().toLowerCase();
  if (text === 'midnight' || text === '24:00' || text === '24') return '24:00';
  const time = startTime(text);
  if (time === null || start === null || time > start || !BARE_HOUR.test(text)) return time;
  const later = `${twoDigits(Number(time.slice(0, 2)) + 12)}${time.slice(2)}`;
  return later > start && later < '24:00' ? later : time;
}

/** 8:00 AM; midnight at the end of a day has a name of its own. */
export function timeInWords(time: string): string {
  if (time === '24:00') return 'midnight';
  const [hours, minutes] = time.split(':');
  const hour = Number(hours);
  return `${hour % 12 || 12}:${minutes} ${hour < 12 ? 'AM' : 'PM'}`;
}

export function spansInWords(spans: readonly Span[]): string {
  if (spans.length === 0) return 'closed';
  return spans.map(({ from, to }) => `${timeInWords(from)} to ${timeInWords(to)}`).join(', ');
}

function hourOfHalf(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
