/** 0:07, 12:30: how long a call has lasted. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const timeOfDay = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric' });

/** 9:41, as a phone shows it. */
export function formatTimeOfDay(at: number): string {
  const parts = timeOfDay.formatToParts(at);
  return parts
    .filter(({ type }) => type === 'hour' || type === 'minute')
    .map(({ value }) => value)
    .join(':');
}

/** 9:41 AM */
export function formatTimeWithHalf(at: number): string {
  return timeOfDay.format(at);
}

export function formatDate(at: number): string {
  return day.format(at);
}
