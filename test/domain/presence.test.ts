import { describe, expect, it } from 'vitest';
import { mentionedIn } from '../../src/domain/conversation/mentions.ts';
import { newerFor } from '../../src/domain/conversation/newer-messages.ts';
import { presentIn, TYPING_MS, type Window } from '../../src/domain/inbox/presence.ts';

const ANA = { id: 'ana', name: 'Ana Reyes' };
const KIM = { id: 'kim', name: 'Kim Lee' };
const window = (staff: typeof ANA, changes: Partial<Window> = {}): Window => ({
  staff,
  conversation: null,
  isTyping: false,
  isHidden: false,
  at: 0,
  ...changes,
});

describe('who is present', () => {
  it('is each person once, where they write, else where they looked last', () => {
    const windows = [
      window(KIM),
      window(ANA, { conversation: 'one', at: 5 }),
      window(ANA, { conversation: 'two', at: 3, isTyping: true }),
      window(ANA, { at: 9 }),
    ];
    expect(presentIn(windows, 10)).toEqual([
      { ...ANA, conversation: 'two', isTyping: true },
      { ...KIM, conversation: null, isTyping: false },
    ]);
    expect(presentIn(windows, 3 + TYPING_MS)[0]).toMatchObject({ conversation: 'one', isTyping: false });
  });
});

describe('who is named in a note', () => {
  const staff = [ANA, KIM, { id: 'ana2', name: 'Ana Reyes Soto' }, { id: 'kim2', name: 'kim lee' }];
  it.each([
    ['@Ana Reyes look', ['ana']],
    ['(@ana reyes), please', ['ana']],
    ['@Ana Reyes Soto and @Ana Reyes', ['ana2', 'ana']],
    ['@Kim Lee', ['kim', 'kim2']],
    ['@Kim Lee @Kim Lee', ['kim', 'kim2']],
    ['@Kim Leeward', []],
    ['mail@Kim Lee', []],
    ['Kim Lee', []],
    ['@', []],
  ])('%s', (body, ids) => {
    expect(mentionedIn(body, staff).map(({ id }) => id)).toEqual(ids);
  });
});

describe('what is news to who writes', () => {
  it('is the caller’s and colleagues’ texts after what was on screen', () => {
    const all = [
      { seq: 1, kind: 'text-in', author: null },
      { seq: 2, kind: 'text-in', author: null },
      { seq: 3, kind: 'note', author: KIM },
      { seq: 4, kind: 'automatic', author: null },
      { seq: 5, kind: 'reply', author: ANA },
      { seq: 6, kind: 'reply', author: KIM },
      { seq: 7, kind: 'event', author: KIM },
    ] as const;
    expect(newerFor('ana', 1, all).map(({ seq }) => seq)).toEqual([2, 6]);
  });
});
