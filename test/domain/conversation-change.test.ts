import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterChange,
  afterUndoing,
  type Change,
  canUndo,
  eventsOf,
  undoableOf,
} from '../../src/domain/conversation/conversation-change.ts';
import * as rules from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';

const ANA = { id: 'ana', name: 'Ana Reyes' };
const LINE = {
  id: 'l',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 1,
  looksUpLineType: false,
} as const;

const begun = (): ConversationSummary =>
  rules.begun({ id: 'c', practiceId: 'p', line: LINE, caller: '+12062020123', language: 'es', at: 1 });

const waiting = (): ConversationSummary => ({
  ...begun(),
  version: 3,
  lastSeq: 2,
  waitingSince: 50,
  unread: 2,
});

function event(seq: number): Message {
  const nothing = { body: '', media: [], author: ANA, delivery: null, call: null, event: null };
  return { ...nothing, id: `m${seq}`, seq, kind: 'event', at: seq * 10 };
}

const changed = (before: ConversationSummary, change: Change) =>
  afterChange(before, change, event(before.lastSeq + 1));

const names = (before: ConversationSummary, change: Change) =>
  eventsOf(before, change).map(({ name }) => name);

describe('a change', () => {
  it('that changes nothing is no event', () => {
    expect(eventsOf(begun(), { state: 'open', assignee: null, snoozedUntil: null })).toEqual([]);
    expect(eventsOf(begun(), { needsReply: false })).toEqual([]);
    expect(eventsOf(waiting(), { needsReply: true })).toEqual([]);
  });

  it('is told as what happened', () => {
    expect(names(begun(), { state: 'done', assignee: ANA })).toEqual(['done', 'assigned']);
    expect(names(begun(), { snoozedUntil: 5 })).toEqual(['snoozed']);
    expect(names({ ...begun(), assignee: ANA }, { assignee: null })).toEqual(['unassigned']);
    expect(names(waiting(), { needsReply: false })).toEqual(['no-reply-needed']);
    expect(names(begun(), { needsReply: true })).toEqual(['needs-reply']);
  });
});

describe('“no reply needed”', () => {
  it('leaves a conversation open, and nobody waits in it', () => {
    expect(changed(waiting(), { needsReply: false })).toMatchObject({
      state: 'open',
      waitingSince: null,
      unread: 0,
    });
  });

  it('is said of what is urgent too: somebody looked', () => {
    const urgent = { ...waiting(), urgent: { phrase: 'chest pain', at: 50 } };
    expect(changed(urgent, { needsReply: false }).urgent).toBeNull();
  });

  it('leaves a snooze alone', () => {
    const snoozed = { ...waiting(), state: 'snoozed', snoozedUntil: 99 } as const;
    expect(changed(snoozed, { needsReply: false })).toMatchObject({ state: 'snoozed', snoozedUntil: 99 });
  });

  it('is over with “needs reply”, which also takes it out of done and snoozed', () => {
    const done = changed(waiting(), { state: 'done' });
    for (const before of [begun(), done, { ...begun(), state: 'snoozed', snoozedUntil: 99 } as const])
      expect(changed(before, { needsReply: true })).toMatchObject({
        state: 'open',
        snoozedUntil: null,
        waitingSince: (before.lastSeq + 1) * 10,
      });
  });
});

const change = fc.oneof(
  fc.constantFrom<Change>(
    { state: 'done' },
    { state: 'open' },
    { needsReply: true },
    { needsReply: false },
    { assignee: ANA },
    { assignee: null },
    { snoozedUntil: null },
  ),
  fc.record({ snoozedUntil: fc.integer({ min: 1, max: 1e6 }) }),
);
const before = fc.record({
  state: fc.constantFrom('open', 'done'),
  waitingSince: fc.option(fc.integer({ min: 1, max: 1e6 })),
  assignee: fc.option(fc.constant(ANA)),
  unread: fc.nat(3),
  problem: fc.option(fc.constant('landline')),
}) as fc.Arbitrary<Partial<ConversationSummary>>;

describe('taking a change back', () => {
  it('brings everything back as it was, but that it happened', () => {
    fc.assert(
      fc.property(before, change, (fields, asked) => {
        const one: ConversationSummary = { ...begun(), ...fields };
        const after = changed(one, asked);
        const undoable = undoableOf(one, after);
        expect(canUndo(undoable, after.version, after)).toBe(true);
        const { version, lastSeq, ...restored } = afterUndoing(after, undoable, event(after.lastSeq + 1));
        const { version: _, lastSeq: __, ...was } = one;
        expect(restored).toEqual(was);
        expect([version, lastSeq]).toEqual([after.version + 1, after.lastSeq + 1]);
      }),
    );
  });

  it('leaves out what somebody else changed or said since, and minds nobody who looked', () => {
    const one = waiting();
    const after = changed(one, { assignee: ANA });
    const undoable = undoableOf(one, after);
    const looked = rules.afterReading(after);
    expect(canUndo(undoable, after.version, looked)).toBe(true);
    expect(afterUndoing(looked, undoable, event(9))).toMatchObject({ assignee: null, unread: 0 });
    const text: Message = { ...event(4), kind: 'text-in', author: null, body: 'Hello?' };
    const meaning = {
      needsReply: true,
      consent: one.consent,
      event: null,
      suggestsOptOut: false,
      asks: null,
    };
    const later = [
      rules.afterNote(after, { ...event(4), kind: 'note' }),
      rules.afterTextIn(after, text, meaning as unknown as Parameters<typeof rules.afterTextIn>[2]),
      changed(after, { assignee: null }),
    ];
    for (const other of later) expect(canUndo(undoable, after.version, other)).toBe(false);
    expect(canUndo(undoable, after.version + 1, after)).toBe(false);
    expect(canUndo(null, after.version, after)).toBe(false);
  });

  it('leaves out one that a text which failed has brought back to staff', () => {
    const one = waiting();
    const after = changed(one, { state: 'done' });
    const failed = rules.afterFailure(after, 'landline', 90);
    expect(canUndo(undoableOf(one, after), after.version, failed)).toBe(false);
  });
});
