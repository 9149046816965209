import type { Waited, WaitingClock } from '../../../src/domain/waiting/waiting-clock.ts';
import { formatListTime, formatUntil, formatWeekdayTime } from '../../design/format.ts';

export interface WaitWords {
  stage: Waited['stage'];
  /** Said by its shape as well as by its colour. */
  icon: 'clock' | 'alert';
  /** For a row: "12 min", "due in 2 min", "over by 5 min", "opens 8:00 AM". */
  short: string;
  /** All of it, in a sentence. */
  full: string;
}

export function waitWords(
  { minutes, stage, isOpen, opensAt }: Waited,
  { targetMinutes, known, open }: Pick<WaitingClock, 'targetMinutes' | 'known' | 'open'>,
  since: number,
  now: number,
  timeZone: string,
): WaitWords {
  const icon = stage === 'over' ? 'alert' : 'clock';
  // Of what lies before nothing is known: too long in any case.
  if (open !== null && since < known.from) {
    const day = formatListTime(since, now, timeZone);
    return { stage: 'over', icon: 'alert', short: `since ${day}`, full: `Waiting since ${day}` };
  }
  const late = lateWords(minutes, targetMinutes, stage);
  if (isOpen) {
    const waiting = minutes === 0 ? 'Waiting for less than a minute' : `Waiting ${minutesWords(minutes)}`;
    const short = late ?? (minutes === 0 ? 'just now' : minutesWords(minutes));
    return { stage, icon, short, full: late === null ? waiting : `${waiting}, ${late}` };
  }
  const opens = opensAt === null ? 'closed' : `opens ${formatUntil(opensAt, now, timeZone)}`;
  const begun = `Waits since ${formatWeekdayTime(since, timeZone)}`;
  if (stage !== 'over' || late === null) return { stage, icon, short: opens, full: `${begun}, ${opens}` };
  return { stage, icon, short: late, full: `${begun}, ${late}, ${opens}` };
}

/** Null where there is time. */
function lateWords(minutes: number, target: number, stage: Waited['stage']): string | null {
  switch (stage) {
    case 'in-time':
      return null;
    case 'near':
      return minutes >= target ? 'due now' : `due in ${minutesWords(target - minutes)}`;
    case 'over':
      return `over by ${minutesWords(minutes - target)}`;
  }
}

/** Hours in which it was open; days would be none that anybody knows. */
export function minutesWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${rest} min`;
}
