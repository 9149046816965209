import { DurableObject } from 'cloudflare:workers';
import { InboxSearch } from '../../durable/inbox-search.ts';
import { InboxStore } from '../../durable/inbox-store.ts';
import { summaryNumber, textNumber } from './generated.ts';

/** An inbox of any size, without the conversations it would be a projection of. */

export interface InboxBenchEnv {
  INBOX: DurableObjectNamespace<FilledInbox>;
}

export class FilledInbox extends DurableObject<InboxBenchEnv> {
  readonly #store: InboxStore;
  readonly #search: InboxSearch;
  readonly #cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];

  constructor(ctx: DurableObjectState, env: InboxBenchEnv) {
    super(ctx, env);
    const storage = this.#counted(ctx.storage);
    this.#store = new InboxStore(storage);
    this.#search = new InboxSearch(storage.sql, this.#store);
  }

  fill(from: number, count: number): void {
    this.ctx.storage.transactionSync(() => {
      for (let n = from; n < from + count; n += 1) this.#store.apply(summaryNumber(n), [textNumber(n)]);
    });
    this.#cursors.length = 0;
  }

  page(times: number): { found: number; rowsRead: number } {
    this.#cursors.length = 0;
    let found = 0;
    for (let n = 0; n < times; n += 1)
      found = this.#store.pages.page('open', 'ana', null).conversations.length;
    return { found, rowsRead: this.#rowsRead() / times };
  }

  search(query: string, times: number): { found: number; rowsRead: number } {
    this.#cursors.length = 0;
    let found = 0;
    for (let n = 0; n < times; n += 1) found = this.#search.find(query, null, 'ana', 0).conversations.length;
    return { found, rowsRead: this.#rowsRead() / times };
  }

  #rowsRead(): number {
    return this.#cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0);
  }

  #counted(storage: DurableObjectStorage): DurableObjectStorage {
    const cursors = this.#cursors;
    const sql = {
      exec(query: string, ...bindings: SqlStorageValue[]) {
        const cursor = storage.sql.exec(query, ...bindings);
        cursors.push(cursor);
        return cursor;
      },
    };
    const counted = {
      sql,
      kv: storage.kv,
      transactionSync: <T>(closure: () => T) => storage.transactionSync(closure),
    };
    return counted as unknown as DurableObjectStorage;
  }
}

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const inbox = env.INBOX.get(env.INBOX.idFromName(searchParams.get('practice') ?? ''));
    const number = (name: string) => Number(searchParams.get(name));
    switch (pathname) {
      case '/api/fill':
        return Response.json({ filled: await inbox.fill(number('from'), number('count')) });
      case '/api/page':
        return Response.json(await inbox.page(number('times')));
      case '/api/search':
        return Response.json(await inbox.search(searchParams.get('q') ?? '', number('times')));
      default:
        return new Response(null, { status: 404 });
    }
  },
} satisfies ExportedHandler<InboxBenchEnv>;
