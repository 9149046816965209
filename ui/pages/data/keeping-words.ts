import { KEEPING_LIMITS, type Keeping, type KeepingSet } from '../../../src/domain/practice/retention.ts';

export type Field = keyof Keeping;

export const FIELDS: Record<Field, { label: string; help: string; offered: readonly number[] }> = {
  conversationDays: {
    label: 'Conversations',
    help: 'Counted from the last text or note in them. What is on hold stays.',
    offered: [0, 30, 60, 90, 180, 365, 730, 1095, 2190, 2555, 3650],
  },
  activityDays: {
    label: 'Activity',
    help: 'What your phone system told us, and what was decided.',
    offered: [7, 14, 30, 60, 90],
  },
  auditDays: {
    label: 'Audit log',
    help: 'HIPAA asks for six years.',
    offered: [365, 730, 1095, 2190, 2555, 3650],
  },
};

/** Nothing that somebody set elsewhere is left out. */
export function offeredDays(field: Field, now: number | null): number[] {
  const { min, max } = KEEPING_LIMITS[field];
  const all = now === null ? FIELDS[field].offered : [...FIELDS[field].offered, now];
  return [...new Set(all)]
    .filter((days) => days === 0 || (days >= min && days <= max))
    .sort((a, b) => rank(a) - rank(b));
}

/** For ever is the longest. */
function rank(days: number): number {
  return days === 0 ? Number.POSITIVE_INFINITY : days;
}

export function daysWords(days: number): string {
  if (days === 0) return 'for ever';
  if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`;
  return `${days} days`;
}

/** What would go that is kept now: to be asked about first. */
export function shortened(before: KeepingSet, after: KeepingSet, above: Keeping): Field[] {
  const holds = (set: KeepingSet, field: Field) => rank(set[field] ?? above[field]);
  return (Object.keys(FIELDS) as Field[]).filter((field) => holds(after, field) < holds(before, field));
}
