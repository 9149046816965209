import { runDurableObjectAlarm } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallerMatch } from '../../src/domain/patients/caller-match.ts';
import { emptyData } from '../empty-data.ts';
import { CALLER, conversationOf, firing, inboxOf, textIn } from './firing.ts';
import { countRows } from './row-count.ts';

const OTHER = '+12062020188';
const match = (...names: string[]): CallerMatch => ({ verified: 'here', names, language: null });

beforeEach(emptyData);

const found = async (words: string) => (await inboxOf().search(words, null, 'ana', 0)).conversations.length;

/** Once the inbox knows of it. */
async function began(caller = CALLER): Promise<void> {
  await conversationOf(caller).fire(firing({ caller }));
  await vi.waitFor(async () => expect(await found(caller)).toBeGreaterThan(0));
}

describe('the names of a caller', () => {
  it('come, change and go with the directory, and the search follows', async () => {
    await began();
    await conversationOf().recordMatch(match('Mia Okafor', 'Noah Okafor'));
    await vi.waitFor(async () => expect(await found('noah')).toBe(1));
    await conversationOf().recordMatch(match('Mia Lindgren'));
    await vi.waitFor(async () => expect(await found('lindgren')).toBe(1));
    for (const gone of ['noah', 'okafor']) expect(await found(gone)).toBe(0);
    await conversationOf().recordMatch({ verified: null, names: [], language: null });
    await vi.waitFor(async () => expect(await found('mia')).toBe(0));
    expect(await found('2062020123')).toBe(1);
  });

  it('are found again in an inbox that was built anew, and still follow', async () => {
    await began();
    await conversationOf().recordMatch(match('Mia Okafor'));
    await vi.waitFor(async () => expect(await found('mia')).toBe(1));
    await inboxOf().rebuild();
    expect(await inboxOf().callersWith([CALLER])).toBeNull();
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(inboxOf());
      expect(await found('mia')).toBe(1);
    });
    await conversationOf().recordMatch(match('Noah'));
    await vi.waitFor(async () => expect([await found('mia'), await found('noah')]).toEqual([0, 1]));
  });

  it('cost nothing where they stay the same', async () => {
    await began();
    await conversationOf().recordMatch(match('Mia Okafor'));
    await vi.waitFor(async () => expect(await found('mia')).toBe(1));
    const rows = await countRows();
    expect(await conversationOf().recordMatch(match('Mia Okafor'))).toEqual({
      outcome: 'nothing-to-record',
    });
    expect(rows.written()).toBe(0);
    rows.stop();
  });

  it('begin no conversation', async () => {
    expect(await conversationOf().recordMatch(match('Mia'))).toEqual({ outcome: 'nothing-to-record' });
    expect(await conversationOf().published(1)).toBeNull();
  });

  it('that were just told are not undone by a call that looked before', async () => {
    await began();
    await conversationOf().recordMatch(match('Mia'));
    await conversationOf().receive(textIn('Hello', { match: match('Old Name') }));
    await vi.waitFor(async () => expect(await found('hello')).toBe(1));
    expect([await found('mia'), await found('old')]).toEqual([1, 0]);
  });
});

describe('conversations by number', () => {
  it('are those of the caller, not those in which the number is only mentioned', async () => {
    await began();
    await began(OTHER);
    await conversationOf(OTHER).receive(textIn(`Call me at ${CALLER.slice(2)}`, { caller: OTHER }));
    await vi.waitFor(async () => expect(await found('2062020123')).toBe(2));
    const callers = await inboxOf().callersWith([CALLER, '+12062020999']);
    expect(callers?.map(({ id, caller }) => [id, caller.number])).toEqual([
      [conversationOf().id.toString(), CALLER],
    ]);
  });

  it('are paged by id', async () => {
    await began();
    await began(OTHER);
    const all = (await inboxOf().callersAfter('', 10)) ?? [];
    expect(all).toHaveLength(2);
    expect(await inboxOf().callersAfter(all[0]?.id ?? '', 10)).toEqual(all.slice(1));
    expect(await inboxOf().callersAfter(all[1]?.id ?? '', 10)).toEqual([]);
  });
});
