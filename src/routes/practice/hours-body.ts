import * as z from 'zod';
import {
  MAX_AFTER_HOURS_LENGTH,
  MAX_HOLIDAYS,
  MAX_LANGUAGES,
  MAX_SPANS_A_DAY,
} from '../../domain/hours/hours-limits.ts';
import {
  isDate,
  isTimeZone,
  overlapInDay,
  overlapInWeek,
  type ScheduleFault,
} from '../../domain/hours/schedule-faults.ts';
import { refusedPhraseIn } from '../../domain/words/phrase-places.ts';

/** Sixty holidays, each with a text in a few languages; and once more as they were seen before. */
export const MAX_HOURS_BYTES = 256 * 1024;

const Time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as HH:MM, from 00:00 to 23:59');
const EndTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time of day as HH:MM, from 00:00 to 24:00');

const Span = z.strictObject({ from: Time, to: EndTime });
const Spans = z.array(Span).max(MAX_SPANS_A_DAY, `a day has at most ${MAX_SPANS_A_DAY} spans`);

const Week = z
  .array(Spans)
  .length(7, 'give seven days, Monday first')
  .superRefine((week, context) => report(context, week.length === 7 ? overlapInWeek(week) : null));

const OnceDate = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d$/, 'write the date as YYYY-MM-DD')
  .refine(isDate, 'there is no such date');

const YearlyDate = z
  .string()
  .regex(/^\d\d-\d\d$/, 'write the date as MM-DD')
  // In a leap year, which has all dates.
  .refine((date) => isDate(`2024-${date}`), 'there is no such date');

const Rule = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('once'), date: OnceDate }),
    z.strictObject({ kind: z.literal('yearly'), date: YearlyDate }),
    z.strictObject({
      kind: z.literal('nth-weekday'),
      month: z.int().min(1).max(12),
      weekday: z.int('give Monday as 1, Sunday as 7').min(1).max(7),
      nth: z.union(
        [z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(-1)],
        'use 1 to 5, or -1 for the last one in the month',
      ),
    }),
  ],
  'use the kind once, yearly or nth-weekday',
);

/** By language, as BCP 47 writes it. */
const Texts = z
  .record(
    z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'name a language such as en, es or pt-BR'),
    z
      .string()
      .trim()
      .min(1, 'write a text, or leave the language out')
      .max(MAX_AFTER_HOURS_LENGTH, `a text holds at most ${MAX_AFTER_HOURS_LENGTH} characters`)
      .refine(
        (text) => refusedPhraseIn('after-hours-reply', text) === null,
        'take out what is in braces: nobody is there to fill in smart phrases of an automatic reply',
      ),
  )
  .refine((texts) => Object.keys(texts).length <= MAX_LANGUAGES, `use at most ${MAX_LANGUAGES} languages`);

const Holiday = z.strictObject({
  name: z.string().trim().min(1, 'give the holiday a name').max(100),
  rule: Rule,
  part: Spans.superRefine((spans, context) => report(context, overlapInDay(spans))).nullable(),
  text: Texts.refine(
    (texts) => Object.keys(texts).length > 0,
    'write a text, or use null for none',
  ).nullable(),
});

const SETTING = {
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'this is no time zone; use a name such as America/Los_Angeles')
    .nullish()
    .describe('Null or left out: that of the practice.'),
  week: Week,
  holidays: z.array(Holiday).max(MAX_HOLIDAYS, `there is room for ${MAX_HOLIDAYS} holidays`),
  afterHoursReply: z
    .strictObject({ isOn: z.boolean(), text: Texts })
    .refine(({ isOn, text }) => !isOn || Object.keys(text).length > 0, {
      path: ['text'],
      message: 'write the reply before it is switched on',
    }),
};

/** Those in which somebody wants to be told. */
export const OwnHours = z.strictObject({
  is: z.literal('own'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'this is no time zone; use a name such as America/Los_Angeles'),
  week: Week,
});

/** Hours as people set them: of a practice, or of a line that differs from it. */
export const HoursBody = z.strictObject({
  ...SETTING,
  expected: z
    .strictObject(SETTING)
    .nullish()
    .describe('What was seen before the change, null for none. Left out: whatever is there is replaced.'),
});

function report(context: z.RefinementCtx, fault: ScheduleFault | null): void {
  if (fault !== null) context.addIssue({ code: 'custom', ...fault });
}
