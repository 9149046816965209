import { describe, expect, it } from 'vitest';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Mention } from '../../src/domain/conversation/mentions.ts';
import { newMessage } from '../../src/domain/conversation/message.ts';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import { happenings, MOST_HEARD } from '../../ui/inbox/told/happenings.ts';

const LINE = { id: 'line', name: 'Main', number: '+12062020100', carrier: 'simulator' } as const;
const CALLER = {
  number: '+12062020123',
  verified: 'no',
  names: [],
} as unknown as ConversationSummary['caller'];
const KIM = { id: 'kim', name: 'Kim Lee' };

function conversation(id: string): ConversationSummary {
  const line = LINE as unknown as Parameters<typeof begun>[0]['line'];
  return begun({ id, practiceId: 'p', line, caller: '+12062020123', language: 'en', at: 1 });
}

function wrote(...ids: string[]): InboxFrame {
  const messages = ids.map((id, index) => newMessage({ id, kind: 'text-in', body: 'Hello' }, index + 1, 5));
  return { type: 'conversation', seq: 1, conversation: conversation('c'), messages, counts: COUNTS };
}

const COUNTS = {} as Extract<InboxFrame, { type: 'conversation' }>['counts'];
const named = (conversationId: string, at: number): Mention => ({
  conversation: conversationId,
  caller: CALLER,
  by: KIM,
  at,
});
const resumed = (...mentions: Mention[]): InboxFrame => ({
  type: 'resumed',
  seq: 1,
  counts: COUNTS,
  callBacks: 0,
  present: [],
  mentions,
});
const snapshot = (...mentions: Mention[]): InboxFrame => ({
  type: 'snapshot',
  seq: 1,
  view: 'needs-reply',
  conversations: [],
  nextCursor: null,
  counts: COUNTS,
  callBacks: 0,
  present: [],
  mentions,
});

describe('what is new in a frame', () => {
  const newIn = (frame: InboxFrame) =>
    happenings(frame, 'p').flatMap(({ happening }) =>
      happening.is === 'changed' ? happening.messages.length : [],
    );

  it('is a message once, however often it comes', () => {
    expect(newIn(wrote('a'))).toEqual([1]);
    expect(newIn(wrote('a', 'b'))).toEqual([1]);
    expect(newIn(wrote('a', 'b'))).toEqual([0]);
  });

  it('is remembered of so many messages and no more, however long a shift is', () => {
    const others = Array.from({ length: MOST_HEARD }, (_, index) => `m${index}`);
    happenings(wrote('first'), 'p');
    for (const id of others) expect(newIn(wrote(id))).toEqual([1]);
    expect(newIn(wrote(...others))).toEqual([0]);
    expect(newIn(wrote('first'))).toEqual([1]);
  });
});

describe('notes that name this person while the connection is gone', () => {
  const told = (frame: InboxFrame, practice = 'q') => happenings(frame, practice).map(({ id }) => id);

  it('are told of when it is back, once; those of the first list are not', () => {
    expect(told(snapshot(named('a', 10)))).toEqual([]);
    expect(told(resumed(named('b', 20), named('a', 10)))).toEqual(['b']);
    expect(told(resumed(named('b', 20), named('a', 10)))).toEqual([]);
    expect(told({ type: 'mentioned', seq: 2, ...named('c', 30) })).toEqual(['c']);
    expect(told(snapshot(named('d', 40), named('c', 30)))).toEqual(['d']);
    expect(told(resumed())).toEqual([]);
    expect(told(resumed(named('e', 50)))).toEqual(['e']);
  });

  it('nor are those of another practice, when that is chosen', () => {
    expect(told(snapshot(named('f', 99)), 'r')).toEqual([]);
  });
});
