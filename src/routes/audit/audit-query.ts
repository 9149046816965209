import type { AuditQuery } from '../../../durable/audit-query.ts';
import type { ShownEntry } from '../../domain/audit/audit-answer.ts';
import {
  AUDIT_ACTIONS,
  AUDIT_KINDS,
  type AuditAction,
  type AuditEntry,
  kindOf,
} from '../../domain/audit/audit-entry.ts';
import { actionsMeantBy } from '../../domain/audit/audit-words.ts';
import { Problem } from '../../problem.ts';
import { instantFrom } from '../door/instant.ts';

const MAX_QUERY_LENGTH = 100;

/** What of an audit log is asked for in an address. */
export function auditQuery(asked: Record<string, string>): AuditQuery {
  const { q = '', kind = '', from, to, cursor } = asked;
  const words = q.trim().toLowerCase();
  if (words.length > MAX_QUERY_LENGTH)
    throw new Problem('invalid-request', { message: 'Search for something shorter.' });
  return {
    words: words === '' ? null : words,
    actionsMeant: words === '' ? [] : actionsMeantBy(words),
    actions: kind === '' ? null : actionsOf(kind),
    from: from === undefined ? null : instantFrom(from),
    to: to === undefined ? null : instantFrom(to),
    before: cursor === undefined ? null : seqFrom(cursor),
  };
}

export function seqFrom(written: string | undefined): number {
  if (!/^\d{1,15}$/.test(written ?? ''))
    throw new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
  return Number(written);
}

export function shownEntry({
  before,
  after,
  previous: _,
  id: _id,
  recordedAt: _at,
  ...entry
}: AuditEntry): ShownEntry {
  return { ...entry, before: detailFrom(before), after: detailFrom(after) };
}

function actionsOf(kind: string): AuditAction[] {
  if (!Object.hasOwn(AUDIT_KINDS, kind)) {
    throw new Problem('invalid-request', {
      message: `There is no such kind. Use one of ${Object.keys(AUDIT_KINDS).join(', ')}.`,
    });
  }
  return (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => kindOf(action) === kind);
}

/** Somebody may have altered it: then it is shown as it stands, and `verify` says so. */
function detailFrom(json: string | null): Record<string, unknown> | null {
  if (json === null) return null;
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as Record<string, unknown>)
      : { unreadable: json };
  } catch {
    return { unreadable: json };
  }
}
