import { ENTERPRISE_LOG } from '../domain/audit/audit-entry.ts';
import type { Env } from '../env.ts';
import { noteHead, overdueEntries, overdueLogs } from '../practices/audit-outbox.ts';
import { practices } from '../practices/practices.ts';
import { auditLogOf, deliverAudit } from '../routes/audit/deliver-audit.ts';

/** Younger ones are being delivered by the request that wrote them. */
const ON_THEIR_WAY_MS = 60_000;
const AT_ONCE = 200;
/** Of one log in one run; what is left waits for the next. */
const MAX_ROUNDS = 25;

/**
 * Takes to the audit logs what a crash left in the outbox, and notes in D1 how far each log has come. Never throws:
 * what fails is tried again by the next run, and keeps no other log waiting.
 */
export async function deliverAuditLeftovers(env: Env, now: number): Promise<void> {
  try {
    const overdue = now - ON_THEIR_WAY_MS;
    for (const log of await overdueLogs(env.DB, overdue))
      await tried(log, () => deliverTo(env, log, overdue, now));
    const logs = [ENTERPRISE_LOG, ...(await practices(env.DB)).map(({ id }) => id)];
    for (const log of logs) await tried(log, () => note(env, log, now));
  } catch (error) {
    console.error('looking for what waits for the audit logs', { error: String(error) });
  }
}

async function deliverTo(env: Env, log: string, overdue: number, now: number): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const waiting = await overdueEntries(env.DB, log, overdue, AT_ONCE);
    if (waiting.length === 0) return;
    await deliverAudit(env, waiting, now);
  }
}

async function note(env: Env, log: string, now: number): Promise<void> {
  const head = await auditLogOf(env, log).head();
  if (head.seq > 0) await noteHead(env.DB, log, head, now);
}

async function tried(log: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error('an audit log could not be reached', { log, error: String(error) });
  }
}
