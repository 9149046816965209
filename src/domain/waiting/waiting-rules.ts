import type { Schedule } from '../hours/schedule.ts';
import type { WaitingLimits } from './waiting-clock.ts';

/** The hours by which waiting is counted. */
export interface CountedHours {
  /** Null: always open. */
  practice: Schedule | null;
  /** By id: the lines with hours of their own. */
  lines: Record<string, Schedule>;
}

/** What an inbox knows of its practice's settings: it is told, since objects never read them. */
export interface WaitingRules extends WaitingLimits {
  hours: CountedHours;
  /** See `WaitingSettings`; an inbox that was told before there was a choice lacks it, and does. */
  returnsToQueue?: boolean;
}
