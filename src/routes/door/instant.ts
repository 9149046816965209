import { isDate } from '../../domain/hours/schedule-faults.ts';
import { Problem } from '../../problem.ts';

/** Neither the calendar nor its holidays reach further. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Without an offset a time would mean another moment to everybody. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** `at` of a query: now if it is left out. */
export function instantFrom(at: string | undefined): number {
  if (at === undefined) return Date.now();
  // In a query a plus that was not encoded arrives as a space.
  const written = at.replace(' ', '+');
  const isWritten = ISO.test(written) && isDate(written.slice(0, 10));
  const instant = /^\d{1,15}$/.test(at) ? Number(at) : isWritten ? Date.parse(written) : Number.NaN;
  if (instant >= EARLIEST && instant < LATEST) return instant;
  throw new Problem('invalid-request', {
    message:
      'Check “at”: use epoch milliseconds, or a time with its offset such as 2026-11-26T09:00-08:00, from 2000 to 2099.',
  });
}
