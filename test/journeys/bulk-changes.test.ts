import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_BULK } from '../../src/domain/conversation/bulk-change.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINE = '+12062020100';
const CALLERS = ['2062020123', '2062020124', '2062020125'];

let ana: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  ana = await signedInAs('staff@lakeside.example');
});

interface Bulk {
  changed: { conversation: ConversationSummary; undo: number | null }[];
  refused: { id: string; reason: string }[];
}

async function bulk(body: object, by = ana): Promise<Bulk> {
  const answer = await by.post('/api/practices/lakeside/conversations/bulk', body);
  expect(answer.status).toBe(200);
  return answer.json<Bulk>();
}

async function text(caller: string, body: string): Promise<void> {
  const path = `${ORIGIN}/simulator/handsets/${caller}/messages`;
  const sent = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  await exports.default.fetch(path, { ...sent, body: JSON.stringify({ to: LINE, body }) });
}

async function list(query = ''): Promise<ConversationSummary[]> {
  const answer = await ana.ask(`/api/practices/lakeside/conversations?${query}`);
  return (await answer.json<{ conversations: ConversationSummary[] }>()).conversations;
}

async function open(id: string): Promise<{ conversation: ConversationSummary; messages: Message[] }> {
  return (await ana.ask(`/api/conversations/${id}`)).json();
}

const eventsIn = async (id: string) =>
  (await open(id)).messages.flatMap(({ event, author }) =>
    event ? [`${event.name} ${author?.name ?? ''}`] : [],
  );

/** Three callers who wait. */
async function waiting(): Promise<ConversationSummary[]> {
  for (const caller of CALLERS) await text(caller, 'Can I come today?');
  return vi.waitFor(async () => {
    const all = await list('view=needs-reply');
    expect(all).toHaveLength(CALLERS.length);
    return all;
  });
}

const seen = (all: ConversationSummary[]) => all.map(({ id, version }) => ({ id, version }));

/** Without what only tells that something happened. */
const asItWas = ({ version: _, lastSeq: __, ...fields }: ConversationSummary) => fields;

describe('many conversations at once', () => {
  it('are done, and are as they were when that is taken back', async () => {
    const before = await waiting();
    const done = await bulk({ conversations: seen(before), change: { state: 'done' } });
    expect(done.changed.map(({ conversation }) => conversation.state)).toEqual(['done', 'done', 'done']);
    expect(done.refused).toEqual([]);
    await vi.waitFor(async () => expect(await list('view=done')).toHaveLength(3));

    const undo = done.changed.map(({ conversation, undo: version }) => ({ id: conversation.id, version }));
    const back = await bulk({ undo });
    expect(back.changed.map(({ conversation }) => asItWas(conversation))).toEqual(before.map(asItWas));
    await vi.waitFor(async () =>
      expect((await list('view=needs-reply')).map(asItWas)).toEqual(before.map(asItWas)),
    );
    expect(await eventsIn(before[0]?.id ?? '')).toEqual(['done Ana Reyes', 'undone Ana Reyes']);
    expect((await bulk({ undo })).refused.map(({ reason }) => reason)).toEqual(
      Array(3).fill('changed-meanwhile'),
    );
  });

  it('are decided one by one: who wrote meanwhile is not marked done unread', async () => {
    const before = await waiting();
    await text(CALLERS[1] ?? '', 'It got worse');
    await vi.waitFor(async () =>
      expect((await list()).map(({ last }) => last.snippet)).toContain('It got worse'),
    );
    const { changed, refused } = await bulk({ conversations: seen(before), change: { state: 'done' } });
    expect(changed).toHaveLength(2);
    expect(refused).toEqual([{ id: before[1]?.id, reason: 'changed-meanwhile' }]);
    expect((await open(before[1]?.id ?? '')).conversation.state).toBe('open');
  });

  it('are taken back but for those that somebody changed since', async () => {
    const before = await waiting();
    const until = Date.now() + 3_600_000;
    const { changed } = await bulk({ conversations: seen(before), change: { snoozedUntil: until } });
    const marcus = await signedInAs('manager@lakeside.example');
    await marcus.patch(`/api/conversations/${before[0]?.id}`, { state: 'done' });
    const undo = changed.map(({ conversation, undo: version }) => ({ id: conversation.id, version }));
    const back = await bulk({ undo });
    expect(back.refused).toEqual([{ id: before[0]?.id, reason: 'changed-meanwhile' }]);
    expect(back.changed.map(({ conversation }) => conversation.state)).toEqual(['open', 'open']);
    expect((await open(before[0]?.id ?? '')).conversation.state).toBe('done');
  });

  it('are assigned, and what was so already is neither an event nor taken back', async () => {
    const before = await waiting();
    const me =
      before.length > 0 ? await (await ana.ask('/api/session')).json<{ staff: { id: string } }>() : null;
    const assignee = me?.staff.id;
    await ana.patch(`/api/conversations/${before[0]?.id}`, { assignee });
    const now = await vi.waitFor(async () => {
      const all = await list();
      expect(all[0]?.assignee).not.toBeNull();
      return all;
    });
    const { changed } = await bulk({ conversations: seen(now), change: { assignee } });
    expect(changed.map(({ undo }) => undo !== null)).toEqual([false, true, true]);
    expect(changed.map(({ conversation }) => conversation.assignee?.name)).toEqual(
      Array(3).fill('Ana Reyes'),
    );
    expect(await eventsIn(before[0]?.id ?? '')).toEqual(['assigned Ana Reyes']);
  });

  it('of another practice are not there, also for who may see both', async () => {
    const [one] = await waiting();
    const all = { conversations: seen(one ? [one] : []), change: { state: 'done' } };
    const harbor = await signedInAs('staff@harbor.example');
    const foreign = await harbor.post('/api/practices/lakeside/conversations/bulk', all);
    expect([foreign.status, await codeOf(foreign)]).toEqual([404, 'not-found']);
    const admin = await signedInAs('admin@offhook.example');
    for (const by of [harbor, admin]) {
      const answer = await by.post('/api/practices/harbor/conversations/bulk', all);
      expect(await answer.json()).toEqual({ changed: [], refused: [{ id: one?.id, reason: 'not-found' }] });
    }
    expect((await open(one?.id ?? '')).conversation.state).toBe('open');
  });

  it.each([
    ['none', { conversations: [], change: { state: 'done' } }],
    ['one twice', { undo: [1, 2].map((version) => ({ id: 'a', version })) }],
    ['too many', { undo: Array.from({ length: MAX_BULK + 1 }, (_, n) => ({ id: `a${n}`, version: 1 })) }],
    ['no change', { conversations: [{ id: 'a', version: 1 }], change: {} }],
    [
      'two changes',
      { conversations: [{ id: 'a', version: 1 }], change: { state: 'done', needsReply: true } },
    ],
    ['somebody unknown', { conversations: [{ id: 'a', version: 1 }], change: { assignee: 'nobody' } }],
  ])('are refused where the request names %s', async (_, body) => {
    const answer = await ana.post('/api/practices/lakeside/conversations/bulk', body);
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
  });
});

describe('a conversation', () => {
  it('needs no reply once staff say so, stays open, and needs one again with the next text', async () => {
    const [one] = await waiting();
    const id = one?.id ?? '';
    // Looking is not answering.
    expect((await open(id)).conversation.waitingSince).not.toBeNull();
    const answer = await ana.patch(`/api/conversations/${id}`, { needsReply: false });
    expect(await answer.json()).toMatchObject({ conversation: { state: 'open', waitingSince: null } });
    await vi.waitFor(async () =>
      expect((await list('view=awaiting-caller')).map((it) => it.id)).toEqual([id]),
    );
    expect(await eventsIn(id)).toEqual(['no-reply-needed Ana Reyes']);
    await text(one?.caller.number.slice(2) ?? '', 'Another thing');
    await vi.waitFor(async () => expect((await open(id)).conversation.waitingSince).not.toBeNull());
  });

  it('needs a reply once staff say so, and is told on paper and in the file', async () => {
    const [one] = await waiting();
    const id = one?.id ?? '';
    await ana.patch(`/api/conversations/${id}`, { state: 'done' });
    const answer = await ana.patch(`/api/conversations/${id}`, { needsReply: true });
    expect(await answer.json()).toMatchObject({
      conversation: { state: 'open', waitingSince: expect.any(Number) },
    });
    await ana.patch(`/api/conversations/${id}`, { needsReply: false });
    const paper = await (await ana.ask(`/api/conversations/${id}/print`)).text();
    expect(paper).toContain('Needs a reply, by Ana Reyes');
    expect(paper).toContain('No reply needed, by Ana Reyes');
    const file = await (await ana.ask(`/api/conversations/${id}/export`)).text();
    expect(file).toContain('no-reply-needed');
  });

  it.each(['done', 'snoozed'] as const)(
    'that is %s is open again with a new text, and waits',
    async (state) => {
      const [one] = await waiting();
      const id = one?.id ?? '';
      const change = state === 'done' ? { state } : { snoozedUntil: Date.now() + 3_600_000 };
      expect((await ana.patch(`/api/conversations/${id}`, change)).status).toBe(200);
      await text(one?.caller.number.slice(2) ?? '', 'Are you there?');
      await vi.waitFor(async () =>
        expect((await list('view=needs-reply')).find((it) => it.id === id)).toMatchObject({
          state: 'open',
          snoozedUntil: null,
          waitingSince: expect.any(Number),
          last: { snippet: 'Are you there?' },
        }),
      );
    },
  );
});

describe('a list', () => {
  it('is narrowed by what its address says, and what it cannot be is refused in words', async () => {
    await waiting();
    expect(await list('view=needs-reply&useCase=none&callerKind=unverified&language=en')).toHaveLength(3);
    expect(await list('useCase=call-to-text')).toEqual([]);
    expect(await list('q=today&callerKind=here')).toEqual([]);
    expect(await list('q=today&callerKind=unverified')).toHaveLength(3);
    for (const query of ['callerKind=friend', 'useCase=walk-in', `line=${'x'.repeat(101)}`]) {
      const answer = await ana.ask(`/api/practices/lakeside/conversations?${query}`);
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
    }
  });
});
