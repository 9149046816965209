import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyData } from '../empty-data.ts';
import { activity, NOT_TEXTED } from './activity.ts';
import { ACCESS, ANA, conversationOf, firing, inboxOf, textIn } from './firing.ts';
import { type Seat, sit, typesOf } from './seat.ts';

beforeEach(emptyData);

describe('a socket', () => {
  it('starts with the snapshot and then hears of every change, in order', async () => {
    const seat = await sit();
    expect(seat.frames[0]).toMatchObject({
      type: 'snapshot',
      conversations: [],
      nextCursor: null,
      counts: { open: 0 },
    });
    await conversationOf().fire(firing());
    await conversationOf().receive(textIn('Hello'));
    await vi.waitFor(() => {
      const heard = seat.frames.flatMap((frame) => (frame.type === 'conversation' ? frame.messages : []));
      expect(heard.map(({ body }) => body)).toContain('Hello');
      expect(heard.some(({ delivery }) => delivery?.status === 'delivered')).toBe(true);
    });
    const seqs = seat.frames.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(seat.frames.findLast(({ type }) => type === 'conversation')).toMatchObject({
      counts: { open: 1, 'needs-reply': 1, unassigned: 1, mine: 0 },
    });
  });

  it('is told who is here, each person once, however many windows', async () => {
    const ana = await sit('ana');
    const kim = await sit('kim');
    await vi.waitFor(() =>
      expect(ana.frames.at(-1)).toMatchObject({ present: [{ id: 'ana' }, { id: 'kim' }] }),
    );
    const again = await sit('kim');
    kim.socket.close();
    await conversationOf().fire(firing());
    await vi.waitFor(() => expect(typesOf(ana)).toContain('conversation'));
    expect(typesOf(ana).filter((type) => type === 'presence')).toHaveLength(1);
    again.socket.close();
    await vi.waitFor(() =>
      expect(ana.frames.at(-1)).toMatchObject({ type: 'presence', present: [{ id: 'ana' }] }),
    );
  });

  it('is answered a ping with the newest sequence number', async () => {
    const seat = await sit();
    await conversationOf().fire(firing());
    await vi.waitFor(() => expect(typesOf(seat)).toContain('conversation'));
    await vi.waitFor(() => {
      seat.socket.send('ping');
      const heartbeat = seat.frames.findLast(({ type }) => type === 'heartbeat');
      const newest = seat.frames.findLast(({ type }) => type === 'conversation');
      expect(heartbeat?.seq).toBe(newest?.seq);
    });
  });

  it('that comes back gets what it missed and nothing else', async () => {
    const first = await sit();
    await conversationOf().fire(firing());
    await vi.waitFor(() => expect(typesOf(first)).toContain('conversation'));
    const since = Math.max(...first.frames.map(({ seq }) => seq));
    first.socket.close();
    await conversationOf().receive(textIn('While you were away'));
    const second = await sit('ana', { since });
    expect(typesOf(second)).not.toContain('snapshot');
    const bodies = second.frames.flatMap((frame) => (frame.type === 'conversation' ? frame.messages : []));
    await vi.waitFor(() => expect(bodies.map(({ body }) => body)).toContain('While you were away'));
    for (const frame of second.frames) expect(frame.type === 'resumed' || frame.seq > since).toBe(true);
  });

  it('that was away for too long, or comes from nowhere, gets a new snapshot', async () => {
    const first = await sit();
    const { seq } = first.frames[0] ?? { seq: 0 };
    for (const since of [0, seq - 1, seq + 1_000_000]) {
      expect(typesOf(await sit('ana', { since }))[0]).toBe('snapshot');
    }
  });

  it('outlives the eviction of its inbox, and is still told of changes', async () => {
    const seat = await sit();
    await evictDurableObject(inboxOf());
    await conversationOf().receive(textIn('Still there?'));
    await vi.waitFor(() =>
      expect(seat.frames.at(-1)).toMatchObject({ type: 'conversation', conversation: { unread: 1 } }),
    );
    const seqs = seat.frames.map((frame) => frame.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('starts afresh after a crash, with a number that has not run back', async () => {
    const seat = await sit();
    await conversationOf().receive(textIn('Hello'));
    await vi.waitFor(() => expect(typesOf(seat)).toContain('conversation'));
    const since = Math.max(...seat.frames.map(({ seq }) => seq));
    await abortAllDurableObjects();
    const again = await sit('ana', { since });
    expect(again.frames[0]).toMatchObject({ type: 'snapshot', conversations: [{ unread: 1 }] });
    expect(again.frames[0]?.seq).toBeGreaterThan(since);
  });

  it('that says anything but ping is closed', async () => {
    for (const rubbish of ['hello', '{"type":"snapshot"}', new Uint8Array([0, 255]), 'x'.repeat(100_000)]) {
      const seat = await sit();
      seat.socket.send(rubbish);
      expect(await seat.closed).toBe(1008);
    }
  });

  it('whose session is over hears nothing more', async () => {
    const seat = await sit('ana', { validUntil: Date.now() - 1 });
    await conversationOf().read(ACCESS, null);
    await conversationOf().fire(firing());
    expect(await seat.closed).toBe(4408);
    expect(typesOf(seat)).toEqual(['snapshot']);
  });

  it('that asked for the activity hears of it, each as its role may, and nobody misses a number for it', async () => {
    const [manager, staff, neither] = [
      await sit('ana', { activity: 'whole' }),
      await sit('kim', { activity: 'masked' }),
      await sit('lee'),
    ];
    await inboxOf().recordActivity(activity({ outcome: 'stale', ...NOT_TEXTED }));
    const callerAt = (seat: Seat) =>
      seat.frames.flatMap((frame) => (frame.type === 'activity' ? [frame.entry.caller] : []));
    await vi.waitFor(() => expect(callerAt(manager)).toEqual(['+12062020123']));
    await vi.waitFor(() => expect(callerAt(staff)).toEqual(['(206) 202-••23']));
    const seen = Math.max(...neither.frames.map(({ seq }) => seq));
    neither.socket.send('ping');
    await vi.waitFor(() =>
      expect(neither.frames.filter(({ type }) => type !== 'presence').at(-1)).toEqual({
        type: 'heartbeat',
        seq: seen,
      }),
    );
    expect(callerAt(neither)).toEqual([]);
  });

  it('hears of every call-back, and of how many are open when it comes', async () => {
    const seat = await sit();
    expect(seat.frames[0]).toMatchObject({ type: 'snapshot', callBacks: 0 });
    const call = activity({ outcome: 'landline' });
    await inboxOf().recordActivity(call);
    await inboxOf().changeCallBack(call.id, { claim: true }, ANA);
    await vi.waitFor(() =>
      expect(seat.frames.filter(({ type }) => type === 'call-backs')).toMatchObject([
        { open: 1, callBack: { id: call.id, claimedBy: null } },
        { open: 1, callBack: { id: call.id, claimedBy: ANA } },
      ]),
    );
    const since = Math.max(...seat.frames.map(({ seq }) => seq));
    expect((await sit('kim', { since })).frames.at(-1)).toMatchObject({ type: 'resumed', callBacks: 1 });
    expect((await sit('lee')).frames[0]).toMatchObject({ type: 'snapshot', callBacks: 1 });
  });
});
