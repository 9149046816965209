import type { ChainFault } from './audit-chain.ts';
import type { AuditAction, AuditActor, AuditHead, AuditPlace, AuditSubject } from './audit-entry.ts';

/** An entry as it is shown; what it was and became is no longer text. */
export interface ShownEntry {
  seq: number;
  at: number;
  who: AuditActor;
  from: AuditPlace;
  action: AuditAction;
  subject: AuditSubject;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  hash: string;
}

export interface AuditAnswer {
  entries: ShownEntry[];
  nextCursor: string | null;
  /** Where a search paused: it has looked at everything since. There may be more before, with `nextCursor`. */
  readTo: number | null;
}

export interface VerifyAnswer {
  fault: ChainFault | null;
  /** Up to this one, all are as they were written; go on behind it until `head` is reached. */
  checkedTo: number;
  first: number;
  head: AuditHead;
}
