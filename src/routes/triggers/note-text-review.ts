import type { Context } from 'hono';
import { recordTextReview } from '../../practices/set-up.ts';
import { audited } from '../audit/audited.ts';
import type { SignedInEnv } from '../people/signed-in.ts';
import { type Managed, triggerSubject } from './managed-trigger.ts';

/** Whoever writes a text, or says that it is right, stands by it. False where it is another one by now. */
export async function noteTextReview(
  c: Context<SignedInEnv>,
  { practice, trigger }: Managed,
  text: string,
): Promise<boolean> {
  const subject = triggerSubject(trigger.id, trigger);
  const review = { triggerId: trigger.id, text, by: c.var.session.staff.id, at: Date.now() };
  return audited(c, (entry) => {
    const made = entry({ log: practice.id, action: 'trigger-text-reviewed', subject });
    return recordTextReview(c.env.DB, review, made);
  });
}
