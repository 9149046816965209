import type { Inbox } from '../../../durable/inbox.ts';
import type { Env } from '../../env.ts';

export function inboxOf(env: Env, practiceId: string): DurableObjectStub<Inbox> {
  return env.INBOX.get(env.INBOX.idFromName(practiceId));
}

/** No practice has this name: slugs are made of letters, digits and dashes. */
export function inboxOfNobody(env: Env): DurableObjectStub<Inbox> {
  return inboxOf(env, '*');
}
