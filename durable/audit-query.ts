/** What an audit log is asked for, as SQL. */
import type { AuditAction } from '../src/domain/audit/audit-entry.ts';

export interface AuditQuery {
  /** Part of a name, of what it was done to, or null. In lower case. */
  words: string | null;
  /** Or one of these, which the words stand for. */
  actionsMeant: readonly AuditAction[];
  /** Only these; null for all. */
  actions: readonly AuditAction[] | null;
  /** Epoch milliseconds; `to` is the first that is too late. */
  from: number | null;
  to: number | null;
  /** Only of what has this id; all if left out. */
  subjectId?: string;
  /** The `nextCursor` of a newer page. */
  before: number | null;
  /** Of a page; `AUDIT_PAGE` if left out. */
  limit?: number;
}

export function conditionsOf({ words, actionsMeant, actions, from, to, subjectId }: AuditQuery): {
  where: string;
  bindings: (string | number)[];
} {
  const conditions: [string, ...(string | number)[]][] = [];
  if (words !== null) {
    const columns = ['who_name', 'subject_label', 'subject_id', 'address'];
    const anywhere = columns.map((column) => `instr(lower(${column}), ?) > 0`).join(' OR ');
    conditions.push([
      `(${anywhere} OR action IN (SELECT value FROM json_each(?)))`,
      ...columns.map(() => words),
      JSON.stringify(actionsMeant),
    ]);
  }
  if (actions !== null)
    conditions.push(['action IN (SELECT value FROM json_each(?))', JSON.stringify(actions)]);
  if (subjectId !== undefined) conditions.push(['subject_id = ?', subjectId]);
  if (from !== null) conditions.push(['at >= ?', from]);
  if (to !== null) conditions.push(['at < ?', to]);
  return {
    where: conditions.map(([sql]) => `AND ${sql}`).join(' '),
    bindings: conditions.flatMap(([, ...bound]) => bound),
  };
}
