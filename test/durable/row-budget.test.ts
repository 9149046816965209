import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';
import { activity } from './activity.ts';
import { ACCESS, conversationOf, firing, inboxOf, messagesOf, textIn } from './firing.ts';
import { countRows } from './row-count.ts';

/** Rows written are most of what this costs to run. Each budget covers the conversation and its inbox. */

let rows: Awaited<ReturnType<typeof countRows>>;

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
});
afterEach(() => {
  rows.stop();
  vi.restoreAllMocks();
});

const conversation = conversationOf;

/** Rows that `event` writes until everything that follows from it is done as well. */
async function rowsWrittenBy(event: () => Promise<unknown>): Promise<number> {
  await inboxOf().page('open', 'ana', null);
  rows = await countRows();
  await event();
  await settled();
  return rows.written();
}

/** The text is sent, and the inbox has the newest version. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const read = await conversation().read(ACCESS, 1);
    const { conversations } = await inboxOf().page('open', 'ana', null);
    if (read.outcome !== 'read') throw new Error('not begun');
    expect(conversations[0]?.version).toBe(read.conversation.version);
    const waiting = (await messagesOf(conversation())).filter(
      ({ delivery }) => delivery?.status === 'queued',
    );
    expect(waiting).toEqual([]);
  });
}

async function begun(): Promise<void> {
  await conversation().fire(firing());
  await settled();
}

describe('rows written', () => {
  it('by a trigger until its text is sent: at most 10 for a new caller, everything included', async () => {
    expect(await rowsWrittenBy(() => conversation().fire(firing()))).toBeLessThanOrEqual(10);
  });

  it('by what is recorded of a call: 1, and 3 where somebody has to call back', async () => {
    await inboxOf().page('open', 'ana', null);
    rows = await countRows();
    await inboxOf().recordActivity(activity({ outcome: 'cooldown' }));
    expect(rows.written()).toBe(1);
    await inboxOf().recordActivity(activity({ outcome: 'landline' }));
    expect(rows.written()).toBe(4);
  });

  it('by a trigger until its text is sent: at most 8 for a caller we know', async () => {
    await begun();
    expect(await rowsWrittenBy(() => conversation().fire(firing()))).toBeLessThanOrEqual(8);
  });

  it('by a text in: at most 8', async () => {
    await begun();
    expect(
      await rowsWrittenBy(() => conversation().receive(textIn('My prescription ran out'))),
    ).toBeLessThanOrEqual(8);
  });

  it('by a text in for somebody who is not here: at most 8', async () => {
    await begun();
    await conversation().change(ACCESS, { assignee: ACCESS.staff });
    await settled();
    expect(await rowsWrittenBy(() => conversation().receive(textIn('Hello')))).toBeLessThanOrEqual(8);
  });

  it('by a reply until it is sent: at most 10', async () => {
    await begun();
    await conversation().receive(textIn('Hello'));
    await conversation().change(ACCESS, { assignee: ACCESS.staff });
    await settled();
    const reply = { id: crypto.randomUUID(), body: 'Hi, this is Ana.' };
    expect(await rowsWrittenBy(() => conversation().reply(ACCESS, reply))).toBeLessThanOrEqual(10);
  });

  it('by a delivery report: at most 1', async () => {
    const call = firing();
    await conversation().fire(call);
    await settled();
    const report = {
      conversationId: conversation().id.toString(),
      messageId: call.messageId,
      attempt: 1,
      status: 'delivered',
      reason: null,
    } as const;
    await vi.waitFor(async () =>
      expect((await messagesOf(conversation()))[0]?.delivery?.status).toBe('sent'),
    );
    expect(await rowsWrittenBy(() => conversation().recordDelivery(report))).toBe(1);
  });

  it('by a delivery report on a text that is not known: at most 1, and none when it is repeated', async () => {
    const report = {
      conversationId: conversation().id.toString(),
      messageId: 'not yet',
      attempt: 1,
      status: 'delivered',
      reason: null,
    } as const;
    rows = await countRows();
    await conversation().recordDelivery(report);
    expect(rows.written()).toBe(1);
    await conversation().recordDelivery(report);
    expect(rows.written()).toBe(1);
  });

  it('by opening a conversation: at most 2, and none the second time', async () => {
    await begun();
    await conversation().receive(textIn('Hello'));
    await settled();
    expect(await rowsWrittenBy(() => conversation().read(ACCESS, null))).toBeLessThanOrEqual(2);
    rows.stop();
    expect(await rowsWrittenBy(() => conversation().read(ACCESS, null))).toBe(0);
  });
});
