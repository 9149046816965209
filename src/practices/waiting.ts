import { redFlagFinder } from '../domain/waiting/red-flags.ts';
import type { WaitingRules } from '../domain/waiting/waiting-rules.ts';
import { DEFAULT_WAITING, phrasesOf, type WaitingSettings } from '../domain/waiting/waiting-settings.ts';
import { countedHours } from './hours.ts';
import { Recent } from './recent.ts';

/** What a text in is looked at for. */
export interface RedFlags {
  find: ReturnType<typeof redFlagFinder>;
  emergencyText: Record<string, string>;
}

/** What its inbox needs to know. */
export async function waitingRulesOf(db: D1Database, practiceId: string): Promise<WaitingRules> {
  const [{ settings }, hours] = await Promise.all([waitingOf(db, practiceId), countedHours(db, practiceId)]);
  const { targetMinutes, everyoneMinutes, managersMinutes, returnsToQueue } = settings;
  return { targetMinutes, everyoneMinutes, managersMinutes, returnsToQueue, hours };
}

const recentFlags = new Recent<RedFlags>();

/** At most 10 s old: D1 stays off the way of a text. */
export async function redFlagsOf(db: D1Database, practiceId: string, now = Date.now()): Promise<RedFlags> {
  const recent = recentFlags.find(practiceId, now);
  if (recent !== undefined) return recent;
  const { settings } = await waitingOf(db, practiceId);
  const flags = { find: redFlagFinder(phrasesOf(settings)), emergencyText: settings.emergencyText };
  recentFlags.keep(practiceId, flags, now);
  return flags;
}

/** For whoever has just changed them; other isolates notice within 10 s. */
export function forgetWaiting(): void {
  recentFlags.clear();
}

/** Version 0: nobody has set any. */
export async function waitingOf(
  db: D1Database,
  practiceId: string,
): Promise<{ settings: WaitingSettings; version: number }> {
  const row = await db
    .prepare('SELECT settings, version FROM practice_waiting WHERE practice_id = ?')
    .bind(practiceId)
    .first<{ settings: string; version: number }>();
  if (row === null) return { settings: DEFAULT_WAITING, version: 0 };
  // What was set before there was such a choice lacks it.
  const settings: WaitingSettings = { ...DEFAULT_WAITING, ...JSON.parse(row.settings) };
  return { settings, version: row.version };
}

/** False where `version` is no longer what is there. */
export async function setWaiting(
  db: D1Database,
  practiceId: string,
  { settings, version }: { settings: WaitingSettings; version: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const statement =
    version === 0
      ? db.prepare(
          `INSERT INTO practice_waiting (practice_id, settings, version) VALUES (?1, ?2, ?3 + 1)
           ON CONFLICT DO NOTHING`,
        )
      : db.prepare(
          `UPDATE practice_waiting SET settings = ?2, version = ?3 + 1
           WHERE practice_id = ?1 AND version = ?3`,
        );
  const [changed] = await db.batch([statement.bind(practiceId, JSON.stringify(settings), version), entry]);
  forgetWaiting();
  return (changed?.meta.changes ?? 0) > 0;
}

/** Whatever is there is replaced: for a file of how a practice is set up. */
export function waitingStatement(
  db: D1Database,
  practiceId: string,
  settings: WaitingSettings,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO practice_waiting (practice_id, settings, version) VALUES (?, ?, 1)
       ON CONFLICT (practice_id) DO UPDATE SET settings = excluded.settings, version = version + 1`,
    )
    .bind(practiceId, JSON.stringify(settings));
}
