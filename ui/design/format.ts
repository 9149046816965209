/** Numbers, names and times as staff read them. Pure: the instant `now` and the time zone are passed in. */

const LOCALE = 'en-US';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Making one costs far more than using it, and every row needs some. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** (206) 202-0123 for North America, E.164 otherwise. */
export function formatNumber(e164: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return parts === null ? e164 : `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}

/** What is written from right to left, and the marks that turn letters around. */
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
const MARKS_OF_ISOLATION = /[\u2066-\u2069]/g;

/** For a name within a sentence: whatever is in it, the words around it stay where they are. */
export function isolated(name: string): string {
  return TURNING.test(name) ? `\u2068${name.replace(MARKS_OF_ISOLATION, '')}\u2069` : name;
}

/** "Ana María López" → "AL". */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words.at(0), words.at(-1)] : words.slice(0, 1);
  return (
    chosen
      .map((word) => [...(word ?? '')][0] ?? '')
      .join('')
      .toLocaleUpperCase() || '?'
  );
}

let languages: Intl.DisplayNames | undefined;

/** "es" → "Spanish". */
export function languageName(tag: string): string {
  languages ??= new Intl.DisplayNames([LOCALE], { type: 'language' });
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** How long somebody has been waiting: one unit, two between one and ten hours. */
export function formatWaiting(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.max(1, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (ms < 10 * HOUR) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  if (ms < 2 * DAY) return `${hours} h`;
  return `${Math.floor(ms / DAY)} days`;
}

/** Seconds on hold: "42 s", "1 min 10 s", "2 min". */
export function formatHeld(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const rest = Math.round(seconds % 60);
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** How long the carrier took: tenths while they mean something. */
export function formatTook(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  return ms < 10 * SECOND ? `${Math.max(0.1, ms / SECOND).toFixed(1)} s` : formatHeld(ms / SECOND);
}

/** 10:42 AM */
export function formatTime(at: number, timeZone: string): string {
  return formatOf(timeZone, 'time', { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Tue 8:00 AM */
export function formatWeekdayTime(at: number, timeZone: string): string {
  return formatOf(timeZone, 'weekday-time', { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(
    at,
  );
}

/** The whole truth, for a tooltip: Monday, November 23, 2026 at 10:42:07 AM PST */
export function formatInFull(at: number, timeZone: string): string {
  return formatOf(timeZone, 'full', {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** Equal for two instants on the same day of the time zone. */
export function dayKey(at: number, timeZone: string): string {
  return formatOf(timeZone, 'key', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Today, Yesterday, Monday, November 23 */
export function formatDay(at: number, now: number, timeZone: string): string {
  const near = nearDay(at, now, timeZone);
  if (near !== null) return near;
  const isThisYear = dayKey(at, timeZone).slice(-4) === dayKey(now, timeZone).slice(-4);
  return isThisYear
    ? formatOf(timeZone, 'day', { weekday: 'long', month: 'long', day: 'numeric' }).format(at)
    : formatOf(timeZone, 'day-year', { month: 'long', day: 'numeric', year: 'numeric' }).format(at);
}

/** As short as a row allows: 10:42 AM, Yesterday, Mon, Nov 3, Nov 3, 2025 */
export function formatListTime(at: number, now: number, timeZone: string): string {
  const near = nearDay(at, now, timeZone);
  if (near === 'Today') return formatTime(at, timeZone);
  if (near !== null) return near;
  if (now > at && now - at < 6 * DAY) return formatOf(timeZone, 'weekday', { weekday: 'short' }).format(at);
  const isThisYear = dayKey(at, timeZone).slice(-4) === dayKey(now, timeZone).slice(-4);
  return isThisYear
    ? formatOf(timeZone, 'short', { month: 'short', day: 'numeric' }).format(at)
    : formatOf(timeZone, 'short-year', { month: 'short', day: 'numeric', year: 'numeric' }).format(at);
}

/** When somebody wakes up again: 3:42 PM, Tomorrow 8:00 AM, Mon 8:00 AM, Dec 3 8:00 AM */
export function formatUntil(at: number, now: number, timeZone: string): string {
  const key = dayKey(at, timeZone);
  const time = formatTime(at, timeZone);
  if (key === dayKey(now, timeZone)) return time;
  if (key === dayKey(now + DAY, timeZone)) return `tomorrow ${time}`;
  if (at - now < 7 * DAY) return formatWeekdayTime(at, timeZone);
  return `${formatOf(timeZone, 'short', { month: 'short', day: 'numeric' }).format(at)}, ${time}`;
}

function nearDay(at: number, now: number, timeZone: string): 'Today' | 'Yesterday' | null {
  const key = dayKey(at, timeZone);
  if (key === dayKey(now, timeZone)) return 'Today';
  return key === dayKey(now - DAY, timeZone) ? 'Yesterday' : null;
}
