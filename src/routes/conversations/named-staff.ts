import { mentionedIn } from '../../domain/conversation/mentions.ts';
import type { StaffRef } from '../../domain/conversation/message.ts';
import type { Access } from '../../domain/people/access.ts';
import type { Env } from '../../env.ts';
import { staffOfPractice } from '../../practices/staff.ts';
import { Problem } from '../../problem.ts';

/** Answers null where the conversation is not to be seen. */
type PracticeOf = () => Promise<string | null>;

/** Who is named in a note; nobody is looked for where nobody is. */
export async function mentioned(env: Env, body: string, practiceOf: PracticeOf): Promise<StaffRef[]> {
  const practiceId = body.includes('@') ? await practiceOf() : null;
  return practiceId === null ? [] : mentionedIn(body, await staffOfPractice(env.DB, practiceId));
}

/** Those who work in the practice, and whoever asks: an admin may take a conversation without being a member. */
export async function assignable(
  env: Env,
  staffId: string,
  access: Access,
  practiceOf: PracticeOf,
): Promise<StaffRef> {
  if (staffId === access.staff.id) return access.staff;
  const practiceId = await practiceOf();
  if (practiceId === null) throw new Problem('not-found');
  const found = (await staffOfPractice(env.DB, practiceId)).find(({ id }) => id === staffId);
  if (!found) throw new Problem('invalid-request', { message: 'Nobody in this practice has that staff id.' });
  return found;
}
