import { Inbox as ProductInbox } from '../../durable/inbox.ts';
import { InboxStore } from '../../durable/inbox-store.ts';
import type { Carrier } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Env } from '../../src/env.ts';
import app from '../../src/worker.ts';
import { summaryNumber, textNumber } from './generated.ts';

/**
 * The product with a carrier that takes every text at once, and GET /api/bench/fill?from=&count=, which puts so many
 * conversations into the inbox of lakeside that nobody ever had.
 */
const carrier: Pick<Carrier, 'send'> = {
  send: async () => ({ outcome: 'accepted', carrierId: 'bench' }),
};
Object.assign(simulator, carrier);

export class Inbox extends ProductInbox {
  fill(from: number, count: number): void {
    const store = new InboxStore(this.ctx.storage);
    this.ctx.storage.transactionSync(() => {
      for (let n = from; n < from + count; n += 1) store.apply(summaryNumber(n), [textNumber(n)]);
    });
  }
}

// Inbox is the one above.
export * from '../../src/worker.ts';

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== '/api/bench/fill') return app.fetch(request, env, ctx);
    const inbox = env.INBOX.get(env.INBOX.idFromName('lakeside')) as unknown as DurableObjectStub<Inbox>;
    await inbox.fill(Number(searchParams.get('from')), Number(searchParams.get('count')));
    return Response.json({ filled: true });
  },
} satisfies ExportedHandler<Env>;
