import type { WentLive } from '../domain/triggers/managed-trigger.ts';
import type { TriggerSettings } from '../domain/triggers/trigger-edits.ts';
import type { TriggerRules } from '../domain/triggers/trigger-rules.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';
import { RULES_COLUMNS, type RulesRow, rulesFrom } from './trigger-rules-row.ts';

/** A live trigger with all that people set, and the secrets that only some of them may see. */
export interface StoredTrigger {
  id: string;
  line: { id: string; name: string; number: string };
  useCase: UseCase;
  language: string;
  text: string;
  isOn: boolean;
  rules: TriggerRules;
  phoneSystem: string | null;
  token: string;
  previousUntil: number | null;
  wentLive: WentLive | null;
}

interface StoredRow extends RulesRow {
  id: string;
  line_id: string;
  line_name: string;
  line_number: string;
  use_case: UseCase;
  language: string;
  text: string;
  is_on: 0 | 1;
  phone_system: string | null;
  token: string;
  previous_until: number | null;
  went_live: string | null;
}

const SELECT = `SELECT t.id, t.use_case, t.language, t.text, t.is_on, ${RULES_COLUMNS}, t.phone_system,
    t.token, t.previous_until, t.went_live, l.id AS line_id, l.name AS line_name, l.number AS line_number
  FROM triggers t JOIN lines l ON l.id = t.line_id
  WHERE l.practice_id = ? AND t.revoked_at IS NULL`;

export async function triggersOfPractice(db: D1Database, practiceId: string): Promise<StoredTrigger[]> {
  const { results } = await db
    .prepare(`${SELECT} ORDER BY l.name, l.id, t.use_case DESC, t.language`)
    .bind(practiceId)
    .all<StoredRow>();
  return results.map(storedFrom);
}

/** Null where the practice has none such, or it was revoked. */
export async function triggerOfPractice(
  db: D1Database,
  practiceId: string,
  triggerId: string,
): Promise<StoredTrigger | null> {
  const row = await db.prepare(`${SELECT} AND t.id = ?`).bind(practiceId, triggerId).first<StoredRow>();
  return row === null ? null : storedFrom(row);
}

function storedFrom(row: StoredRow): StoredTrigger {
  return {
    id: row.id,
    line: { id: row.line_id, name: row.line_name, number: row.line_number },
    useCase: row.use_case,
    language: row.language,
    text: row.text,
    isOn: row.is_on === 1,
    rules: rulesFrom(row),
    phoneSystem: row.phone_system,
    token: row.token,
    previousUntil: row.previous_until,
    wentLive: row.went_live === null ? null : (JSON.parse(row.went_live) as WentLive),
  };
}

/** What people change about it. */
export function settingsOf({ text, isOn, phoneSystem, rules }: StoredTrigger): TriggerSettings {
  return { text, isOn, phoneSystem, ...rules };
}
