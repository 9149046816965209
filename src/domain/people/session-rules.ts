/** How long a session lives. Instants are epoch milliseconds; `now` always comes from the caller. */

export interface SessionSettings {
  idleMinutes: number;
  maxHours: number;
}

export interface SessionTimes {
  createdAt: number;
  /** When it was last used, as far as that was noted. */
  seenAt: number;
}

/** What an admin may set; the defaults stand in the first migration. */
export const IDLE_MINUTES = { min: 1, max: 480 } as const;
export const MAX_HOURS = { min: 1, max: 24 } as const;

const MINUTE_MS = 60_000;

export function sessionEndsAt(times: SessionTimes, settings: SessionSettings): number {
  return Math.min(
    times.seenAt + settings.idleMinutes * MINUTE_MS,
    times.createdAt + settings.maxHours * 60 * MINUTE_MS,
  );
}

/**
 * A session is used many times a minute; noting each use would cost a write per request. So at most one
 * is noted in each minute of the clock, and in each tenth of a shorter idle time: nobody who is at work
 * is ever signed out, and who leaves is signed out early by no more than that.
 */
export function shouldNoteUse(times: SessionTimes, settings: SessionSettings, now: number): boolean {
  const step = Math.min(MINUTE_MS, (settings.idleMinutes * MINUTE_MS) / 10);
  return Math.floor(now / step) > Math.floor(times.seenAt / step);
}
