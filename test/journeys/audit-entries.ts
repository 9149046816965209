import { env } from 'cloudflare:workers';
import type { AuditEntry } from '../../src/domain/audit/audit-entry.ts';

/** All that an audit log holds, oldest first. */
export async function auditEntries(log = 'lakeside'): Promise<AuditEntry[]> {
  const stub = env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName(log));
  const all = { words: null, actionsMeant: [], actions: null, from: null, to: null };
  const entries: AuditEntry[] = [];
  for (let before: number | null = null; ; ) {
    const page = await stub.page({ ...all, before });
    entries.push(...page.entries);
    if (page.nextCursor === null) return entries.reverse();
    before = page.nextCursor;
  }
}

/** Who did what to what, in short. */
export async function auditedIn(log = 'lakeside'): Promise<string[]> {
  return (await auditEntries(log)).map(({ who, action, subject }) => {
    const name = who.is === 'staff' || who.is === 'api-key' ? who.name : who.is;
    return `${name}: ${action}, ${subject.label}`;
  });
}
