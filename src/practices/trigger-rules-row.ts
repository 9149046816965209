import type { HoursRule, TriggerRules } from '../domain/triggers/trigger-rules.ts';

export interface RulesRow {
  cooldown_minutes: number;
  live_minutes: number;
  hold_seconds: number;
  hours_rule: HoursRule;
  closed_text: string | null;
}

/** Of a table named `t`. */
export const RULES_COLUMNS =
  't.cooldown_minutes, t.live_minutes, t.hold_seconds, t.hours_rule, t.closed_text';

export function rulesFrom(row: RulesRow): TriggerRules {
  return {
    cooldownMinutes: row.cooldown_minutes,
    liveMinutes: row.live_minutes,
    holdSeconds: row.hold_seconds,
    hoursRule: row.hours_rule,
    closedText: row.closed_text,
  };
}
