import type { Holiday, HolidayRule } from '../../../src/domain/hours/schedule.ts';
import { isDate, overlapInDay } from '../../../src/domain/hours/schedule-faults.ts';
import {
  type Faults,
  newSpan,
  overlapFault,
  readSpans,
  readTexts,
  type SpanDraft,
  spanDraft,
  type TextDraft,
  textDrafts,
} from './draft.ts';

/** A holiday in its form, with what each kind of rule needs. */
export interface HolidayDraft {
  name: string;
  kind: HolidayRule['kind'];
  date: string;
  month: number;
  day: string;
  weekday: number;
  nth: number;
  isPart: boolean;
  spans: SpanDraft[];
  texts: TextDraft[];
}

export function holidayDraft(holiday: Holiday | null): HolidayDraft {
  const empty = { date: '', month: 12, day: '', weekday: 5, nth: -1 };
  const { name, rule, part, text } = holiday ?? { name: '', rule: null, part: null, text: null };
  return {
    name,
    kind: rule?.kind ?? 'once',
    ...empty,
    ...(rule === null ? {} : partsOf(rule)),
    isPart: part !== null && part.length > 0,
    spans: part === null || part.length === 0 ? [newSpan()] : part.map(spanDraft),
    texts: textDrafts(text ?? {}),
  };
}

export function readHoliday(draft: HolidayDraft): { holiday: Holiday; faults: Faults } {
  const name = draft.name.trim();
  const rule = ruleOf(draft);
  const { spans, faults: inSpans } = readSpans(draft.spans);
  const overlap = Object.keys(inSpans).length > 0 ? {} : overlapFault([draft.spans], inDay(spans));
  const none: Faults =
    draft.spans.length === 0 ? { 'holiday-add': 'Add hours, or choose “Closed all day”.' } : {};
  const texts = readTexts('holiday', draft.texts);
  return {
    holiday: {
      name,
      rule,
      part: draft.isPart ? spans : null,
      text: draft.texts.length === 0 ? null : texts.texts,
    },
    faults: {
      ...(name === '' ? { 'holiday-name': 'Give it a name.' } : {}),
      ...ruleFaults(rule),
      ...(draft.isPart ? { ...inSpans, ...overlap, ...none } : {}),
      ...texts.faults,
    },
  };
}

/** As `overlapInWeek` says where: the day first. */
function inDay(spans: Parameters<typeof overlapInDay>[0]): ReturnType<typeof overlapInDay> {
  const fault = overlapInDay(spans);
  return fault === null ? null : { ...fault, path: [0, ...fault.path] };
}

function partsOf(rule: HolidayRule): Partial<HolidayDraft> {
  switch (rule.kind) {
    case 'once':
      return { date: rule.date };
    case 'yearly': {
      const [month, day] = rule.date.split('-').map(Number);
      return { month: month ?? 1, day: String(day) };
    }
    case 'nth-weekday':
      return { month: rule.month, weekday: rule.weekday, nth: rule.nth };
  }
}

function ruleOf({ kind, date, month, day, weekday, nth }: HolidayDraft): HolidayRule {
  switch (kind) {
    case 'once':
      return { kind, date };
    case 'yearly':
      return { kind, date: `${String(month).padStart(2, '0')}-${day.trim().padStart(2, '0')}` };
    case 'nth-weekday':
      return { kind, month, weekday, nth };
  }
}

function ruleFaults(rule: HolidayRule): Faults {
  switch (rule.kind) {
    case 'once':
      return /^20\d\d-/.test(rule.date) && isDate(rule.date)
        ? {}
        : { 'holiday-date': 'Choose a date from 2000 to 2099.' };
    case 'yearly':
      // In a leap year, which has all dates.
      return /^\d\d-\d\d$/.test(rule.date) && isDate(`2024-${rule.date}`)
        ? {}
        : { 'holiday-day': 'This month has no such day.' };
    case 'nth-weekday':
      return {};
  }
}
