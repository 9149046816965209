import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadMedia, type MediaOutcome } from '../../src/carriers/media-download.ts';

const SOURCE = {
  address: 'https://storage.example/1',
  base: 'https://api.carrier.example',
  authorization: null,
};

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

/** A little more than staff are made to wait. */
async function outcomeInTime(): Promise<MediaOutcome | 'still waiting'> {
  const outcome = Promise.race([
    downloadMedia(SOURCE),
    new Promise<'still waiting'>((resolve) => setTimeout(() => resolve('still waiting'), 10_000)),
  ]);
  await vi.advanceTimersByTimeAsync(10_000);
  return outcome;
}

describe('a download of what a text carried', () => {
  it('is left where no answer comes', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => untilAborted(init));
    expect(await outcomeInTime()).toEqual({ outcome: 'unreachable' });
  });

  it('is left where it begins and then stops', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      const body = new ReadableStream({
        start(stream) {
          stream.enqueue(new Uint8Array(3));
          void untilAborted(init).catch((why) => stream.error(why));
        },
      });
      return new Response(body);
    });
    expect(await outcomeInTime()).toEqual({ outcome: 'unreachable' });
  });

  it('is left where every redirect takes its time', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      const later = new Promise((resolve) => setTimeout(resolve, 5_000));
      await Promise.race([later, untilAborted(init)]);
      return new Response(null, { status: 302, headers: { Location: '/2' } });
    });
    expect(await outcomeInTime()).toEqual({ outcome: 'unreachable' });
  });

  it('leaves no timer behind', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('abc'));
    expect(await downloadMedia(SOURCE)).toMatchObject({ outcome: 'fetched', bytes: { length: 3 } });
    expect(vi.getTimerCount()).toBe(0);
  });
});
