import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { kannel } from '../../src/carriers/kannel.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, conversationOf, firing, inboxOf, LINE, messagesOf, textIn } from './firing.ts';
import { countRows } from './row-count.ts';

const ASKING = { ...LINE, looksUpLineType: true };
const asking = (lineType: Parameters<typeof firing>[0] = {}) => firing({ line: ASKING, ...lineType });

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
});
afterEach(() => vi.restoreAllMocks());

const conversation = conversationOf;
const EVERYTHING = { filter: null, triggerId: null, typed: '', sight: 'whole', after: null } as const;

describe('a trigger on a line that looks up line types', () => {
  it('asks for it first, and records nothing until then', async () => {
    const rows = await countRows();
    expect(await conversation().fire(asking())).toMatchObject({ outcome: 'look-up-first' });
    expect(rows.written()).toBe(0);
    rows.stop();
    expect(await conversation().read(ACCESS, null)).toEqual({ outcome: 'not-found' });
  });

  it.each(['mobile', 'voip', 'unknown'] as const)(
    'texts where it is %s, and never asks again',
    async (lineType) => {
      expect(await conversation().fire(asking({ lineType }))).toMatchObject({ outcome: 'texting' });
      expect(await conversation().fire(asking())).toMatchObject({ outcome: 'texting' });
      // Whatever somebody else was told meanwhile.
      expect(await conversation().fire(asking({ lineType: 'landline' }))).toMatchObject({
        outcome: 'texting',
      });
      await vi.waitFor(() => expect(simulator.send).toHaveBeenCalledTimes(3));
    },
  );

  it('shows staff the text that a landline did not get, and remembers it', async () => {
    const call = asking({ lineType: 'landline' });
    expect(await conversation().fire(call)).toMatchObject({ outcome: 'landline' });
    expect(await conversation().fire(asking())).toMatchObject({ outcome: 'landline' });
    expect(await conversation().fire(call)).toMatchObject({ outcome: 'duplicate' });
    const [message, ...others] = await messagesOf(conversation());
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      id: call.messageId,
      kind: 'automatic',
      delivery: { status: 'failed', reason: 'landline', attempt: 0 },
    });
    const read = await conversation().read(ACCESS, 1);
    expect(read).toMatchObject({
      conversation: { cannotText: 'landline', problem: 'landline', waitingSince: expect.any(Number) },
    });
    expect(simulator.send).not.toHaveBeenCalled();
    await vi.waitFor(async () => {
      const { activity } = await inboxOf().activityPage(EVERYTHING);
      expect(activity).toContainEqual(
        expect.objectContaining({ outcome: 'landline', conversationId: conversation().id.toString() }),
      );
    });
  });

  it('asks nothing about a caller who has texted, and texts them whatever the carrier says', async () => {
    await conversation().receive(textIn('Hello'));
    expect(await conversation().fire(asking())).toMatchObject({ outcome: 'texting' });
    expect(await conversation().fire(asking({ lineType: 'landline' }))).toMatchObject({ outcome: 'texting' });
  });

  it('asks nothing of a carrier that cannot tell', async () => {
    vi.spyOn(kannel, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'k-1' });
    const line = { ...ASKING, carrier: 'kannel' } as const;
    expect(await conversation().fire(firing({ line }))).toMatchObject({ outcome: 'texting' });
  });

  it('asks nothing where no text would leave anyway', async () => {
    await conversation().receive(textIn('STOP'));
    expect(await conversation().fire(asking())).toMatchObject({ outcome: 'opted-out' });
  });

  it('writes no row more for what it remembers', async () => {
    await inboxOf().page('open', 'ana', null);
    const rows = await countRows();
    await conversation().fire(asking({ lineType: 'mobile' }));
    await vi.waitFor(async () => {
      expect((await messagesOf(conversation()))[0]?.delivery?.status).toBe('sent');
      expect((await inboxOf().page('open', 'ana', null)).conversations).toHaveLength(1);
    });
    rows.stop();
    expect(rows.written()).toBeLessThanOrEqual(10);
  });
});

it('a line that does not want it never asks', async () => {
  expect(await conversation().fire(firing())).toMatchObject({ outcome: 'texting' });
});
