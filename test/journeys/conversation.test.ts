import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const CALLER = '2062020123';
const LINE = '+12062020100';

let ana: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  ana = await signedInAs('staff@lakeside.example');
});

async function hangUp(caller = CALLER): Promise<string> {
  const body = new URLSearchParams({ CALLER_ID_NUMBER: caller });
  const answer = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
    method: 'POST',
    body,
  });
  const { result, conversation } = await answer.json<{ result: string; conversation: string }>();
  expect(result).toBe('texting');
  return conversation;
}

async function onHandset(): Promise<string[]> {
  const answer = await exports.default.fetch(`${ORIGIN}/simulator/handsets/${CALLER}/messages`);
  const { messages } = await answer.json<{ messages: { body: string; direction: string }[] }>();
  return messages.filter(({ direction }) => direction === 'received').map(({ body }) => body);
}

async function answerFromHandset(body: string): Promise<void> {
  const answer = await exports.default.fetch(`${ORIGIN}/simulator/handsets/${CALLER}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ to: LINE, body }),
  });
  expect(answer.status).toBe(202);
}

async function list(query = ''): Promise<ConversationSummary[]> {
  const answer = await ana.ask(`/api/practices/lakeside/conversations?${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json<{ conversations: ConversationSummary[] }>()).conversations;
}

interface Opened {
  conversation: ConversationSummary;
  messages: Message[];
  nextCursor: string | null;
  newerCursor: string | null;
}

async function open(id: string, query = ''): Promise<Opened> {
  const answer = await ana.ask(`/api/conversations/${id}${query}`);
  expect(answer.status).toBe(200);
  return answer.json<Opened>();
}

describe('the whole journey', () => {
  it('a caller hangs up, is texted, answers, and is answered', async () => {
    const id = await hangUp();
    await vi.waitFor(async () => expect(await onHandset()).toHaveLength(1));
    expect((await onHandset())[0]).toContain('Lakeside Family Clinic');
    await vi.waitFor(async () => expect(await list()).toMatchObject([{ id, waitingSince: null }]));

    await answerFromHandset('I need to move my visit');
    await vi.waitFor(async () =>
      expect(await list('view=needs-reply')).toMatchObject([
        { id, unread: 1, last: { kind: 'text-in', snippet: 'I need to move my visit' } },
      ]),
    );

    const opened = await open(id);
    expect(opened.messages.map(({ kind }) => kind)).toEqual(['automatic', 'text-in']);
    expect(opened.conversation.unread).toBe(0);

    const reply = { id: crypto.randomUUID(), kind: 'reply', body: 'Of course. Which day suits you?' };
    expect((await ana.post(`/api/conversations/${id}/messages`, reply)).status).toBe(201);
    const again = await ana.post(`/api/conversations/${id}/messages`, reply);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ message: { id: reply.id, author: { name: 'Ana Reyes' } } });

    await vi.waitFor(async () => expect((await onHandset())[1]).toBe(reply.body));
    await vi.waitFor(async () =>
      expect((await open(id)).messages.at(-1)?.delivery?.status).toBe('delivered'),
    );
    expect(await onHandset()).toHaveLength(2);
    expect(await list('view=needs-reply')).toEqual([]);
  });

  it('is seen live by staff who have the inbox open', async () => {
    const answer = await ana.ask('/api/practices/lakeside/inbox', { headers: { Upgrade: 'websocket' } });
    const frames: InboxFrame[] = [];
    answer.webSocket?.addEventListener('message', ({ data }) => {
      frames.push(JSON.parse(data as string));
    });
    answer.webSocket?.accept();
    await vi.waitFor(() => expect(frames[0]?.type).toBe('snapshot'));
    const id = await hangUp();
    await vi.waitFor(() =>
      expect(frames.at(-1)).toMatchObject({
        type: 'conversation',
        conversation: { id },
        messages: [{ delivery: { status: 'delivered' } }],
      }),
    );
  });

  it('ends with done, and begins again with the next text', async () => {
    const id = await hangUp();
    const done = await ana.patch(`/api/conversations/${id}`, { state: 'done' });
    expect(await done.json()).toMatchObject({ conversation: { state: 'done' } });
    await vi.waitFor(async () => expect(await list('view=done')).toMatchObject([{ id }]));
    await answerFromHandset('One more thing');
    await vi.waitFor(async () =>
      expect(await list('view=needs-reply')).toMatchObject([{ id, state: 'open' }]),
    );
  });

  it('is not done with a reply that has failed by then', async () => {
    const id = await hangUp('2062020006');
    await vi.waitFor(async () => expect((await open(id)).conversation.problem).toBe('landline'));
    const after = (await open(id)).messages[0]?.id;
    const failed = await ana.patch(`/api/conversations/${id}`, { state: 'done', after });
    expect([failed.status, await codeOf(failed)]).toEqual([409, 'not-sent']);
    for (const wrong of [
      { after },
      { state: 'open', after },
      { state: 'done', after, assignee: null },
      { state: 'done', after: 'x' },
    ])
      expect((await ana.patch(`/api/conversations/${id}`, wrong)).status).toBe(400);
    const one = { id, version: (await open(id)).conversation.version };
    const many = { conversations: [one], change: { state: 'done', after } };
    expect((await ana.post('/api/practices/lakeside/conversations/bulk', many)).status).toBe(400);
    expect((await open(id)).conversation.state).toBe('open');
  });

  it('says why a text did not arrive, and sends it again when asked', async () => {
    const id = await hangUp('2062020006');
    await vi.waitFor(async () =>
      expect(await list('view=needs-reply')).toMatchObject([{ id, problem: 'landline' }]),
    );
    const [message] = (await open(id)).messages;
    expect(message?.delivery).toMatchObject({ status: 'undelivered', reason: 'landline' });
    const retry = await ana.post(`/api/conversations/${id}/messages/${message?.id}/retry`);
    expect(retry.status).toBe(200);
    await vi.waitFor(async () =>
      expect((await open(id)).messages[0]?.delivery).toMatchObject({ status: 'undelivered', attempt: 2 }),
    );
  });
});

describe('a conversation can', () => {
  it('be given to a colleague, to an admin who asks, and to nobody, but not to a stranger', async () => {
    const id = await hangUp();
    const { staff } = await (await ana.ask('/api/practices/lakeside/staff')).json<{
      staff: { id: string }[];
    }>();
    const colleague = staff.find((one) => one.id !== 'lakeside-staff');
    const given = await ana.patch(`/api/conversations/${id}`, { assignee: colleague?.id });
    expect(await given.json()).toMatchObject({ conversation: { assignee: { id: colleague?.id } } });
    const admin = await signedInAs('admin@offhook.example');
    const { staff: self } = await (await admin.ask('/api/session')).json<{ staff: { id: string } }>();
    expect((await admin.patch(`/api/conversations/${id}`, { assignee: self.id })).status).toBe(200);
    expect((await ana.patch(`/api/conversations/${id}`, { assignee: 'harbor-staff' })).status).toBe(400);
    expect((await ana.patch(`/api/conversations/${id}`, { assignee: null })).status).toBe(200);
    const events = (await open(id)).messages.flatMap(({ event }) => (event ? [event.name] : []));
    expect(events).toEqual(['assigned', 'assigned', 'unassigned']);
  });

  it('sleep until a time to come, and be woken', async () => {
    const id = await hangUp();
    const snoozedUntil = Date.now() + 3600_000;
    expect((await ana.patch(`/api/conversations/${id}`, { snoozedUntil })).status).toBe(200);
    await vi.waitFor(async () => expect(await list('view=snoozed')).toMatchObject([{ id, snoozedUntil }]));
    const iso = new Date(snoozedUntil).toISOString();
    const again = await ana.patch(`/api/conversations/${id}`, { snoozedUntil: iso });
    expect(await again.json()).toMatchObject({ conversation: { snoozedUntil } });
    expect((await ana.patch(`/api/conversations/${id}`, { snoozedUntil: null })).status).toBe(200);
    expect((await ana.patch(`/api/conversations/${id}`, { snoozedUntil: Date.now() - 1 })).status).toBe(400);
  });

  it('be read page by page, back to its first message', async () => {
    const id = await hangUp();
    for (let n = 0; n < 60; n += 1) {
      await ana.post(`/api/conversations/${id}/messages`, {
        id: crypto.randomUUID(),
        kind: 'note',
        body: `${n}`,
      });
    }
    const newest = await open(id);
    expect(newest.messages).toHaveLength(50);
    const older = await open(id, `?cursor=${newest.nextCursor}`);
    expect(older.nextCursor).toBeNull();
    const seqs = [...older.messages, ...newest.messages].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 61 }, (_, index) => index + 1));
  });

  it('be read from the middle on, in both directions, which leaves it unread', async () => {
    const id = await hangUp();
    await answerFromHandset('Is anybody there?');
    await vi.waitFor(async () => expect(await list()).toMatchObject([{ id, unread: 1 }]));
    for (let n = 0; n < 120; n += 1) {
      const note = { id: crypto.randomUUID(), kind: 'note', body: `${n}` };
      await ana.post(`/api/conversations/${id}/messages`, note);
    }
    const middle = await open(id, '?around=60');
    const seqs = ({ messages }: { messages: { seq: number }[] }) => messages.map(({ seq }) => seq);
    expect(seqs(middle)).toEqual(Array.from({ length: 50 }, (_, index) => index + 36));
    expect(middle).toMatchObject({ nextCursor: '36', newerCursor: '85' });
    const newer = await open(id, `?after=${middle.newerCursor}`);
    expect(seqs(newer)).toEqual(Array.from({ length: 37 }, (_, index) => index + 86));
    expect(newer.newerCursor).toBeNull();
    expect(seqs(await open(id, '?around=2')).at(0)).toBe(1);
    expect(await open(id, '?around=9999')).toMatchObject({ newerCursor: null });
    expect(await list()).toMatchObject([{ id, unread: 1 }]);
    expect((await open(id)).newerCursor).toBeNull();
    await vi.waitFor(async () => expect(await list()).toMatchObject([{ id, unread: 0 }]));
  });

  it('be found by its words', async () => {
    const id = await hangUp();
    await answerFromHandset('My inhaler is empty');
    await vi.waitFor(async () => expect(await list('q=inhal')).toMatchObject([{ id }]));
    expect(await list('q=0123')).toMatchObject([{ id }]);
    expect(await list('q=nothing')).toEqual([]);
  });
});

describe('staff of another practice', () => {
  it('are told that none of it is there', async () => {
    const id = await hangUp();
    const kim = await signedInAs('staff@harbor.example');
    const asked = await Promise.all([
      kim.ask(`/api/conversations/${id}`),
      kim.post(`/api/conversations/${id}/messages`, { id: crypto.randomUUID(), kind: 'reply', body: 'Hi' }),
      kim.patch(`/api/conversations/${id}`, { state: 'done' }),
      kim.patch(`/api/conversations/${id}`, { assignee: 'lakeside-staff' }),
      kim.post(`/api/conversations/${id}/messages/${crypto.randomUUID()}/retry`),
      kim.ask('/api/practices/lakeside/conversations'),
      kim.ask('/api/practices/lakeside/staff'),
      kim.ask('/api/practices/lakeside/inbox', { headers: { Upgrade: 'websocket' } }),
      kim.post('/api/practices/lakeside/inbox/rebuild'),
      kim.ask('/api/practices/no-such/conversations'),
    ]);
    for (const answer of asked) {
      expect(answer.status).toBe(404);
      expect(await codeOf(answer)).toBe('not-found');
    }
    expect((await open(id)).messages).toHaveLength(1);
  });

  it('and nobody at all without signing in', async () => {
    const id = await hangUp();
    for (const path of [
      `/api/conversations/${id}`,
      '/api/practices/lakeside/conversations',
      '/api/practices/lakeside/inbox',
    ]) {
      const answer = await exports.default.fetch(ORIGIN + path);
      expect([answer.status, await codeOf(answer)]).toEqual([401, 'not-signed-in']);
    }
  });
});

describe('bad input is refused and leaves nothing behind', () => {
  it('in messages', async () => {
    const id = await hangUp();
    const good = { id: crypto.randomUUID(), kind: 'reply', body: 'Hi' };
    const path = `/api/conversations/${id}/messages`;
    const refused: [unknown, number][] = [
      [{ ...good, id: 'not-a-uuid' }, 400],
      [{ ...good, kind: 'automatic' }, 400],
      [{ ...good, body: '' }, 400],
      [{ ...good, body: ' \n' }, 400],
      [{ ...good, body: 'x'.repeat(1531) }, 400],
      [{ ...good, body: 'x'.repeat(17_000) }, 413],
      [{ ...good, body: 5 }, 400],
      [[good], 400],
      [null, 400],
    ];
    for (const [body, status] of refused)
      expect((await ana.post(path, body)).status, JSON.stringify(body)?.slice(0, 80)).toBe(status);
    expect((await ana.ask(path, { method: 'POST', headers: { 'Content-Type': 'text/plain' } })).status).toBe(
      415,
    );
    expect(
      (await ana.ask(path, { method: 'POST', json: good, headers: { Origin: 'https://evil.example' } }))
        .status,
    ).toBe(403);
    expect((await open(id)).messages).toHaveLength(1);
  });

  it('in changes, cursors and views', async () => {
    const id = await hangUp();
    for (const change of [
      {},
      { state: 'snoozed' },
      { state: 'done', snoozedUntil: Date.now() + 9999 },
      { assignee: 7 },
      { snoozedUntil: 'soon' },
    ]) {
      expect((await ana.patch(`/api/conversations/${id}`, change)).status, JSON.stringify(change)).toBe(400);
    }
    for (const query of [
      'cursor=x',
      'cursor=0',
      'cursor=-1',
      'cursor=1e400',
      'around=0',
      'after=x',
      'after=1&around=2',
    ]) {
      expect((await ana.ask(`/api/conversations/${id}?${query}`)).status, query).toBe(400);
    }
    for (const query of [
      'view=all',
      'cursor=1.2',
      'cursor=9.1.aa',
      'q=a&cursor=abc',
      `q=${'a'.repeat(201)}`,
    ]) {
      expect((await ana.ask(`/api/practices/lakeside/conversations?${query}`)).status, query).toBe(400);
    }
  });

  it('in addresses of conversations', async () => {
    const real = await hangUp();
    const forged = `${real.slice(0, 63)}${real.endsWith('0') ? '1' : '0'}`;
    for (const id of ['x', forged, '0'.repeat(64), real.toUpperCase(), `${real}0`, '..%2f']) {
      const answer = await ana.ask(`/api/conversations/${id}`);
      expect([answer.status, await codeOf(answer)], id).toEqual([404, 'not-found']);
    }
  });

  it('in methods and paths', async () => {
    expect((await ana.ask('/api/practices/lakeside/inbox')).status).toBe(400);
    for (const [method, path] of [
      ['PUT', '/api/conversations/x'],
      ['DELETE', '/api/practices/lakeside/conversations'],
      ['GET', '/api/nothing'],
    ] as const) {
      const answer = await ana.ask(path, { method });
      expect([404, 405], `${method} ${path}`).toContain(answer.status);
      expect(await answer.json()).toMatchObject({ error: { requestId: expect.any(String) } });
    }
  });
});

describe('the inbox can be built anew', () => {
  it('by a manager, and not by staff', async () => {
    await hangUp();
    expect((await ana.post('/api/practices/lakeside/inbox/rebuild')).status).toBe(403);
    const manager = await signedInAs('manager@lakeside.example');
    expect((await manager.post('/api/practices/lakeside/inbox/rebuild')).status).toBe(202);
    await vi.waitFor(async () => expect(await list()).toHaveLength(1));
  });
});
