import * as z from 'zod';
import { firstTextFault, tidyFirstText } from '../../domain/triggers/first-text.ts';
import { HOURS_RULES, MAX_HOLD_SECONDS, MAX_SPARING_MINUTES } from '../../domain/triggers/trigger-rules.ts';
import { USE_CASES } from '../../domain/triggers/use-case.ts';

export const FirstText = z
  .string()
  .transform(tidyFirstText)
  .superRefine((text, context) => {
    const fault = firstTextFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

export const minutes = z
  .int('give whole minutes')
  .min(0, 'give 0 minutes or more')
  .max(MAX_SPARING_MINUTES, `give at most ${MAX_SPARING_MINUTES} minutes, which is a day`);

export const seconds = z
  .int('give whole seconds')
  .min(0, 'give 0 seconds or more')
  .max(MAX_HOLD_SECONDS, `a text waits for at most ${MAX_HOLD_SECONDS} seconds`);

const Rules = z.strictObject({
  cooldownMinutes: minutes.optional(),
  liveMinutes: minutes.optional(),
  holdSeconds: seconds.optional(),
  hoursRule: z.enum(HOURS_RULES).optional(),
  closedText: FirstText.nullable().optional(),
});

/** What somebody saw need not be right any more, only comparable. */
const SeenText = z.string().max(2000);

/** Settings to change, and as `expected` what they were when they were looked at. */
export const TriggerChange = z.strictObject({
  text: FirstText.optional(),
  isOn: z.boolean().optional(),
  phoneSystem: z.string().max(40).nullable().optional(),
  rules: Rules.optional(),
  expected: z.strictObject({
    text: SeenText.optional(),
    isOn: z.boolean().optional(),
    phoneSystem: SeenText.nullable().optional(),
    rules: z
      .strictObject({
        cooldownMinutes: z.number().optional(),
        liveMinutes: z.number().optional(),
        holdSeconds: z.number().optional(),
        hoursRule: z.enum(HOURS_RULES).optional(),
        closedText: SeenText.nullable().optional(),
      })
      .optional(),
  }),
});

/** As the standard writes it, so that `EN-us` and `en-US` are one. */
export const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'name a language such as en, es or pt-BR')
  .transform((tag, context) => {
    try {
      return new Intl.Locale(tag).toString();
    } catch {
      context.addIssue({ code: 'custom', message: 'name a language such as en, es or pt-BR' });
      return z.NEVER;
    }
  });

export const NewTriggerBody = z.strictObject({
  line: z.string().min(1).max(64),
  useCase: z.enum(USE_CASES),
  language: Language,
});

/** The address that is meant, as it was shown: another one must not be replaced by mistake. */
export const RotateBody = z.strictObject({ expected: z.string().max(300) });

export const GoLiveBody = z.union(
  [
    z.strictObject({ proof: z.string().min(1).max(1000) }),
    z.strictObject({
      override: z.literal(true),
      reason: z
        .string()
        .trim()
        .min(10, 'say in a sentence why it goes live without a test')
        .max(500, 'a reason holds at most 500 characters'),
    }),
  ],
  'send a proof, or override with a reason of 10 to 500 characters',
);

/** "Text my phone", as the test bench says it. */
export const TrialBody = z.strictObject({
  number: z.string().trim().min(1, 'write the number to text').max(40),
  dryRun: z.boolean().optional(),
});
