import type { WentLive } from '../domain/triggers/managed-trigger.ts';
import { type EditResult, editSettings, type TriggerSettings } from '../domain/triggers/trigger-edits.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';
import { type StoredTrigger, settingsOf, triggerOfPractice } from './managed-triggers.ts';
import { newSecret } from './secret.ts';
import { forgetTriggers } from './triggers.ts';

/** What people do to triggers. Each change is one statement that takes effect only if nobody else came first. */

export interface NewTrigger {
  id: string;
  lineId: string;
  useCase: UseCase;
  language: string;
  text: string;
  isOn: boolean;
}

/** False where the line already has a live one for this use case and language. */
export async function createTrigger(
  db: D1Database,
  trigger: NewTrigger,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { id, lineId, useCase, language, text, isOn } = trigger;
  const statement = db
    .prepare(
      `INSERT INTO triggers (id, line_id, use_case, language, token, text, is_on)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM triggers
         WHERE line_id = ?2 AND use_case = ?3 AND language = ?4 AND revoked_at IS NULL)`,
    )
    .bind(id, lineId, useCase, language, newSecret(), text, isOn ? 1 : 0);
  return isChangedBy(db, statement, entry);
}

/** In effect everywhere within 10 s, here at once. */
async function isChangedBy(
  db: D1Database,
  statement: D1PreparedStatement,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [changed] = await db.batch([statement, entry]);
  forgetTriggers();
  return (changed?.meta.changes ?? 0) > 0;
}

type Edited = Exclude<EditResult, { is: 'changed' }> | { is: 'changed' } | { is: 'gone' };

/** As often as others come first; each time the outcome is decided anew. */
const MAX_TRIES = 5;

export async function editTrigger(
  db: D1Database,
  practiceId: string,
  triggerId: string,
  edit: { wanted: Partial<TriggerSettings>; seen: Partial<TriggerSettings> },
  entry: (before: TriggerSettings, after: TriggerSettings) => D1PreparedStatement,
): Promise<Edited> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stored = await triggerOfPractice(db, practiceId, triggerId);
    if (stored === null) return { is: 'gone' };
    const before = settingsOf(stored);
    const result = editSettings(before, edit.wanted, edit.seen);
    if (result.is !== 'changed') return result;
    const statement = replaceStatement(db, triggerId, before, result.settings);
    if (await isChangedBy(db, statement, entry(before, result.settings))) return { is: 'changed' };
  }
  return { is: 'conflict', fields: [] };
}

function replaceStatement(
  db: D1Database,
  triggerId: string,
  before: TriggerSettings,
  after: TriggerSettings,
): D1PreparedStatement {
  const columns = [...COLUMNS.keys()];
  return db
    .prepare(
      `UPDATE triggers SET ${columns.map((column) => `${column} = ?`).join(', ')}
       WHERE id = ? AND revoked_at IS NULL AND ${columns.map((column) => `${column} IS ?`).join(' AND ')}`,
    )
    .bind(...valuesOf(after), triggerId, ...valuesOf(before));
}

const COLUMNS = new Map<string, keyof TriggerSettings>([
  ['text', 'text'],
  ['is_on', 'isOn'],
  ['phone_system', 'phoneSystem'],
  ['cooldown_minutes', 'cooldownMinutes'],
  ['live_minutes', 'liveMinutes'],
  ['hold_seconds', 'holdSeconds'],
  ['hours_rule', 'hoursRule'],
  ['closed_text', 'closedText'],
]);

function valuesOf(settings: TriggerSettings): (string | number | null)[] {
  return [...COLUMNS.values()].map((field) => {
    const value = settings[field];
    return typeof value === 'boolean' ? Number(value) : value;
  });
}

/** The old address works until `previousUntil`. False where it is no longer `token`: somebody came first. */
export async function rotateToken(
  db: D1Database,
  { id, token }: Pick<StoredTrigger, 'id' | 'token'>,
  previousUntil: number,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const statement = db
    .prepare(
      `UPDATE triggers SET token = ?, previous_token = token, previous_until = ?
       WHERE id = ? AND token = ? AND revoked_at IS NULL`,
    )
    .bind(newSecret(), previousUntil, id, token);
  return isChangedBy(db, statement, entry);
}

/** Both addresses end at once, and never come to mean another trigger. */
export async function revokeTrigger(
  db: D1Database,
  triggerId: string,
  now: number,
  entry: D1PreparedStatement,
): Promise<void> {
  const statement = db
    .prepare('UPDATE triggers SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
    .bind(now, triggerId);
  await isChangedBy(db, statement, entry);
}

/** Records who answers for it, and switches it on. The first one stays. */
export async function recordLive(
  db: D1Database,
  triggerId: string,
  live: WentLive,
  entry: D1PreparedStatement,
): Promise<void> {
  const statement = db
    .prepare(
      `UPDATE triggers SET went_live = ?, is_on = 1
       WHERE id = ? AND went_live IS NULL AND revoked_at IS NULL`,
    )
    .bind(JSON.stringify(live), triggerId);
  await isChangedBy(db, statement, entry);
}
