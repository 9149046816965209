import { env } from 'cloudflare:workers';
import { ENTERPRISE_LOG } from '../src/domain/audit/audit-entry.ts';
import { inboxOf } from './durable/firing.ts';
import { emptyData } from './empty-data.ts';
import { auditEntries } from './journeys/audit-entries.ts';

/** One isolate runs many files: each begins with the bindings as they are configured, and with nothing stored. */
const configured = globalThis as { bindings?: Record<string, unknown> };
configured.bindings ??= { ...env };
for (const name of Object.keys(env)) if (!(name in configured.bindings)) Reflect.deleteProperty(env, name);
Object.assign(env, configured.bindings);
do await emptyData();
while (await hasLeftovers());

/** `reset` may pass over an object that is at work in that moment, as it may over a database. */
async function hasLeftovers(): Promise<boolean> {
  const logs = await Promise.all([ENTERPRISE_LOG, 'lakeside', 'harbor'].map((log) => auditEntries(log)));
  const everything = { filter: null, triggerId: null, typed: '', sight: 'whole', after: null } as const;
  const { activity } = await inboxOf().activityPage(everything);
  const { conversations } = await inboxOf().page('open', '', null);
  return [...logs, activity, conversations].some((found) => found.length > 0);
}
