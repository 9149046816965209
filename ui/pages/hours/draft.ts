import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import {
  MAX_AFTER_HOURS_LENGTH,
  MAX_HOLIDAYS,
  MAX_SPANS_A_DAY,
} from '../../../src/domain/hours/hours-limits.ts';
import type { Holiday, Span } from '../../../src/domain/hours/schedule.ts';
import { overlapInWeek, type ScheduleFault } from '../../../src/domain/hours/schedule-faults.ts';
import { endTime, startTime, timeInWords } from '../../../src/domain/hours/time-of-day.ts';

/** Hours as they stand in the form: times as somebody wrote them, which may not be times yet. */
export interface HoursDraft {
  timeZone: string | null;
  week: SpanDraft[][];
  holidays: Holiday[];
  isOn: boolean;
  texts: TextDraft[];
}

export interface SpanDraft {
  id: string;
  from: string;
  to: string;
}

export interface TextDraft {
  language: string;
  text: string;
}

/** What is wrong, by the id of the field where it is said. In the order of the form. */
export type Faults = Record<string, string>;

let spansMade = 0;

export function spanDraft({ from, to }: Span): SpanDraft {
  spansMade += 1;
  return { id: `span-${spansMade}`, from: timeInWords(from), to: timeInWords(to) };
}

export function newSpan(): SpanDraft {
  spansMade += 1;
  return { id: `span-${spansMade}`, from: '', to: '' };
}

export function draftOf({ timeZone, week, holidays, afterHoursReply }: HoursSetting): HoursDraft {
  return {
    timeZone,
    week: week.map((spans) => spans.map(spanDraft)),
    holidays,
    isOn: afterHoursReply.isOn,
    texts: textDrafts(afterHoursReply.text),
  };
}

export function textDrafts(texts: Record<string, string>): TextDraft[] {
  return Object.entries(texts).map(([language, text]) => ({ language, text }));
}

export function readDraft(draft: HoursDraft): { setting: HoursSetting; faults: Faults } {
  const days = draft.week.map(readSpans);
  const week = days.map(({ spans }) => spans);
  const inWeek: Faults = Object.assign({}, ...days.map(({ faults }) => faults));
  if (Object.keys(inWeek).length === 0) Object.assign(inWeek, overlapFault(draft.week, overlapInWeek(week)));
  const full: Faults =
    draft.holidays.length > MAX_HOLIDAYS
      ? {
          holidays: `There is room for ${MAX_HOLIDAYS} holidays. Remove ${draft.holidays.length - MAX_HOLIDAYS} of them.`,
        }
      : {};
  const texts = readTexts('reply', draft.texts);
  const missing: Faults =
    draft.isOn && draft.texts.length === 0
      ? { 'reply-language': 'Write the reply before it is switched on: add a language first.' }
      : {};
  return {
    setting: {
      timeZone: draft.timeZone,
      week,
      holidays: draft.holidays,
      afterHoursReply: { isOn: draft.isOn, text: texts.texts },
    },
    faults: { ...inWeek, ...full, ...texts.faults, ...missing },
  };
}

/** Of one day; without those that are no spans yet, of which the faults tell. */
export function readSpans(drafts: readonly SpanDraft[]): { spans: Span[]; faults: Faults } {
  const faults: Faults = {};
  const spans = drafts.flatMap(({ id, from: writtenFrom, to: writtenTo }, index) => {
    const from = startTime(writtenFrom);
    const to = endTime(writtenTo, from);
    if (from === null) faults[`${id}-from`] = timeFault(writtenFrom, 'begin');
    if (to === null) faults[`${id}-to`] = timeFault(writtenTo, 'end');
    if (index === MAX_SPANS_A_DAY)
      faults[`${id}-from`] = `A day has at most ${MAX_SPANS_A_DAY} spans. Remove one.`;
    return from === null || to === null ? [] : [{ from, to }];
  });
  return { spans, faults };
}

export function overlapFault(drafts: readonly (readonly SpanDraft[])[], fault: ScheduleFault | null): Faults {
  const [day = 0, index = 0] = fault?.path ?? [];
  const span = drafts[day]?.[index];
  return fault === null || span === undefined ? {} : { [`${span.id}-from`]: fault.message };
}

function timeFault(written: string, what: 'begin' | 'end'): string {
  return written.trim() === ''
    ? `Write when these hours ${what}, or remove them.`
    : 'Write a time such as 8, 8:30 am or 17:00.';
}

export function readTexts(
  prefix: string,
  drafts: readonly TextDraft[],
): { texts: Record<string, string>; faults: Faults } {
  const faults: Faults = {};
  for (const { language, text } of drafts) {
    const { length } = text.trim();
    if (length === 0) faults[`${prefix}-${language}`] = 'Write a text, or remove this language.';
    const over = length - MAX_AFTER_HOURS_LENGTH;
    if (over > 0)
      faults[`${prefix}-${language}`] =
        over === 1 ? 'Take out one character.' : `Take out ${over} characters.`;
  }
  return { texts: Object.fromEntries(drafts.map(({ language, text }) => [language, text.trim()])), faults };
}
