import * as z from 'zod';
import { MAX_LANGUAGES } from '../../domain/hours/hours-limits.ts';
import { foldedPhrase, MAX_PHRASE_LENGTH, MAX_PHRASES } from '../../domain/waiting/red-flags.ts';
import {
  DEFAULT_WAITING,
  MAX_EMERGENCY_LENGTH,
  MAX_WAITING_MINUTES,
  phrasesOf,
  waitingFault,
} from '../../domain/waiting/waiting-settings.ts';
import { refusedPhraseIn } from '../../domain/words/phrase-places.ts';

/** All phrases at their longest, in letters that take four bytes, and as much again. */
export const MAX_WAITING_BYTES = 128 * 1024;

const minutes = z
  .int(`a number of minutes, from 1 to ${MAX_WAITING_MINUTES}`)
  .min(1, 'at least one minute')
  .max(MAX_WAITING_MINUTES, `at most ${MAX_WAITING_MINUTES} minutes`);

const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'name a language such as en, es or pt-BR');

const Phrase = z
  .string()
  .trim()
  .max(MAX_PHRASE_LENGTH, `a phrase holds at most ${MAX_PHRASE_LENGTH} characters`)
  .refine((phrase) => foldedPhrase(phrase) !== '', 'write words: letters or digits');

/** Once each: the second would never be found. */
const Phrases = z
  .array(Phrase)
  .transform((phrases) => [...new Map(phrases.map((phrase) => [foldedPhrase(phrase), phrase])).values()]);

const Wording = z
  .string()
  .trim()
  .min(1, 'write a text, or leave the language out')
  .max(MAX_EMERGENCY_LENGTH, `the wording holds at most ${MAX_EMERGENCY_LENGTH} characters`)
  .refine(
    (text) => refusedPhraseIn('after-hours-reply', text) === null,
    'take out what is in braces: nobody is there to fill in smart phrases of an automatic reply',
  );

function isFew(texts: object): boolean {
  return Object.keys(texts).length <= MAX_LANGUAGES;
}

/** As managers set it. */
export const WaitingSetting = z
  .strictObject({
    targetMinutes: minutes,
    everyoneMinutes: minutes.nullable(),
    managersMinutes: minutes.nullable(),
    // Files and programs from before there was this choice do not name it.
    returnsToQueue: z.boolean().default(DEFAULT_WAITING.returnsToQueue),
    redFlags: z.record(Language, Phrases).refine(isFew, `use at most ${MAX_LANGUAGES} languages`),
    emergencyText: z.record(Language, Wording).refine(isFew, `use at most ${MAX_LANGUAGES} languages`),
  })
  .superRefine((settings, context) => {
    if (phrasesOf(settings).length > MAX_PHRASES)
      context.addIssue({
        code: 'custom',
        path: ['redFlags'],
        message: `there is room for ${MAX_PHRASES} phrases`,
      });
    const fault = waitingFault(settings);
    if (fault !== null) context.addIssue({ code: 'custom', path: [fault.field], message: fault.message });
  });

export const WaitingBody = z.strictObject({
  settings: WaitingSetting,
  /** That of the answer which somebody has before them. */
  version: z.int().min(0),
});
