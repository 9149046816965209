import type { HoursSetting } from '../domain/hours/after-hours.ts';
import type {
  Configuration,
  ConfigurationPlan,
  ConfiguredTrigger,
  LinePlan,
} from '../domain/practice/configuration.ts';
import type { SmartPhrase } from '../domain/words/phrase-edits.ts';
import { forgetHours } from './hours.ts';
import { forgetLines } from './lines.ts';
import { newSecret } from './secret.ts';
import { forgetTriggers } from './triggers.ts';
import { forgetWaiting, waitingStatement } from './waiting.ts';

/** The writing of a whole configuration in one transaction: all of it or nothing. */

export interface ConfigurationChange {
  practiceId: string;
  /** Of the practice as it was when the plan was made. */
  version: number;
  file: Configuration;
  plan: ConfigurationPlan;
  /** All of the practice's as they are afterwards. */
  phrases: SmartPhrase[];
  /** Of quick responses, where any change; the first one changes nothing where somebody else came first. */
  responses: readonly D1PreparedStatement[];
  /** Whether new triggers text at once. */
  isOn: boolean;
  entry: D1PreparedStatement;
}

/** False where somebody else changed the practice, its lines or quick responses meanwhile; then nothing is written. */
export async function applyConfiguration(db: D1Database, change: ConfigurationChange): Promise<boolean> {
  const { practiceId, version, file, plan, phrases, responses, isOn, entry } = change;
  const { name, kind, timeZone, mainNumber } = file.practice;
  const [first, ...others] = responses;
  try {
    await db.batch([
      db
        .prepare(
          `UPDATE practices SET name = ?, kind = ?, time_zone = ?, main_number = ?, version = version + 1
           WHERE id = ? AND version = ? AND archived_at IS NULL`,
        )
        .bind(name, kind, timeZone, mainNumber, practiceId, version),
      entry,
      ...unlessChanged(db, 'entry'),
      ...(file.hours === null ? [] : [hoursStatement(db, 'practice', practiceId, file.hours)]),
      ...(file.waiting === null ? [] : [waitingStatement(db, practiceId, file.waiting)]),
      ...plan.lines.flatMap((line) => lineStatements(db, practiceId, line, isOn)),
      phrasesStatement(db, practiceId, phrases),
      ...(first === undefined ? [] : [first, ...unlessChanged(db, 'responses'), ...others]),
    ]);
    return true;
  } catch (error) {
    if (String(error).includes('malformed JSON')) return false;
    throw error;
  } finally {
    forgetLines();
    forgetHours();
    forgetTriggers();
    forgetWaiting();
  }
}

/** A statement fails, and with it the whole transaction, where the one before it changed nothing. */
function unlessChanged(db: D1Database, what: string): D1PreparedStatement[] {
  return [db.prepare(`SELECT CASE WHEN changes() = 0 THEN json(?) END`).bind(`nothing changed: ${what}`)];
}

function lineStatements(
  db: D1Database,
  practiceId: string,
  { id, isSameNumber, file }: LinePlan,
  isOn: boolean,
): D1PreparedStatement[] {
  const lineId = id ?? crypto.randomUUID();
  const { name, number, carrier, mainNumber, segmentsPerSecond, looksUpLineType } = file;
  const added = db
    .prepare(
      `INSERT INTO lines (id, practice_id, name, number, carrier, main_number, segments_per_second, looks_up_line_type)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(lineId, practiceId, name, number, carrier, mainNumber, segmentsPerSecond, Number(looksUpLineType));
  const changed = db
    .prepare(
      `UPDATE lines SET name = ?, main_number = ?, segments_per_second = ?, looks_up_line_type = ?,
         version = version + 1 WHERE id = ? AND practice_id = ?`,
    )
    .bind(name, mainNumber, segmentsPerSecond, Number(looksUpLineType), lineId, practiceId);
  return [
    ...(id === null ? [added] : isSameNumber ? [changed] : []),
    file.hours === null
      ? db.prepare('DELETE FROM line_hours WHERE line_id = ?').bind(lineId)
      : hoursStatement(db, 'line', lineId, file.hours),
    ...file.triggers.flatMap((trigger) => triggerStatements(db, lineId, trigger, isOn)),
  ];
}

/** One that is there keeps its address, and whether it is on. */
function triggerStatements(
  db: D1Database,
  lineId: string,
  { useCase, language, text, phoneSystem, rules }: ConfiguredTrigger,
  isOn: boolean,
): D1PreparedStatement[] {
  const { cooldownMinutes, liveMinutes, holdSeconds, hoursRule, closedText } = rules;
  const said = [text, phoneSystem, cooldownMinutes, liveMinutes, holdSeconds, hoursRule, closedText];
  return [
    db
      .prepare(
        `UPDATE triggers SET text = ?, phone_system = ?, cooldown_minutes = ?, live_minutes = ?, hold_seconds = ?,
           hours_rule = ?, closed_text = ?
         WHERE line_id = ? AND use_case = ? AND language = ? AND revoked_at IS NULL`,
      )
      .bind(...said, lineId, useCase, language),
    db
      .prepare(
        `INSERT INTO triggers (text, phone_system, cooldown_minutes, live_minutes, hold_seconds, hours_rule,
           closed_text, id, line_id, use_case, language, token, is_on)
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE changes() = 0`,
      )
      .bind(...said, crypto.randomUUID(), lineId, useCase, language, newSecret(), isOn ? 1 : 0),
  ];
}

function hoursStatement(
  db: D1Database,
  of: 'practice' | 'line',
  id: string,
  hours: HoursSetting,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO ${of}_hours (${of}_id, hours) VALUES (?, ?)
       ON CONFLICT (${of}_id) DO UPDATE SET hours = excluded.hours`,
    )
    .bind(id, JSON.stringify(hours));
}

function phrasesStatement(db: D1Database, practiceId: string, phrases: SmartPhrase[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO practice_smart_phrases (practice_id, phrases) VALUES (?, ?)
       ON CONFLICT (practice_id) DO UPDATE SET phrases = excluded.phrases`,
    )
    .bind(practiceId, JSON.stringify(phrases));
}
