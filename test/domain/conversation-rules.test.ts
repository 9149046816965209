import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CONSENT } from '../../src/domain/conversation/consent.ts';
import { afterChange, eventsOf } from '../../src/domain/conversation/conversation-change.ts';
import * as rules from '../../src/domain/conversation/conversation-rules.ts';
import {
  type ConversationSummary,
  SNIPPET_LENGTH,
} from '../../src/domain/conversation/conversation-summary.ts';
import type { Message, MessageKind } from '../../src/domain/conversation/message.ts';
import { meaningOf } from '../../src/domain/conversation/text-in-meaning.ts';

const ANA = { id: 'ana', name: 'Ana Reyes' };
const LINE = {
  id: 'l',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 1,
  looksUpLineType: false,
} as const;

function begun(): ConversationSummary {
  return rules.begun({ id: 'c', practiceId: 'p', line: LINE, caller: '+12062020123', language: 'es', at: 1 });
}

function message(seq: number, kind: MessageKind, body = 'x'): Message {
  return {
    id: `m${seq}`,
    seq,
    kind,
    body,
    at: seq * 10,
    media: [],
    author: null,
    delivery: null,
    call: null,
    event: null,
  };
}

type Step =
  | 'automatic'
  | 'text-in'
  | 'reply'
  | 'note'
  | 'failure'
  | 'read'
  | 'retry'
  | 'done'
  | 'open'
  | 'snooze'
  | 'no-reply'
  | 'needs-reply'
  | 'wake';
const step = fc.constantFrom<Step>(
  'automatic',
  'text-in',
  'reply',
  'note',
  'failure',
  'read',
  'retry',
  'done',
  'open',
  'snooze',
  'no-reply',
  'needs-reply',
  'wake',
);

function next(before: ConversationSummary, what: Step): ConversationSummary {
  const seq = before.lastSeq + 1;
  switch (what) {
    case 'automatic':
      return rules.afterAutomaticText(before, message(seq, what), 'call-to-text');
    case 'text-in':
      return rules.afterTextIn(before, message(seq, what), meaningOf('x', before.consent, seq));
    case 'reply':
      return rules.afterReply(before, message(seq, what));
    case 'note':
      return rules.afterNote(before, message(seq, what));
    case 'failure':
      return rules.afterFailure(before, 'landline', seq * 10);
    case 'read':
      return rules.afterReading(before);
    case 'retry':
      return rules.afterRetry(before);
    case 'done':
    case 'open':
      return afterChange(before, { state: what }, message(seq, 'event'));
    case 'snooze':
      return afterChange(before, { snoozedUntil: 99 }, message(seq, 'event'));
    case 'no-reply':
    case 'needs-reply':
      return afterChange(before, { needsReply: what === 'needs-reply' }, message(seq, 'event'));
    case 'wake':
      return rules.afterWaking(before, message(seq, 'event'));
  }
}

describe('whatever happens to a conversation', () => {
  const story = fc.array(step, { maxLength: 40 });

  it('makes it newer, and never forgets a message', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let now = begun();
        for (const what of steps) {
          const newer = next(now, what);
          expect(newer.version).toBe(now.version + 1);
          expect(newer.lastSeq).toBeGreaterThanOrEqual(now.lastSeq);
          now = newer;
        }
      }),
    );
  });

  it('leaves it snoozed exactly while it has a time to wake', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const now = steps.reduce(next, begun());
        expect(now.state === 'snoozed').toBe(now.snoozedUntil !== null);
      }),
    );
  });

  it('leaves a caller who wrote last waiting, unless somebody said that it is done', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const now = [...steps, 'text-in' as const].reduce(next, begun());
        expect(now).toMatchObject({ state: 'open', problem: null });
        expect(now.waitingSince).not.toBeNull();
        expect(now.unread).toBeGreaterThan(0);
        expect(next(now, 'read').waitingSince).toBe(now.waitingSince);
        expect(next(now, 'reply').waitingSince).toBeNull();
        expect(next(now, 'done').waitingSince).toBeNull();
      }),
    );
  });

  it('never changes the language of the conversation', () => {
    fc.assert(
      fc.property(story, (steps) => {
        expect(steps.reduce(next, begun()).language).toBe('es');
      }),
    );
  });
});

describe('a snippet', () => {
  it('is one line, of bounded length, and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (body) => {
        const { snippet } = rules.afterTextIn(
          begun(),
          message(1, 'text-in', body),
          meaningOf(body, NO_CONSENT, 1),
        ).last;
        expect([...snippet].length).toBeLessThanOrEqual(SNIPPET_LENGTH);
        expect(snippet).not.toMatch(/\n/);
        expect(snippet.isWellFormed()).toBe(body.isWellFormed());
      }),
    );
  });
});

describe('what is urgent', () => {
  const lifted = (body = 'chest pain') =>
    rules.afterTextIn(begun(), message(1, 'text-in', body), meaningOf(body, NO_CONSENT, 1), 'chest pain');

  it('is so since the first text that says it, until somebody replies, is done, or says that it is not', () => {
    const urgent = lifted();
    expect(urgent).toMatchObject({ urgent: { phrase: 'chest pain', at: 10 }, waitingSince: 10 });
    const again = rules.afterTextIn(urgent, message(2, 'text-in'), meaningOf('x', NO_CONSENT, 2), 'stroke');
    expect(again.urgent).toEqual({ phrase: 'chest pain', at: 10 });
    expect(rules.afterReply(urgent, message(2, 'reply')).urgent).toBeNull();
    expect(afterChange(urgent, { state: 'done' }, message(2, 'event')).urgent).toBeNull();
    expect(eventsOf(urgent, { isUrgent: false })).toEqual([{ name: 'not-urgent', detail: 'chest pain' }]);
    const calm = afterChange(urgent, { isUrgent: false }, message(2, 'event'));
    expect(calm).toMatchObject({ urgent: null, waitingSince: 10 });
    expect(eventsOf(calm, { isUrgent: false })).toEqual([]);
  });

  it('stays so while it is read, noted, assigned, snoozed, or another text is sent again', () => {
    const urgent = lifted();
    const kept = [
      rules.afterReading(urgent),
      rules.afterNote(urgent, message(2, 'note')),
      afterChange(urgent, { assignee: ANA }, message(2, 'event')),
      afterChange(urgent, { snoozedUntil: 99 }, message(2, 'event')),
      rules.afterRetry(urgent),
      rules.afterFailure(urgent, 'unreachable', 20),
    ];
    for (const one of kept) expect(one).toMatchObject({ urgent: urgent.urgent, waitingSince: 10 });
  });

  it('asks for a reply even where the text by itself would not', () => {
    const meaning = { ...meaningOf('x', NO_CONSENT, 1), needsReply: false };
    expect(rules.afterTextIn(begun(), message(1, 'text-in'), meaning, 'stroke').waitingSince).toBe(10);
  });
});
