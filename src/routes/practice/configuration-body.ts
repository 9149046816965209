import * as z from 'zod';
import { CARRIERS } from '../../domain/calls/firing.ts';
import { isTimeZone } from '../../domain/hours/schedule-faults.ts';
import { PRACTICE_KINDS } from '../../domain/people/signed-in.ts';
import { CONFIGURATION_KIND } from '../../domain/practice/configuration.ts';
import { HOURS_RULES } from '../../domain/triggers/trigger-rules.ts';
import { USE_CASES } from '../../domain/triggers/use-case.ts';
import { FirstText, Language, minutes, seconds } from '../triggers/trigger-bodies.ts';
import { HoursBody } from './hours-body.ts';
import { WaitingSetting } from './waiting-body.ts';

/** A practice with many lines, each with hours and texts in many languages. */
export const MAX_CONFIGURATION_BYTES = 2 * 1024 * 1024;

const MAX_LINES = 50;
const MAX_TRIGGERS = 60;

const E164 = z.string().regex(/^\+1[2-9]\d{9}$/, 'write it as +12062020100');
const Name = z.string().trim().min(1, 'give it a name').max(100);

const Trigger = z.strictObject({
  useCase: z.enum(USE_CASES),
  language: Language,
  text: FirstText,
  phoneSystem: z.string().max(40).nullable(),
  rules: z.strictObject({
    cooldownMinutes: minutes,
    liveMinutes: minutes,
    holdSeconds: seconds,
    hoursRule: z.enum(HOURS_RULES),
    closedText: FirstText.nullable(),
  }),
});

const Line = z.strictObject({
  name: Name,
  number: E164,
  carrier: z.enum(CARRIERS),
  mainNumber: E164.nullable(),
  segmentsPerSecond: z.number().min(0.1).max(1000),
  looksUpLineType: z.boolean(),
  hours: HoursBody.nullable(),
  triggers: z.array(Trigger).max(MAX_TRIGGERS),
});

/** What an export is; quick responses and smart phrases are looked at by their own rules. */
export const ConfigurationFile = z.strictObject({
  kind: z.literal(CONFIGURATION_KIND, 'this is no configuration that Offhook has exported'),
  exportedAt: z.string().max(40),
  practice: z.strictObject({
    name: Name,
    kind: z.enum(PRACTICE_KINDS),
    timeZone: z.string().max(64).refine(isTimeZone, 'this is no time zone'),
    mainNumber: E164.nullable(),
  }),
  hours: HoursBody.nullable(),
  // Files from before there was any lack it.
  waiting: WaitingSetting.nullable().default(null),
  lines: z.array(Line).max(MAX_LINES),
  quickResponses: z.unknown(),
  smartPhrases: z.array(z.strictObject({ name: z.string().max(200), text: z.string().max(2000).nullable() })),
});

export const ImportBody = z.strictObject({
  file: ConfigurationFile,
  isDryRun: z.boolean().describe('True: only say what would change.'),
});
