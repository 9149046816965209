import { Conversation as ProductConversation } from '../../durable/conversation.ts';
import type { Handset } from '../../durable/handset.ts';
import type { Env } from '../../src/env.ts';
import app from '../../src/worker.ts';

export { Handset } from '../../durable/handset.ts';
export { Inbox } from '../../durable/inbox.ts';

/**
 * The product with a carrier that takes every text at once and keeps nothing. The simulated phones are a
 * carrier's side of it: served by the same thread, they would be counted as if they were ours.
 */
export class Conversation extends ProductConversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, HANDSET: phonesThatTakeAll() });
  }
}

function phonesThatTakeAll(): Env['HANDSET'] {
  const phone = { deliver: async () => ({ outcome: 'accepted', carrierId: 'bench' }) };
  const phones = { idFromName: () => null, get: () => phone as unknown as DurableObjectStub<Handset> };
  return phones as unknown as Env['HANDSET'];
}

export default app;
