import type { TriggerRules } from './trigger-rules.ts';

/** All that people change about a trigger, each by itself. */
export type TriggerSettings = { text: string; isOn: boolean; phoneSystem: string | null } & TriggerRules;

export type EditResult =
  | { is: 'same' }
  | { is: 'changed'; settings: TriggerSettings }
  /** Somebody else changed these since they were looked at. */
  | { is: 'conflict'; fields: (keyof TriggerSettings)[] };

/**
 * What becomes of settings when `wanted` is asked for by somebody who had `seen` before them. What is wanted
 * already is no conflict: an answer was lost, or two people agree.
 */
export function editSettings(
  current: TriggerSettings,
  wanted: Partial<TriggerSettings>,
  seen: Partial<TriggerSettings>,
): EditResult {
  const asked = (Object.keys(wanted) as (keyof TriggerSettings)[]).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== current[field],
  );
  if (asked.length === 0) return { is: 'same' };
  const fields = asked.filter((field) => seen[field] !== current[field]);
  if (fields.length > 0) return { is: 'conflict', fields };
  const changes = Object.fromEntries(asked.map((field) => [field, wanted[field]]));
  return { is: 'changed', settings: { ...current, ...changes } };
}
