import type { AuditLog } from '../../../durable/audit-log.ts';
import type { NewAuditEntry } from '../../domain/audit/audit-entry.ts';
import type { Env } from '../../env.ts';
import { noteDelivered, type WaitingEntry } from '../../practices/audit-outbox.ts';

/** `log` is a practice, or `ENTERPRISE_LOG`. */
export function auditLogOf(env: Env, log: string): DurableObjectStub<AuditLog> {
  return env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName(log));
}

/** Takes entries from the outbox to their logs. Throws where one of them could not be reached; the others have theirs. */
export async function deliverAudit(env: Env, waiting: readonly WaitingEntry[], now: number): Promise<void> {
  const ofLogs = new Map<string, NewAuditEntry[]>();
  for (const { log, entry } of waiting) ofLogs.set(log, [...(ofLogs.get(log) ?? []), entry]);
  const delivered = await Promise.allSettled(
    [...ofLogs].map(async ([log, entries]) => {
      const head = await auditLogOf(env, log).append(entries);
      await noteDelivered(env.DB, log, entries, head, now);
    }),
  );
  const failed = delivered.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
