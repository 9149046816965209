import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundConversation } from '../../src/domain/inbox/search-hit.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, CALLER, conversationOf, firing, inboxOf, textIn } from './firing.ts';

const OTHER = '+12062020188';

beforeEach(emptyData);

const find = async (words: string): Promise<FoundConversation[]> =>
  (await inboxOf().search(words, null, 'ana', 0)).conversations;

/** Found once the inbox has heard of it. */
async function found(words: string, count: number): Promise<FoundConversation[]> {
  return vi.waitFor(async () => {
    const all = await find(words);
    expect(all).toHaveLength(count);
    return all;
  });
}

async function wrote(caller: string, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await conversationOf(caller).receive(textIn(body, { caller }));
}

describe('what a search found', () => {
  it('says where each text stands, when it was written and by whom; the newest first, three at most', async () => {
    await wrote(CALLER, 'My refill ran out', 'A refill, please');
    await conversationOf().reply(ACCESS, { id: crypto.randomUUID(), body: 'The refill is on its way' });
    await conversationOf().note(ACCESS, { id: crypto.randomUUID(), body: 'Refill agreed with the doctor' });
    await vi.waitFor(async () => expect((await find('refill'))[0]?.hits?.isMore).toBe(true));
    const [one] = await found('refill', 1);
    expect(one?.hits).toMatchObject({ isCaller: false, isMore: true });
    expect(
      one?.hits?.messages.map(({ place, snippet }) => [place?.seq, place?.kind, place?.by, snippet]),
    ).toEqual([
      [4, 'note', 'Ana Reyes', 'Refill agreed with the doctor'],
      [3, 'reply', 'Ana Reyes', 'The refill is on its way'],
      [2, 'text-in', null, 'A refill, please'],
    ]);
    expect(Math.abs((one?.hits?.messages[0]?.place?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('begins with callers of the name or number, whoever was written about later', async () => {
    await wrote(OTHER, 'Hello');
    await conversationOf(OTHER).recordMatch({ verified: 'here', names: ['Mia Okafor'], language: null });
    await found('okafor', 1);
    await wrote(CALLER, 'Ask Mia Okafor at 206-202-0188');
    const byName = await found('mia', 2);
    const byNumber = await found('(206) 202-0188', 2);
    for (const [first, second] of [byName, byNumber]) {
      expect(first).toMatchObject({ caller: { number: OTHER }, hits: { isCaller: true, messages: [] } });
      expect(second).toMatchObject({ caller: { number: CALLER }, hits: { isCaller: false } });
      expect(second?.hits?.messages).toHaveLength(1);
    }
  });

  it.each(['0123', '202-01', '+1206202', '1 206 202 0123', '(206) 202-0123', '2062020123'])(
    'is the caller with the number for %s',
    async (typed) => {
      await conversationOf().fire(firing());
      expect((await found(typed, 1))[0]?.hits).toEqual({ isCaller: true, messages: [], isMore: false });
    },
  );

  it('is nothing, and no error, for what an index would take for its own language', async () => {
    await wrote(CALLER, 'Ordinary words AND others OR none NOT NEAR');
    await found('ordinary', 1);
    for (const hostile of [
      '"',
      '""',
      '*',
      'ordinary" OR "others',
      'NEAR(ordinary others, 2) x',
      'body:zzz',
      '^zzz',
      '{a b}: zzz',
      "'; DROP TABLE texts; --",
      '\u0000',
      '(((((',
      '-',
      '🙂',
      '\u202eabc',
    ]) {
      expect(Array.isArray(await find(hostile)), hostile).toBe(true);
    }
    expect(await find('ordinary AND others')).toHaveLength(1);
    expect(await find('ordinary others zzz')).toHaveLength(0);
    expect(await find('x'.repeat(200))).toHaveLength(0);
    expect(await find(Array(100).fill('ordinary').join(' '))).toHaveLength(1);
  });

  it('is still found, without its place, where the index has it from before places were kept', async () => {
    await wrote(CALLER, 'My refill ran out');
    await found('refill', 1);
    await runInDurableObject(inboxOf(), (_, state) => {
      const { sql } = state.storage;
      sql.exec('DELETE FROM texts');
      const id = conversationOf().id.toString();
      sql.exec(
        "INSERT INTO texts (conversation, body) VALUES (?, '2062020123 062020123 62020123 2020123 020123 20123 0123 123')",
        id,
      );
      sql.exec("INSERT INTO texts (conversation, body) VALUES (?, 'My refill ran out')", id);
    });
    expect((await find('refill'))[0]?.hits).toEqual({
      isCaller: false,
      messages: [{ place: null, snippet: 'My refill ran out' }],
      isMore: false,
    });
    expect((await find('0123'))[0]?.hits).toMatchObject({ isCaller: true, messages: [] });
  });
});
