import { openingAt } from './opening-hours.ts';
import type { Schedule } from './schedule.ts';

export interface AfterHoursReply {
  isOn: boolean;
  /** By language, BCP 47. */
  text: Record<string, string>;
}

export interface Hours {
  schedule: Schedule;
  afterHoursReply: AfterHoursReply;
}

/** As people set them. Without a time zone of their own they go by that of the practice. */
export interface HoursSetting {
  timeZone: string | null;
  week: Schedule['week'];
  holidays: Schedule['holidays'];
  afterHoursReply: AfterHoursReply;
}

/** What holds for all who write in one closed period, whatever their language. */
export interface AfterHours {
  text: Record<string, string>;
  /** Names the closed period: nobody gets a second reply in the same one. */
  closedSince: number;
}

/** Null while it is open, and where the practice wants no reply. A holiday's own text beats the usual one. */
export function afterHoursAt({ schedule, afterHoursReply }: Hours, now: number): AfterHours | null {
  if (!afterHoursReply.isOn) return null;
  const opening = openingAt(schedule, now);
  if (opening.isOpen) return null;
  const { closedSince, holiday } = opening;
  return { text: holiday?.text ?? afterHoursReply.text, closedSince };
}

/**
 * What somebody who writes that it cannot wait is told while it is closed, also where the practice wants no reply
 * otherwise. Null while it is open, and where there is nothing to tell.
 */
export function emergencyAt(
  { schedule }: Hours,
  text: Record<string, string>,
  now: number,
): AfterHours | null {
  if (Object.keys(text).length === 0) return null;
  const opening = openingAt(schedule, now);
  return opening.isOpen ? null : { text, closedSince: opening.closedSince };
}

/** What a caller who writes in this language would get. */
export function afterHoursReplyFor(
  hours: Hours,
  language: string,
  now: number,
): { text: string; closedSince: number } | null {
  const afterHours = afterHoursAt(hours, now);
  const text = afterHours === null ? null : textIn(afterHours.text, language);
  return afterHours === null || text === null ? null : { text, closedSince: afterHours.closedSince };
}

/** The language itself, the one it is a form of (`es` for `es-MX`), English, any. Null only where there is none. */
export function textIn(texts: Record<string, string>, language: string): string | null {
  const byLanguage = new Map(Object.entries(texts).map(([tag, text]) => [tag.toLowerCase(), text]));
  const exact = language.toLowerCase();
  const [base = exact] = exact.split('-');
  const [first] = byLanguage.values();
  return byLanguage.get(exact) ?? byLanguage.get(base) ?? byLanguage.get('en') ?? first ?? null;
}
