import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import { newMessage } from '../../src/domain/conversation/message.ts';
import { INBOX_VIEWS } from '../../src/domain/inbox/inbox-view.ts';
import { hasParts, readFrame } from '../../ui/inbox/right-shape.ts';
import { INBOX } from '../../ui/inbox/route.ts';
import { frameReceived } from '../../ui/inbox/state/inbox-changes.ts';
import { initialState } from '../../ui/inbox/state/state.ts';

const START = initialState({ ...INBOX, practiceId: 'lakeside' });
const LINE = { id: 'l', name: 'Main', number: '+12062020100', carrier: 'simulator' } as const;
const line = { ...LINE, segmentsPerSecond: 1, looksUpLineType: false };
const CALLER = '+12062020123';

const conversation = begun({ id: 'c', practiceId: 'p', line, caller: CALLER, language: 'en', at: 1 });
const counts = Object.fromEntries(INBOX_VIEWS.map((view) => [view, 0]));
const messages = [newMessage({ id: 'm', kind: 'text-in', body: 'Hello' }, 1, 2)];
const mention = { conversation: 'c', caller: conversation.caller, by: { id: 'kim', name: 'Kim' }, at: 3 };
const present = [{ id: 'kim', name: 'Kim', conversation: null, isTyping: false }];
const common = { counts, callBacks: 0, present, mentions: [mention] };

const FRAMES: Record<string, unknown>[] = [
  { type: 'snapshot', seq: 1, view: 'open', conversations: [conversation], nextCursor: null, ...common },
  { type: 'resumed', seq: 2, ...common },
  { type: 'conversation', seq: 3, conversation, messages, counts },
  { type: 'presence', seq: 3, present },
  { type: 'mentioned', seq: 3, ...mention },
  { type: 'alarms', seq: 3, alarms: [] },
  { type: 'mentions-seen', seq: 3, conversation: 'c' },
  { type: 'heartbeat', seq: 3 },
];

const junk = fc.oneof(fc.constantFrom(null, 0, '', 'x', true, [], {}, [null], [{}]), fc.jsonValue());

describe('a frame', () => {
  it.each(FRAMES)('of the right shape is taken as it is: $type', (frame) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
  });

  it('is no frame where it is anything else', () => {
    fc.assert(
      fc.property(junk, (value) => {
        expect(readFrame(JSON.stringify(value))).toBeNull();
      }),
    );
    for (const text of ['', '<h1>Sign in</h1>', '{"type":"snapshot"', '{"type":"heartbeat"}'])
      expect(readFrame(text)).toBeNull();
  });

  it('with parts of another kind breaks nothing: it is no frame, or the page can take it in', () => {
    const broken = fc
      .tuple(fc.constantFrom(...FRAMES), fc.integer({ min: 0, max: 20 }), junk)
      .map(([frame, at, value]) => {
        const names = Object.keys(frame).filter((name) => name !== 'type');
        return { ...frame, [names[at % names.length] ?? 'seq']: value };
      });
    fc.assert(
      fc.property(broken, (value) => {
        const frame = readFrame(JSON.stringify(value));
        if (frame === null) return;
        const state = frameReceived(START, frame);
        expect(Array.isArray(state.present) && Array.isArray(state.mentions)).toBe(true);
        for (const one of state.conversations.values())
          expect([typeof one.caller, typeof one.line, typeof one.last]).toEqual([
            'object',
            'object',
            'object',
          ]);
      }),
      { numRuns: 500 },
    );
  });

  it('that only a newer Offhook sends changes nothing', () => {
    const frame = readFrame('{"type":"of-the-future","seq":9,"conversations":7}');
    expect(frame).toEqual({ type: 'heartbeat', seq: 0 });
    expect(frame && frameReceived(START, frame)).toBe(START);
  });
});

describe('an answer', () => {
  it('has the parts that are asked for, or is none', () => {
    expect(hasParts({ conversation, messages }, 'conversation messages*')).toBe(true);
    expect(hasParts({ conversation: {}, messages }, 'conversation messages*')).toBe(false);
    expect(hasParts({ conversation, messages: {} }, 'conversation messages*')).toBe(false);
    expect(hasParts({ conversations: [conversation, null] }, 'conversations*')).toBe(false);
    expect(hasParts({ conversations: [] }, 'conversations*')).toBe(true);
    expect(hasParts(null)).toBe(true);
    fc.assert(
      fc.property(junk, (value) => {
        expect(hasParts(value, 'conversation')).toBe(false);
      }),
    );
  });
});
