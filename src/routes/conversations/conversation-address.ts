import type { Conversation } from '../../../durable/conversation.ts';
import type { Access } from '../../domain/people/access.ts';
import type { SignedIn } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import { Problem } from '../../problem.ts';

/** There is exactly one conversation per line and caller; its address is computed, never looked up. */
export function conversationOf(env: Env, lineId: string, caller: string): DurableObjectStub<Conversation> {
  return env.CONVERSATION.get(env.CONVERSATION.idFromName(`${lineId} ${caller}`));
}

/** Null where `id` is not one that this deployment could have given out. */
export function conversationWithId(env: Env, id: string): DurableObjectStub<Conversation> | null {
  if (!/^[0-9a-f]{64}$/.test(id)) return null;
  try {
    return env.CONVERSATION.get(env.CONVERSATION.idFromString(id));
  } catch {
    // The runtime checks that an id was made for this namespace; a forged one is simply not there.
    return null;
  }
}

/** What a conversation is told of who asks: it decides by itself what they see. */
export function accessOf({ staff, practices }: SignedIn): Access {
  return { staff: { id: staff.id, name: staff.name }, practiceIds: practices.map((practice) => practice.id) };
}

/** Where the address is not even one: as if it were somebody else's. */
export function addressed(env: Env, id: string): DurableObjectStub<Conversation> {
  const conversation = conversationWithId(env, id);
  if (conversation === null) throw new Problem('not-found');
  return conversation;
}
