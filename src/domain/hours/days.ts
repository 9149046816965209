import { Temporal } from 'temporal-polyfill/implementation';

/** When the day of `now` began in a time zone, and the seventh day counted back from it. */
export function daysUntil(now: number, timeZone: string): { today: number; week: number } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  return {
    today: today.epochMilliseconds,
    week: today.subtract({ days: 6 }).startOfDay().epochMilliseconds,
  };
}
