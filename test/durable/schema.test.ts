import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONVERSATION_SCHEMA } from '../../durable/conversation-schema.ts';
import { ConversationStore } from '../../durable/conversation-store.ts';
import { INBOX_SCHEMA } from '../../durable/inbox-schema.ts';
import { InboxSearch } from '../../durable/inbox-search.ts';
import { InboxStore } from '../../durable/inbox-store.ts';
import { migrate } from '../../durable/schema.ts';
import { emptyData } from '../empty-data.ts';
import { conversationOf, firing, inboxOf } from './firing.ts';

beforeEach(emptyData);

/** An object without a constructor of ours having touched its storage would be best; a new inbox comes closest. */
function onEmptyStorage<T>(test: (storage: DurableObjectStorage) => T): Promise<T> {
  const stub = env.INBOX.get(env.INBOX.newUniqueId());
  return runInDurableObject(stub, async (_, state) => {
    await state.storage.deleteAll();
    return test(state.storage);
  });
}

function tables(storage: DurableObjectStorage): string[] {
  const sql =
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT GLOB '_cf*' ORDER BY name";
  return storage.sql
    .exec(sql)
    .toArray()
    .map(({ name }) => name as string);
}

describe('schema steps', () => {
  it('run once, each from where a store stands', async () => {
    await onEmptyStorage((storage) => {
      const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'CREATE TABLE b (x)'];
      expect(migrate(storage.sql, steps.slice(0, 1), 0)).toBe(1);
      expect(migrate(storage.sql, steps, 1)).toBe(3);
      expect(migrate(storage.sql, steps, 3)).toBe(3);
      expect(tables(storage)).toEqual(['a', 'b']);
    });
  });

  it.each(INBOX_SCHEMA.map((_, version) => version))(
    'bring an inbox from version %i to the newest',
    async (version) => {
      await onEmptyStorage((storage) => {
        storage.kv.put('schema', migrate(storage.sql, INBOX_SCHEMA.slice(0, version), 0));
        const store = new InboxStore(storage);
        expect(store.pages.page('open', 'ana', null).conversations).toEqual([]);
        expect(new InboxSearch(storage.sql, store).find('anything', null, 'ana', 0).conversations).toEqual(
          [],
        );
        const before = tables(storage);
        new InboxStore(storage);
        expect(tables(storage)).toEqual(before);
        expect(storage.kv.get('schema')).toBe(INBOX_SCHEMA.length);
      });
    },
  );

  it('create a conversation with its first message, and not before', async () => {
    await onEmptyStorage((storage) => {
      expect(new ConversationStore(storage).state).toBeUndefined();
      expect(tables(storage)).toEqual([]);
    });
    await conversationOf().fire(firing());
    await runInDurableObject(conversationOf(), (_, { storage }) => {
      expect(tables(storage)).toEqual(['messages']);
      expect(new ConversationStore(storage).state?.schema).toBe(CONVERSATION_SCHEMA.length);
    });
  });

  it('leave an inbox that is only asked with nothing but its tables', async () => {
    await inboxOf('harbor').page('open', 'ana', null);
    await runInDurableObject(inboxOf('harbor'), (_, { storage }) => {
      expect(storage.sql.exec('SELECT count(*) AS n FROM conversations').one().n).toBe(0);
    });
  });
});
