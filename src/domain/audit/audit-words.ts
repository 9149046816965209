import type { ChainFault } from './audit-chain.ts';
import {
  AUDIT_ACTIONS,
  AUDIT_SUBJECTS,
  type AuditAction,
  type AuditActor,
  actionWords,
} from './audit-entry.ts';

/** Entries of an audit log, for people. */

export function actorWords(who: AuditActor): string {
  switch (who.is) {
    case 'staff':
      return who.name;
    case 'api-key':
      return `API key ${who.name}`;
    case 'system':
      return 'Offhook';
    case 'stranger':
      return 'Somebody not signed in';
  }
}

/** Those that somebody means who types these words. */
export function actionsMeantBy(words: string): AuditAction[] {
  const sought = words.toLowerCase();
  return (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) =>
    actionWords(action).includes(sought),
  );
}

/** "hoursRule" → "Hours rule"; what is words already stays. */
export function fieldWords(field: string): string {
  const spaced = field.replace(/([a-z\d])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function valueWords(value: unknown, instant: (at: number) => string, field = ''): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return /(At|Until)$/.test(field) ? instant(value) : String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((one) => valueWords(one, instant)).join(', ');
  const parts = Object.entries(value as object).map(
    ([key, inner]) => `${fieldWords(key)}: ${valueWords(inner, instant, key)}`,
  );
  return parts.length === 0 ? 'none' : parts.join('; ');
}

export interface ChangedField {
  what: string;
  /** Null where the entry has only one side, or this field was not there. */
  before: string | null;
  after: string | null;
}

export function changesInWords(
  { before, after }: { before: Record<string, unknown> | null; after: Record<string, unknown> | null },
  instant: (at: number) => string,
): ChangedField[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const of = (side: Record<string, unknown> | null, field: string) =>
    side !== null && field in side ? valueWords(side[field], instant, field) : null;
  return [...fields].map((field) => ({
    what: fieldWords(field),
    before: of(before, field),
    after: of(after, field),
  }));
}

export function faultWords({ is, seq }: ChainFault): string {
  const n = count(seq);
  switch (is) {
    case 'altered':
      return `Entry ${n} is not as it was written: it was altered.`;
    case 'removed':
      return `Entry ${n} is not there: it was removed.`;
    case 'reordered':
      return `Entry ${n} is not in its place: entries were reordered.`;
  }
}

export function wholeWords(entries: number): string {
  if (entries === 0) return 'There are no entries yet.';
  if (entries === 1) return 'The one entry is as it was written.';
  return `All ${count(entries)} entries are as they were written.`;
}

export function subjectWords(is: keyof typeof AUDIT_SUBJECTS, label: string): string {
  const kind = Object.hasOwn(AUDIT_SUBJECTS, is) ? AUDIT_SUBJECTS[is] : is;
  return label.toLowerCase().includes(kind.toLowerCase()) || is === 'person' ? label : `${kind} ${label}`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
