import { ENTERPRISE_LOG, type NewAuditEntry } from '../domain/audit/audit-entry.ts';
import type { Practice } from '../domain/people/signed-in.ts';
import { isDueAt } from '../domain/practice/retention.ts';
import type { Env } from '../env.ts';
import { forgetLinks } from '../practices/patient-links.ts';
import { practices } from '../practices/practices.ts';
import { deletionRun, isHeld, keepingOf, noteRun, type StoredRun } from '../practices/retention.ts';
import { auditLogOf } from '../routes/audit/deliver-audit.ts';
import { conversationWithId } from '../routes/conversations/conversation-address.ts';

const DAY_MS = 86_400_000;
/** Deleted between two notes of how far it has come. */
const AT_ONCE = 50;
/** No batch is begun after that: one run of the scheduled job ends before the next. */
const RUN_MS = 4 * 60_000;

/**
 * Every night, practice by practice: conversations whose time is over, then activity and audit entries. What is on
 * hold stays. Cut off anywhere, it goes on there the next time; a conversation that went without the inbox having
 * heard of it is gone already, and the inbox hears of it then. Never throws.
 */
export async function deletePast(env: Env, now: number): Promise<void> {
  try {
    const until = Date.now() + RUN_MS;
    for (const practice of await practices(env.DB)) {
      await deletePastOf(env, practice, now, until).catch((error: unknown) => {
        console.error('deleting what is past its time', { practice: practice.id, error: String(error) });
      });
    }
    const { auditDays } = await keepingOf(env.DB, ENTERPRISE_LOG, ENTERPRISE_LOG);
    await pruneAudit(env, ENTERPRISE_LOG, now - auditDays * DAY_MS);
  } catch (error) {
    console.error('deleting what is past its time', { error: String(error) });
  }
}

async function deletePastOf(env: Env, practice: Practice, now: number, until: number): Promise<void> {
  const last = await deletionRun(env.DB, practice.id);
  const isUnderWay = last !== null && last.endedAt === null;
  if (!isUnderWay && !isDueAt(now, practice.timeZone, last?.beganAt ?? null)) return;
  const keeping = await keepingOf(env.DB, practice.id, ENTERPRISE_LOG);
  const before = keeping.conversationDays === 0 ? 0 : now - keeping.conversationDays * DAY_MS;
  let run: StoredRun = isUnderWay
    ? // Somebody may want to keep more since it began.
      { ...last, before: Math.min(last.before, before) }
    : { beganAt: now, endedAt: null, before, lookedTo: '', deleted: 0, held: 0, failed: 0 };
  await noteRun(env.DB, practice.id, run);
  for (let isAll = run.before === 0; !isAll; ) {
    if (Date.now() > until) return;
    ({ run, isAll } = await deleteSome(env, practice.id, run));
    await noteRun(env.DB, practice.id, run);
  }
  const inbox = env.INBOX.get(env.INBOX.idFromName(practice.id));
  while ((await inbox.keepActivity(keeping.activityDays)).isMore) if (Date.now() > until) return;
  // A hold on all of a practice is one on what was done there as well.
  if (!(await isHeld(env.DB, practice.id, null)))
    await pruneAudit(env, practice.id, now - keeping.auditDays * DAY_MS);
  await noteRun(env.DB, practice.id, { ...run, endedAt: Date.now() });
}

async function deleteSome(
  env: Env,
  practiceId: string,
  run: StoredRun,
): Promise<{ run: StoredRun; isAll: boolean }> {
  const inbox = env.INBOX.get(env.INBOX.idFromName(practiceId));
  const { ids, lookedTo } = await inbox.past(run.before, run.lookedTo, AT_ONCE);
  const gone: { id: string; version: number }[] = [];
  let { held, failed } = run;
  for (const id of ids) {
    try {
      // Asked right before, so that a hold counts from the moment in which it is put.
      if (await isHeld(env.DB, practiceId, id)) held += 1;
      else gone.push(...(await deleteOne(env, id, run.before)));
    } catch (error) {
      failed += 1;
      console.error('a conversation could not be deleted', { conversation: id, error: String(error) });
    }
  }
  if (gone.length > 0) {
    await auditLogOf(env, practiceId).append(gone.map(({ id }) => deletedEntry(id, run.beganAt)));
    await forgetLinks(
      env.DB,
      gone.map(({ id }) => id),
    );
    await inbox.forget(gone);
  }
  const deleted = run.deleted + gone.length;
  return { run: { ...run, deleted, held, failed, lookedTo: lookedTo ?? '' }, isAll: lookedTo === null };
}

async function deleteOne(env: Env, id: string, before: number): Promise<{ id: string; version: number }[]> {
  const result = await conversationWithId(env, id)?.deletePast(before);
  if (result === undefined || result.outcome === 'kept') return [];
  return [{ id, version: result.version }];
}

async function pruneAudit(env: Env, log: string, before: number): Promise<void> {
  while ((await auditLogOf(env, log).prune(before)) > 0);
}

/** The same one again is nothing new. */
function deletedEntry(conversationId: string, beganAt: number): NewAuditEntry {
  return {
    id: `deleted-${conversationId}-${beganAt}`,
    at: beganAt,
    who: { is: 'system' },
    from: { address: null, browser: null },
    action: 'conversation-deleted',
    subject: { is: 'conversation', id: conversationId, label: conversationId.slice(0, 8) },
    before: null,
    after: null,
  };
}
