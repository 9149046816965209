import { Conversation as ProductConversation } from '../../durable/conversation.ts';
import { Inbox as ProductInbox } from '../../durable/inbox.ts';
import type { Carrier } from '../../src/carriers/carrier.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Env } from '../../src/env.ts';
import app from '../../src/worker.ts';

/**
 * The product with a carrier that takes every text at once and keeps nothing: the simulated phones are the
 * carrier's side, and in the same process their work would count as ours. GET /api/bench/counts answers the rows
 * written and the D1 queries made since it was last asked, and counts from then on.
 */
const carrier: Pick<Carrier, 'send'> = {
  send: async () => ({ outcome: 'accepted', carrierId: 'bench' }),
};
Object.assign(simulator, carrier);

interface Counts {
  rowsWritten: number;
  alarmsSet: number;
  queries: number;
}

/** Counts what is billed: rows written by all objects of this isolate, and queries of D1. */
class Counter {
  isOn = false;
  #cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  #rows = 0;
  #alarms = 0;
  #queries = 0;
  #isWatching = false;

  take(): Counts {
    const rowsWritten = this.#cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, this.#rows);
    const counts = { rowsWritten, alarmsSet: this.#alarms, queries: this.#queries };
    this.#cursors = [];
    this.#rows = 0;
    this.#alarms = 0;
    this.#queries = 0;
    this.isOn = true;
    return counts;
  }

  /** Through the prototypes, which all objects share: one's own `storage` cannot be replaced. */
  watch(storage: DurableObjectStorage): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const counter = this;
    const sql: SqlStorage = Object.getPrototypeOf(storage.sql);
    const kv: DurableObjectStorage['kv'] = Object.getPrototypeOf(storage.kv);
    const all: DurableObjectStorage = Object.getPrototypeOf(storage);
    const { exec } = sql;
    const { put } = kv;
    const { setAlarm } = all;
    sql.exec = function (this: SqlStorage, ...args: Parameters<typeof exec>) {
      const cursor = exec.apply(this, args);
      if (counter.isOn) counter.#cursors.push(cursor);
      return cursor;
    } as typeof exec;
    kv.put = function (this: typeof kv, ...args: Parameters<typeof put>) {
      counter.#rows += 1;
      put.apply(this, args);
    };
    all.setAlarm = function (this: DurableObjectStorage, ...args: Parameters<typeof setAlarm>) {
      counter.#alarms += 1;
      return setAlarm.apply(this, args);
    };
  }

  watched(db: D1Database): D1Database {
    const counter = this;
    return new Proxy(db, {
      get(target, name) {
        if (name === 'prepare') counter.#queries += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

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

// Conversation and Inbox are those above.
export * from '../../src/worker.ts';

export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === '/api/bench/counts') return Response.json(counter.take());
    return app.fetch(request, counter.isOn ? { ...env, DB: counter.watched(env.DB) } : env, ctx);
  },
} satisfies ExportedHandler<Env>;
