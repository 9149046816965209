import * as z from 'zod';
import type { Change } from '../../domain/conversation/conversation-change.ts';
import type { Access } from '../../domain/people/access.ts';
import { languageTag } from '../../domain/text/language-tag.ts';
import type { Env } from '../../env.ts';
import { Problem } from '../../problem.ts';
import { assignable } from './named-staff.ts';

/** What staff may ask to be changed about a conversation, or about many at once. */

const SNOOZE_AT_MOST_MS = 366 * 24 * 3600_000;

/** Epoch ms, or ISO 8601 as people and other programs write it. */
const Instant = z.union([z.int(), z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso))], {
  error: 'an instant, in milliseconds or as in 2026-03-01T09:00:00Z',
});

export const ChangeRequest = z
  .object({
    state: z.enum(['open', 'done']).optional(),
    assignee: z.string().max(100).nullable().optional(),
    snoozedUntil: Instant.nullable().optional(),
    needsReply: z.boolean().optional(),
    language: z
      .string()
      .max(60)
      .transform((written, check) => {
        const tag = languageTag(written);
        if (tag === null || tag.length > 35) check.addIssue('a language, such as es or pt-BR');
        return tag ?? '';
      })
      .optional(),
    urgent: z.literal(false, 'only false: what is urgent, callers say').optional(),
    /** Done only where this reply has not failed by then. */
    after: z.uuid().toLowerCase().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'Say what to change: state, assignee, snoozedUntil, needsReply, urgent or language.',
  })
  .refine(
    ({ state, snoozedUntil, needsReply }) =>
      [state, snoozedUntil, needsReply].filter((value) => value !== undefined).length <= 1,
    { error: 'Change one of state, snoozedUntil and needsReply, not several.' },
  )
  .refine(
    ({ after, state, ...others }) =>
      after === undefined ||
      (state === 'done' && Object.values(others).every((value) => value === undefined)),
    { error: 'A reply in after goes with state done, and with nothing else.' },
  );

/** `practiceOf` answers null where the conversation is not to be seen. */
export async function toChange(
  env: Env,
  { state, snoozedUntil, needsReply, urgent, assignee, language }: z.output<typeof ChangeRequest>,
  access: Access,
  practiceOf: () => Promise<string | null>,
): Promise<Change> {
  if (typeof snoozedUntil === 'number') {
    const ahead = snoozedUntil - Date.now();
    if (ahead <= 0 || ahead > SNOOZE_AT_MOST_MS) {
      throw new Problem('invalid-request', { message: 'Choose a time between now and a year from now.' });
    }
  }
  return {
    ...(state !== undefined && { state }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(needsReply !== undefined && { needsReply }),
    ...(urgent !== undefined && { isUrgent: urgent }),
    ...(language !== undefined && { language }),
    ...(assignee !== undefined && {
      assignee: assignee === null ? null : await assignable(env, assignee, access, practiceOf),
    }),
  };
}
