import { STARTER_RED_FLAGS } from './starter-red-flags.ts';

/** How long callers may wait before somebody is told, and which words do not wait at all. */
export interface WaitingSettings {
  /** All of them in minutes during which it is open. */
  targetMinutes: number;
  /** Then all staff are told, whosever conversation it is; null for never. */
  everyoneMinutes: number | null;
  /** Then the managers are told; null for never. */
  managersMinutes: number | null;
  /** Where a caller waits and whose conversation it is has gone, or is not here, it becomes anybody's again. */
  returnsToQueue: boolean;
  /** By language, BCP 47. All of them are looked for in every text: callers mix languages. */
  redFlags: Record<string, string[]>;
  /** By language: what a text with such words is told while it is closed. None: nothing. */
  emergencyText: Record<string, string>;
}

/** What holds where nobody has set any. */
export const DEFAULT_WAITING: WaitingSettings = {
  targetMinutes: 10,
  everyoneMinutes: 30,
  managersMinutes: 60,
  returnsToQueue: true,
  redFlags: Object.fromEntries(
    Object.entries(STARTER_RED_FLAGS).map(([language, list]) => [language, [...list]]),
  ),
  emergencyText: {
    en: 'If this is an emergency, call 911.',
    es: 'Si es una emergencia, llame al 911.',
  },
};

/** A week of long days; no promise is made for longer. */
export const MAX_WAITING_MINUTES = 10_080;

/** Longest emergency wording, in UTF-16 units: one text of its own. */
export const MAX_EMERGENCY_LENGTH = 160;

/** Of all languages. */
export function phrasesOf({ redFlags }: Pick<WaitingSettings, 'redFlags'>): string[] {
  return Object.values(redFlags).flat();
}

/** What does not fit together, by the field that is wrong. */
export function waitingFault({
  targetMinutes,
  everyoneMinutes,
  managersMinutes,
}: WaitingSettings): { field: 'everyoneMinutes' | 'managersMinutes'; message: string } | null {
  if (everyoneMinutes !== null && everyoneMinutes < targetMinutes)
    return { field: 'everyoneMinutes', message: 'tell everybody no earlier than at the target' };
  if (managersMinutes !== null && managersMinutes < (everyoneMinutes ?? targetMinutes))
    return {
      field: 'managersMinutes',
      message: 'tell the managers no earlier than everybody, and than at the target',
    };
  return null;
}
