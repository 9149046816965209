import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchWithin } from '../../src/carriers/fetch-within.ts';
import { CARRIER_TIMEOUT_MS } from '../../src/domain/conversation/outbox-rules.ts';

const ADDRESS = 'https://carrier.example/messages';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What a connection does that nothing comes over: it ends when we end it. */
function untilAborted(init: RequestInit | undefined): Promise<never> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

describe('a request to a carrier', () => {
  it('is ended by us, before the outbox stops waiting for it', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => untilAborted(init));
    const ended = vi.fn();
    fetchWithin(ADDRESS).catch(ended);
    await vi.advanceTimersByTimeAsync(CARRIER_TIMEOUT_MS - 1);
    expect(ended).toHaveBeenCalled();
  });

  it('is ended as well where the answer begins and then hangs', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      const body = new ReadableStream({
        start: (stream) => void untilAborted(init).catch((why) => stream.error(why)),
      });
      return new Response(body);
    });
    const ended = vi.fn();
    fetchWithin(ADDRESS).catch(ended);
    await vi.advanceTimersByTimeAsync(CARRIER_TIMEOUT_MS - 1);
    expect(ended).toHaveBeenCalled();
  });

  it('leaves no timer behind once it is answered, follows no redirect, and hands the answer on', async () => {
    const asked = vi
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(Response.json({ sid: 'SM1' }, { status: 201 }));
    const answer = await fetchWithin(ADDRESS, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([201, { sid: 'SM1' }]);
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
