/** From one instant up to another, which is no longer in it; epoch ms. */
export interface Period {
  from: number;
  to: number;
}

export const ESCALATION_LEVELS = ['everyone', 'managers'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

/** How long callers may wait: minutes during which it is open. */
export interface WaitingLimits {
  targetMinutes: number;
  everyoneMinutes: number | null;
  managersMinutes: number | null;
}

/** All that it takes to count without a calendar: when it is open, for some weeks around now. */
export interface WaitingClock extends WaitingLimits {
  /** What `open` and `lines` tell of. */
  known: Period;
  /** Null where it is open around the clock. */
  open: Period[] | null;
  /** By id: the lines with hours of their own. */
  lines: Record<string, Period[]>;
}

export interface Waited {
  /** Whole ones, during which it was open. */
  minutes: number;
  stage: 'in-time' | 'near' | 'over';
  isOpen: boolean;
  /** Null while it is open, and where that is not known. */
  opensAt: number | null;
  /** Who was told by now; managers are told last. */
  escalated: EscalationLevel | null;
  /** When something of this is otherwise; null where that is not known. */
  changesAt: number | null;
}

const MINUTE_MS = 60_000;

/** From this part of the target on it is near. */
const NEAR = 0.75;

/** How a caller who waits since then stands now: the same in the page as in the object that tells staff. */
export function waitedAt(clock: WaitingClock, lineId: string, since: number, now: number): Waited {
  const periods = periodsOf(clock, lineId);
  const openMs = openMsBetween(periods, since, now);
  const minutes = Math.floor(openMs / MINUTE_MS);
  const opening = periods.find(({ to }) => to > now);
  const isOpen = opening !== undefined && opening.from <= now;
  const opensAt = isOpen ? null : (opening?.from ?? null);
  const nextMinuteAt = now + (minutes + 1) * MINUTE_MS - openMs;
  return {
    minutes,
    stage: stageOf(minutes, clock.targetMinutes),
    isOpen,
    opensAt,
    escalated: escalatedAfter(openMs, clock),
    changesAt: isOpen ? Math.min(nextMinuteAt, opening.to) : opensAt,
  };
}

const ALWAYS: readonly Period[] = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];

function periodsOf({ open, lines }: WaitingClock, lineId: string): readonly Period[] {
  return lines[lineId] ?? open ?? ALWAYS;
}

function stageOf(minutes: number, target: number): Waited['stage'] {
  if (minutes > target) return 'over';
  return minutes >= target * NEAR ? 'near' : 'in-time';
}

function escalatedAfter(openMs: number, limits: WaitingLimits): EscalationLevel | null {
  const isOver = (minutes: number | null) => minutes !== null && openMs >= minutes * MINUTE_MS;
  if (isOver(limits.managersMinutes)) return 'managers';
  return isOver(limits.everyoneMinutes) ? 'everyone' : null;
}

/** How much of the time between was open. */
export function openMsBetween(periods: readonly Period[], since: number, now: number): number {
  let sum = 0;
  for (const { from, to } of periods) {
    if (from >= now) break;
    sum += Math.max(0, Math.min(to, now) - Math.max(from, since));
  }
  return sum;
}

/** The first instant at which so much open time has gone by; null where these periods end before. */
export function instantAfterOpenMs(periods: readonly Period[], since: number, openMs: number): number | null {
  let left = openMs;
  for (const { from, to } of periods) {
    const begin = Math.max(from, since);
    if (begin >= to) continue;
    if (to - begin >= left) return begin + left;
    left -= to - begin;
  }
  return null;
}
