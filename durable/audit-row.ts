/** How an entry stands in a log. */
import type { ChainedRow } from '../src/domain/audit/audit-chain.ts';
import type {
  AuditAction,
  AuditActor,
  AuditEntry,
  AuditSubjectKind,
  NewAuditEntry,
} from '../src/domain/audit/audit-entry.ts';

export const COLUMNS = [
  'seq',
  'id',
  'at',
  'recorded_at',
  'who',
  'who_id',
  'who_name',
  'address',
  'browser',
  'action',
  'subject',
  'subject_id',
  'subject_label',
  'before',
  'after',
  'previous',
  'hash',
] as const satisfies (keyof ChainedRow)[];

export function rowFrom({ id, at, who, from, action, subject, before, after }: NewAuditEntry) {
  const isNamed = who.is === 'staff' || who.is === 'api-key';
  return {
    id,
    at,
    who: who.is,
    who_id: isNamed ? who.id : null,
    who_name: isNamed ? who.name : null,
    address: from.address,
    browser: from.browser,
    action,
    subject: subject.is,
    subject_id: subject.id,
    subject_label: subject.label,
    before,
    after,
  };
}

const DEED = ['who', 'who_id', 'address', 'browser', 'action', 'subject', 'subject_id', 'after'] as const;

/** The same person did the same to the same, in the same place. */
export function isSameDeed(one: ChainedRow, other: ReturnType<typeof rowFrom>): boolean {
  return DEED.every((column) => one[column] === other[column]);
}

/** What the log was given, and nothing else writes there; what somebody altered is for `faultIn` to find. */
export function entryFrom(row: ChainedRow): AuditEntry {
  return {
    seq: row.seq,
    id: row.id,
    at: row.at,
    recordedAt: row.recorded_at,
    who: actorFrom(row),
    from: { address: row.address, browser: row.browser },
    action: row.action as AuditAction,
    subject: { is: row.subject as AuditSubjectKind, id: row.subject_id, label: row.subject_label },
    before: row.before,
    after: row.after,
    previous: row.previous,
    hash: row.hash,
  };
}

function actorFrom({ who, who_id, who_name }: ChainedRow): AuditActor {
  if (who === 'staff' || who === 'api-key') return { is: who, id: who_id ?? '', name: who_name ?? '' };
  return { is: who === 'system' ? 'system' : 'stranger' };
}
