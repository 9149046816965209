import type { CarrierName, Line } from '../domain/calls/firing.ts';
import type { TriggerRules } from '../domain/triggers/trigger-rules.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';
import { Recent } from './recent.ts';
import { RULES_COLUMNS, type RulesRow, rulesFrom } from './trigger-rules-row.ts';

export interface Trigger {
  id: string;
  /** The secret part of its address. */
  token: string;
  practiceId: string;
  line: Line;
  useCase: UseCase;
  /** BCP 47. */
  language: string;
  /** Ready to send. */
  text: string;
  isOn: boolean;
  rules: TriggerRules;
  /** Null: recognised by the shape of its requests. */
  phoneSystem: string | null;
  /** Found by the address before the last rotation. */
  isOldAddress: boolean;
  /** Why the address that it was found by no longer fires it; null while it does. */
  ended: 'revoked' | 'replaced' | null;
}

interface TriggerRow extends RulesRow {
  id: string;
  token: string;
  practice_id: string;
  line_id: string;
  line_name: string;
  line_number: string;
  carrier: CarrierName;
  segments_per_second: number;
  looks_up_line_type: 0 | 1;
  use_case: UseCase;
  language: string;
  text: string;
  is_on: 0 | 1;
  phone_system: string | null;
  revoked_at: number | null;
  previous_until: number | null;
}

const SELECT = `SELECT t.id, t.token, t.use_case, t.language, t.text, t.is_on,
    ${RULES_COLUMNS}, t.phone_system, t.revoked_at, t.previous_until,
    l.practice_id, l.id AS line_id, l.name AS line_name, l.number AS line_number, l.carrier,
    l.segments_per_second, l.looks_up_line_type
  FROM triggers t JOIN lines l ON l.id = t.line_id`;

const MAX_TOKEN_LENGTH = 128;

const found = new Recent<Trigger>();
// Apart, so that made-up tokens push out nothing but each other.
const missed = new Recent<true>();

/** Null where no trigger has had this token of late. At most 10 s old. */
export async function triggerByToken(
  db: D1Database,
  token: string,
  now = Date.now(),
): Promise<Trigger | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const recent = found.find(token, now);
  if (recent !== undefined) return recent;
  if (missed.find(token, now)) return null;
  const row = await db
    .prepare(`${SELECT} WHERE t.token = ?1 OR t.previous_token = ?1`)
    .bind(token)
    .first<TriggerRow>();
  if (row === null) {
    missed.keep(token, true, now);
    return null;
  }
  const trigger = foundBy(token, row, now);
  found.keep(token, trigger, now);
  return trigger;
}

/** The live triggers of a line. */
export async function triggersOfLine(db: D1Database, lineId: string): Promise<Trigger[]> {
  const { results } = await db
    .prepare(`${SELECT} WHERE t.revoked_at IS NULL AND t.line_id = ? ORDER BY t.use_case, t.language`)
    .bind(lineId)
    .all<TriggerRow>();
  return results.map(triggerFrom);
}

/** For whoever has just changed a trigger; other isolates notice within 10 s. */
export function forgetTriggers(): void {
  found.clear();
  missed.clear();
}

function foundBy(token: string, row: TriggerRow, now: number): Trigger {
  const isOldAddress = row.token !== token;
  const isReplaced = isOldAddress && (row.previous_until ?? 0) <= now;
  const ended = row.revoked_at !== null ? 'revoked' : isReplaced ? 'replaced' : null;
  return { ...triggerFrom(row), isOldAddress, ended };
}

function triggerFrom(row: TriggerRow): Trigger {
  return {
    id: row.id,
    token: row.token,
    practiceId: row.practice_id,
    line: {
      id: row.line_id,
      name: row.line_name,
      number: row.line_number,
      carrier: row.carrier,
      segmentsPerSecond: row.segments_per_second,
      looksUpLineType: row.looks_up_line_type === 1,
    },
    useCase: row.use_case,
    language: row.language,
    text: row.text,
    isOn: row.is_on === 1,
    rules: rulesFrom(row),
    phoneSystem: row.phone_system,
    isOldAddress: false,
    ended: null,
  };
}
