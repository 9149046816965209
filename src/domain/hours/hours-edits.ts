import { isSameJson } from '../text/same-json.ts';
import type { HoursSetting } from './after-hours.ts';

export type HoursPart = keyof HoursSetting;

export type HoursEdit =
  | { is: 'same' }
  | { is: 'changed'; hours: HoursSetting }
  /** Somebody else changed these since they were looked at. */
  | { is: 'conflict'; parts: HoursPart[] };

const PARTS: readonly HoursPart[] = ['timeZone', 'week', 'holidays', 'afterHoursReply'];

/**
 * What becomes of hours when `wanted` is asked for by somebody who had `seen` before them; null stands for none.
 * Who changed the week loses nothing to who changed the holidays.
 */
export function editHours(
  current: HoursSetting | null,
  wanted: HoursSetting,
  seen: HoursSetting | null,
): HoursEdit {
  if (isSameJson(current, wanted)) return { is: 'same' };
  if (isSameJson(current, seen)) return { is: 'changed', hours: wanted };
  if (current === null || seen === null) return { is: 'conflict', parts: [...PARTS] };
  const asked = PARTS.filter(
    (part) => !isSameJson(wanted[part], seen[part]) && !isSameJson(wanted[part], current[part]),
  );
  const parts = asked.filter((part) => !isSameJson(seen[part], current[part]));
  if (parts.length > 0) return { is: 'conflict', parts };
  if (asked.length === 0) return { is: 'same' };
  return {
    is: 'changed',
    hours: { ...current, ...Object.fromEntries(asked.map((part) => [part, wanted[part]])) },
  };
}
