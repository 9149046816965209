import type { StaffRef } from '../../domain/conversation/message.ts';
import type { PracticeInReach } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import type { StoredTrigger } from '../../practices/managed-triggers.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';

/** Older texts are looked at no further: whoever asks for a proof has just tested. */
const MAX_LOOKED_AT = 10;

interface Tested {
  practice: PracticeInReach;
  trigger: Pick<StoredTrigger, 'id'>;
  /** Who asks. */
  staff: StaffRef;
}

/**
 * When this trigger last sent a text that arrived, by what was recorded: the activity names the text, its
 * conversation says that it was delivered. Null where none of the last few did.
 */
export async function passedTestAt(env: Env, { practice, trigger, staff }: Tested): Promise<number | null> {
  const inbox = inboxOf(env, practice.id);
  const { activity } = await inbox.activityPage({
    filter: 'texting',
    triggerId: trigger.id,
    typed: '',
    sight: 'whole',
    after: null,
  });
  for (const { id, isDryRun, failure } of activity.slice(0, MAX_LOOKED_AT)) {
    const found = isDryRun || failure !== null ? null : await inbox.activityWithId(id);
    const { conversationId, messageId, at } = found?.activity ?? {};
    if (!conversationId || !messageId || at === undefined) continue;
    if (await isDelivered(env, conversationId, messageId, { staff, practiceIds: [practice.id] })) return at;
  }
  return null;
}

async function isDelivered(
  env: Env,
  conversationId: string,
  messageId: string,
  access: { staff: StaffRef; practiceIds: string[] },
): Promise<boolean> {
  const conversation = env.CONVERSATION.get(env.CONVERSATION.idFromString(conversationId));
  // Before the end of all messages: the newest ones, without marking them as read.
  const read = await conversation.read(access, Number.MAX_SAFE_INTEGER);
  if (read.outcome !== 'read') return false;
  return read.messages.some(({ id, delivery }) => id === messageId && delivery?.status === 'delivered');
}
