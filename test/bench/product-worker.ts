import { Conversation as ProductConversation } from '../../durable/conversation.ts';
import { Inbox as ProductInbox } from '../../durable/inbox.ts';
import type { Carrier } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Env } from '../../src/env.ts';
import app from '../../src/worker.ts';
import { Counter } from './counter.ts';

/**
 * The product with a carrier that takes every text at once and keeps nothing: the simulated phones are the
 * carrier's side, and in the same process their work would count as ours. GET /bench/counts answers the rows
 * written and the D1 queries made since it was last asked, and counts from then on.
 */
const carrier: Pick<Carrier, 'send'> = {
  send: async () => ({ outcome: 'accepted', carrierId: 'bench' }),
};
Object.assign(simulator, carrier);

const counter = new Counter();

export class Conversation extends ProductConversation {
  constructor(ctx: DurableObjectState, env: Env) {
    counter.watch(ctx.storage);
    super(ctx, env);
  }
}

export class Inbox extends ProductInbox {
  constructor(ctx: DurableObjectState, env: Env) {
    counter.watch(ctx.storage);
    super(ctx, env);
  }
}

export { Handset } from '../../durable/handset.ts';

export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === '/bench/counts') return Response.json(counter.take());
    return app.fetch(request, counter.isOn ? { ...env, DB: counter.watched(env.DB) } : env, ctx);
  },
} satisfies ExportedHandler<Env>;
