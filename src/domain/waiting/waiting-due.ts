import { openPeriods } from '../hours/opening-hours.ts';
import type { Schedule } from '../hours/schedule.ts';
import { instantAfterOpenMs, openMsBetween, type Period } from './waiting-clock.ts';

const DAY_MS = 86_400_000;

/** Looked at in one go; most are due within it. */
const STEP_MS = 14 * DAY_MS;
/** Who is closed for longer is told of nobody. */
const STEPS = 27;

/** When so many minutes have gone by during which it was open; without a schedule it always is. Null: not within a year. */
export function dueAfter(
  schedule: Schedule | null,
  since: number,
  minutes: number,
  periodsBetween: (schedule: Schedule, from: number, to: number) => Period[] = openPeriods,
): number | null {
  let left = minutes * 60_000;
  if (schedule === null) return since + left;
  for (let step = 0, from = since; step < STEPS; step += 1, from += STEP_MS) {
    const periods = periodsBetween(schedule, from, from + STEP_MS);
    const dueAt = instantAfterOpenMs(periods, from, left);
    if (dueAt !== null) return dueAt;
    left -= openMsBetween(periods, from, from + STEP_MS);
  }
  return null;
}
