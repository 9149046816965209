import { beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Activity } from '../../src/domain/activity/activity.ts';
import type { CallBack } from '../../src/domain/calls/call-back.ts';
import { emptyData } from '../empty-data.ts';
import { activity, NOT_TEXTED } from './activity.ts';
import { ANA, CALLER, conversationOf, firing, inboxOf, textIn } from './firing.ts';

beforeEach(async () => {
  vi.restoreAllMocks();
  await emptyData();
});

const KIM = { id: 'kim', name: 'Kim Lee' };

async function open(): Promise<CallBack[]> {
  return (await inboxOf().callBackPage('open', null)).callBacks;
}

async function recorded(...all: Activity[]): Promise<CallBack[]> {
  for (const one of all) await inboxOf().recordActivity(one);
  return open();
}

async function theOne(): Promise<CallBack> {
  const [callBack, ...more] = await open();
  expect(more).toEqual([]);
  if (!callBack) throw new Error('no call-back');
  return callBack;
}

describe('a call-back', () => {
  it.each([
    ['landline', {}, 'landline'],
    ['opted-out', {}, 'opted-out'],
    ['not-textable', {}, 'invalid-number'],
    ['not-textable', { ...NOT_TEXTED, caller: '+442079460958' }, 'foreign'],
  ] as const)('is opened by a call that led to %s %o', async (outcome, changes, reason) => {
    const one = activity({ outcome, messageId: null, ...changes });
    expect(await recorded(one, one)).toMatchObject([
      { id: one.id, reason, caller: one.caller, calls: 1, since: one.at, tries: [], closed: null },
    ]);
  });

  it.each([
    ['withheld', { caller: 'anonymous' }],
    ['not-textable', { caller: '+18005551234' }],
    ['not-textable', { caller: '+12065550123' }],
    ['landline', { isDryRun: true }],
    ['cooldown', {}],
    ['texting', {}],
    ['unreadable-caller', { caller: '103' }],
  ] as const)('is not opened by %s %o', async (outcome, changes) => {
    expect(await recorded(activity({ outcome, ...NOT_TEXTED, ...changes }))).toEqual([]);
  });

  it('is one for each line and caller: calling again adds to it, reports of the same call do not', async () => {
    const at = Date.now();
    const first = activity({ outcome: 'landline', at });
    await recorded(first, activity({ outcome: 'duplicate', at: at + 1 }), first);
    expect(await theOne()).toMatchObject({ calls: 1, lastCallAt: at });
    await recorded(
      activity({ outcome: 'opted-out', at: at + 9 }),
      activity({ outcome: 'landline', at: at + 9, caller: '+12062020124' }),
      activity({ outcome: 'landline', at: at + 9, line: { id: 'other', name: 'Other' } }),
    );
    expect(await open()).toHaveLength(3);
    expect((await open()).find(({ id }) => id === first.id)).toMatchObject({
      calls: 2,
      since: at,
      lastCallAt: at + 9,
      reason: 'opted-out',
    });
  });

  it('is opened once when a text that a call led to turns out not to arrive', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason: 'landline' });
    const call = firing();
    await conversationOf().fire(call);
    await vi.waitFor(async () => expect(await open()).toHaveLength(1));
    expect(await theOne()).toMatchObject({
      caller: CALLER,
      reason: 'landline',
      calls: 1,
      since: call.firedAt,
      conversationId: conversationOf().id.toString(),
    });
    const published = await conversationOf().published(1);
    if (!published) throw new Error('not begun');
    await inboxOf().apply(published.summary, published.messages, 'simulator');
    expect(await theOne()).toMatchObject({ calls: 1 });
  });

  it('that was closed is opened anew by the next text that fails, and not by a rebuild', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason: 'refused' });
    await conversationOf().fire(firing());
    await vi.waitFor(async () => expect(await open()).toHaveLength(1));
    await inboxOf().changeCallBack((await theOne()).id, { outcome: 'reached', note: null }, ANA);
    await inboxOf().rebuild();
    await vi.waitFor(async () =>
      expect((await inboxOf().page('open', 'ana', null)).conversations).toHaveLength(1),
    );
    expect(await open()).toEqual([]);
    await conversationOf().fire(firing());
    await vi.waitFor(async () => expect(await open()).toHaveLength(1));
  });

  it('tells that the caller has written since, and stays open', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason: 'refused' });
    await conversationOf().fire(firing());
    await vi.waitFor(async () => expect(await open()).toHaveLength(1));
    await conversationOf().receive(textIn('I can text after all'));
    await vi.waitFor(async () => expect((await theOne()).textedAt).not.toBeNull());
  });
});

describe('staff', () => {
  async function opened(): Promise<string> {
    await recorded(activity({ outcome: 'landline' }));
    return (await theOne()).id;
  }

  it('claim one, and whoever comes second is told who has it', async () => {
    const id = await opened();
    expect(await inboxOf().changeCallBack(id, { claim: true }, ANA)).toMatchObject({
      outcome: 'changed',
      callBack: { claimedBy: ANA },
    });
    expect(await inboxOf().changeCallBack(id, { claim: true }, ANA)).toMatchObject({ outcome: 'unchanged' });
    expect(await inboxOf().changeCallBack(id, { claim: true }, KIM)).toEqual({
      outcome: 'claimed',
      by: ANA.name,
    });
    await inboxOf().changeCallBack(id, { claim: false }, KIM);
    expect(await inboxOf().changeCallBack(id, { claim: true }, KIM)).toMatchObject({ outcome: 'changed' });
  });

  it('count a try once, however often the request comes', async () => {
    const id = await opened();
    await inboxOf().changeCallBack(id, { tried: 'voicemail' }, ANA);
    await inboxOf().changeCallBack(id, { tried: 'voicemail' }, ANA);
    await inboxOf().changeCallBack(id, { tried: 'no-answer' }, ANA);
    expect((await theOne()).tries.map(({ what }) => what)).toEqual(['voicemail', 'no-answer']);
  });

  it('close it, find it among the closed ones, and open it again unless the caller called since', async () => {
    const id = await opened();
    const outcome = { outcome: 'reached', note: 'Booked by phone.' } as const;
    await inboxOf().changeCallBack(id, outcome, ANA);
    expect(await inboxOf().changeCallBack(id, outcome, ANA)).toMatchObject({ outcome: 'unchanged' });
    expect(await inboxOf().changeCallBack(id, { claim: true }, KIM)).toEqual({
      outcome: 'closed',
      by: ANA.name,
    });
    expect(await open()).toEqual([]);
    expect((await inboxOf().callBackPage('closed', null)).callBacks).toMatchObject([
      { id, closed: { by: ANA.name, ...outcome } },
    ]);
    expect(await inboxOf().changeCallBack(id, { reopen: true }, KIM)).toMatchObject({ outcome: 'changed' });
    expect(await inboxOf().changeCallBack(id, { reopen: true }, KIM)).toMatchObject({ outcome: 'unchanged' });
    await inboxOf().changeCallBack(id, outcome, ANA);
    await recorded(activity({ outcome: 'landline' }));
    expect(await inboxOf().changeCallBack(id, { reopen: true }, ANA)).toEqual({ outcome: 'open-again' });
  });

  it('cannot change what is not there', async () => {
    expect(await inboxOf().changeCallBack('nothing', { claim: true }, ANA)).toEqual({ outcome: 'not-found' });
  });
});

describe('the queue', () => {
  it('is oldest first, the closed ones latest first, both paged without a gap', async () => {
    const at = Date.now();
    const all = Array.from({ length: 53 }, (_, n) =>
      activity({ outcome: 'landline', at: at + n, caller: `+1206202${String(1000 + n)}` }),
    );
    await recorded(...all);
    const first = await inboxOf().callBackPage('open', null);
    const second = await inboxOf().callBackPage('open', [0, first.callBacks.at(-1)?.id ?? '']);
    expect([...first.callBacks, ...second.callBacks].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
    for (const { id } of all) await inboxOf().changeCallBack(id, { outcome: 'reached', note: null }, ANA);
    const closed = await inboxOf().callBackPage('closed', null);
    const last = closed.callBacks.at(-1);
    const rest = await inboxOf().callBackPage('closed', [last?.closed?.at ?? 0, last?.id ?? '']);
    const seen = [...closed.callBacks, ...rest.callBacks];
    expect(new Set(seen.map(({ id }) => id)).size).toBe(53);
    expect(seen.map(({ closed }) => closed?.at)).toEqual(
      seen.map(({ closed }) => closed?.at ?? 0).sort((a, b) => b - a),
    );
  });
});
