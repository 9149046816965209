/** How long things are kept, in days. */
export interface Keeping {
  /** Since something was said last; 0 for ever. */
  conversationDays: number;
  activityDays: number;
  auditDays: number;
}

export const DEFAULT_KEEPING: Keeping = { conversationDays: 0, activityDays: 30, auditDays: 2190 };

export const KEEPING_LIMITS = {
  conversationDays: { min: 30, max: 7300 },
  activityDays: { min: 7, max: 90 },
  /** HIPAA asks for six years; who may keep it for less knows that. */
  auditDays: { min: 365, max: 7300 },
} as const satisfies Record<keyof Keeping, { min: number; max: number }>;

/** What somebody set; null goes by what is above it. */
export type KeepingSet = { [Field in keyof Keeping]: Keeping[Field] | null };

export const NOTHING_SET: KeepingSet = { conversationDays: null, activityDays: null, auditDays: null };

/** What holds, the nearest first. */
export function keepingFrom(...set: KeepingSet[]): Keeping {
  const of = (field: keyof Keeping) =>
    set.map((one) => one[field]).find((days) => days !== null) ?? DEFAULT_KEEPING[field];
  return {
    conversationDays: of('conversationDays'),
    activityDays: of('activityDays'),
    auditDays: of('auditDays'),
  };
}

export interface Hold {
  /** Null: all of the practice. */
  conversationId: string | null;
  reason: string;
  heldBy: string;
  heldAt: number;
}

export interface DeletionRun {
  beganAt: number;
  /** Null: under way. */
  endedAt: number | null;
  deleted: number;
  held: number;
  failed: number;
}

/** What the page about keeping shows of a practice. */
export interface RetentionAnswer {
  set: KeepingSet;
  version: number;
  /** What holds where nothing is set. */
  above: Keeping;
  holds: Hold[];
  lastRun: DeletionRun | null;
}

/** Of the enterprise: what holds where a practice sets nothing. */
export interface EnterpriseRetentionAnswer {
  set: KeepingSet;
  version: number;
  above: Keeping;
}

/** Between two and five at night where the practice is, once a night; where the clock did not ring then, the next. */
export function isDueAt(now: number, timeZone: string, lastBeganAt: number | null): boolean {
  const hour = Number(
    new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now),
  );
  const isNight = hour >= 2 && hour < 5;
  return isNight && (lastBeganAt === null || now - lastBeganAt > 12 * 3600_000);
}
