import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallHistory,
  NO_HISTORY,
  waitingTexts,
  withAnswered,
  withAnswerUsed,
  withCall,
  withoutWaiting,
} from '../../src/domain/calls/call-history.ts';
import {
  type CallReport,
  decideJourney,
  type HistoryReason,
  type Looked,
} from '../../src/domain/calls/call-journey.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';

const MINUTE = 60_000;
const T0 = 1_800_000_000_000;
const RULES = { cooldownMinutes: 10, liveMinutes: 30 };

type Outcome = 'text' | 'replaces' | HistoryReason;

/** What a conversation does with each decision, without the storage. */
class Caller {
  history: CallHistory = NO_HISTORY;
  outcomes: Outcome[] = [];
  #texts = 0;

  fires(useCase: UseCase, callKey: string | null, atMinutes = 0, holdMinutes = 0): Outcome {
    const report: CallReport = { callKey, useCase, at: T0 + atMinutes * MINUTE };
    const decided = decideJourney({
      report,
      isRecorded: false,
      history: this.history,
      refusal: null,
      cannotText: null,
      rules: RULES,
    });
    const heldUntil = holdMinutes === 0 ? null : report.at + holdMinutes * MINUTE;
    if (decided.isText) {
      this.history = withoutWaiting(this.history, decided.replaces);
      this.#texts += 1;
      const call = { ...report, textSeq: this.#texts, heldUntil, isSecond: false };
      this.history = withCall(this.history, call);
    } else if (decided.reason === 'answered') this.history = withAnswerUsed(this.history, report);
    else if (decided.reason !== 'duplicate') {
      const isSecond = decided.reason === 'same-journey';
      this.history = withCall(this.history, { ...report, textSeq: null, heldUntil: null, isSecond });
    }
    const outcome = decided.isText ? (decided.replaces.length > 0 ? 'replaces' : 'text') : decided.reason;
    this.outcomes.push(outcome);
    return outcome;
  }

  getsThrough(callKey: string | null, atMinutes = 0): void {
    const answered = { callKey, at: T0 + atMinutes * MINUTE };
    const waiting = waitingTexts(this.history, answered.at, answered);
    this.history = withAnswered(withoutWaiting(this.history, waiting), answered);
  }

  texts(atMinutes: number): void {
    this.history = { ...this.history, lastTextAt: T0 + atMinutes * MINUTE };
  }

  /** Texts that left or will. */
  get left(): number {
    return this.history.calls.filter(({ textSeq }) => textSeq !== null).length;
  }
}

const caller = () => new Caller();

describe('one call, one text', () => {
  it.each([
    ['key, then hang-up', 'call-to-text', 'abandoned-call', 'a', 'a'],
    ['hang-up, then key', 'abandoned-call', 'call-to-text', 'a', 'a'],
    ['key, then hang-up, without ids', 'call-to-text', 'abandoned-call', null, null],
    ['hang-up, then key, without ids', 'abandoned-call', 'call-to-text', null, null],
    ['key with an id, hang-up without', 'call-to-text', 'abandoned-call', 'a', null],
    ['key without an id, hang-up with one', 'call-to-text', 'abandoned-call', null, 'a'],
  ] as const)('%s', (_, first, second, firstKey, secondKey) => {
    const ana = caller();
    expect(ana.fires(first, firstKey)).toBe('text');
    expect(ana.fires(second, secondKey, 1)).toBe('same-journey');
  });

  it('a repeat with the id of the call is a duplicate, however often and late', () => {
    const ana = caller();
    ana.fires('call-to-text', 'a');
    ana.fires('abandoned-call', 'a');
    expect(ana.fires('call-to-text', 'a', 85)).toBe('duplicate');
    expect(ana.fires('abandoned-call', 'a', 85)).toBe('duplicate');
  });

  it('in any order, number and at any time: never two texts for one call', () => {
    const report = fc.record({
      useCase: fc.constantFrom<UseCase>('call-to-text', 'abandoned-call'),
      minutes: fc.integer({ min: 0, max: 200 }),
      hold: fc.constantFrom(0, 0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 8 }), (reports) => {
        const ana = caller();
        for (const { useCase, minutes, hold } of reports) ana.fires(useCase, 'a', minutes, hold);
        expect(ana.left).toBe(1);
      }),
    );
  });

  it('without any ids either, as long as the reports come within the cooldown', () => {
    const report = fc.record({
      useCase: fc.constantFrom<UseCase>('call-to-text', 'abandoned-call'),
      minutes: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 8 }), (reports) => {
        const ana = caller();
        for (const { useCase, minutes } of reports.toSorted((a, b) => a.minutes - b.minutes))
          ana.fires(useCase, null, minutes);
        expect(ana.left).toBe(1);
      }),
    );
  });
});

describe('a caller who calls again', () => {
  it('within the cooldown gets no other text, and later one', () => {
    const ana = caller();
    expect(ana.fires('abandoned-call', 'a', 0)).toBe('text');
    expect(ana.fires('abandoned-call', 'b', 9)).toBe('cooldown');
    expect(ana.fires('call-to-text', 'c', 9.9)).toBe('cooldown');
    expect(ana.fires('abandoned-call', 'd', 10)).toBe('text');
  });

  it('is not taken for the same call because both named none', () => {
    const ana = caller();
    ana.fires('call-to-text', null, 0);
    expect(ana.fires('abandoned-call', null, 1)).toBe('same-journey');
    expect(ana.fires('abandoned-call', null, 5)).toBe('cooldown');
    expect(ana.fires('abandoned-call', null, 11)).toBe('text');
  });

  it('is told to staff as the how-manieth time it is, a call with two reports counting once', () => {
    const ana = caller();
    ana.fires('call-to-text', 'a', 0);
    ana.fires('abandoned-call', 'a', 0);
    const decided = decideJourney({
      report: { callKey: 'b', useCase: 'abandoned-call', at: T0 + MINUTE },
      isRecorded: false,
      history: ana.history,
      refusal: null,
      cannotText: null,
      rules: RULES,
    });
    expect(decided).toMatchObject({ isText: false, reason: 'cooldown', callNumber: 2 });
  });

  it('while they are texting is not interrupted', () => {
    const ana = caller();
    ana.texts(0);
    expect(ana.fires('abandoned-call', 'a', 29)).toBe('live-conversation');
    expect(ana.fires('abandoned-call', 'b', 30)).toBe('text');
  });
});

describe('a text that waits', () => {
  it('gives way to the one that the caller asked for with the key', () => {
    const ana = caller();
    expect(ana.fires('abandoned-call', 'a', 0, 2)).toBe('text');
    expect(ana.fires('call-to-text', 'a', 1)).toBe('replaces');
    expect(ana.left).toBe(1);
  });

  it('stays where the key was pressed first, or when it has left', () => {
    const ana = caller();
    ana.fires('call-to-text', 'a', 0, 2);
    expect(ana.fires('abandoned-call', 'a', 1, 2)).toBe('same-journey');
    const ben = caller();
    ben.fires('abandoned-call', 'a', 0, 1);
    expect(ben.fires('call-to-text', 'a', 1)).toBe('same-journey');
  });

  it('is called off when the caller gets through, with or without an id of the call', () => {
    for (const [fired, answered] of [
      ['a', 'a'],
      [null, 'a'],
      ['a', null],
      [null, null],
    ] as const) {
      const ana = caller();
      ana.fires('abandoned-call', fired, 0, 2);
      ana.getsThrough(answered, 1);
      expect(ana.left).toBe(0);
    }
  });

  it('of another call is left alone', () => {
    const ana = caller();
    ana.fires('abandoned-call', 'a', 0, 2);
    ana.getsThrough('b', 1);
    expect(ana.left).toBe(1);
  });
});

describe('who got through', () => {
  it('is not texted when the call ends', () => {
    const ana = caller();
    ana.getsThrough('a', 0);
    expect(ana.fires('abandoned-call', 'a', 50)).toBe('answered');
    expect(ana.fires('abandoned-call', 'a', 51)).toBe('answered');
  });

  it('and then calls again and gives up, is texted', () => {
    const named = caller();
    named.getsThrough('a', 0);
    named.fires('abandoned-call', 'a', 3);
    expect(named.fires('abandoned-call', 'b', 5)).toBe('text');
    const unnamed = caller();
    unnamed.getsThrough(null, 0);
    expect(unnamed.fires('abandoned-call', null, 3)).toBe('answered');
    expect(unnamed.fires('abandoned-call', null, 5)).toBe('text');
  });

  it('may still ask for a text with the key', () => {
    const ana = caller();
    ana.getsThrough('a', 0);
    expect(ana.fires('call-to-text', 'a', 1)).toBe('text');
  });
});

describe('what speaks against a text', () => {
  const report: CallReport = { callKey: 'a', useCase: 'abandoned-call', at: T0 };
  const asked: Looked = {
    report,
    isRecorded: false,
    history: NO_HISTORY,
    refusal: null,
    cannotText: null,
    rules: RULES,
  };

  it.each([
    ['opted-out', { refusal: 'opted-out' }],
    ['opted-out', { refusal: 'do-not-text' }],
    ['landline', { cannotText: 'landline' }],
    ['not-textable', { cannotText: 'invalid-number' }],
    // What the caller wishes goes before what the number can do.
    ['opted-out', { refusal: 'opted-out', cannotText: 'landline' }],
  ] as const)('%s', (reason, known) => {
    expect(decideJourney({ ...asked, ...known })).toMatchObject({ isText: false, reason, callNumber: null });
  });

  it('a text that is there of the same call, though the call is forgotten', () => {
    expect(decideJourney({ ...asked, isRecorded: true })).toMatchObject({ reason: 'duplicate' });
  });

  it('is the last decision, and the only one that is not passed; a text passes all of them', () => {
    const { decisions } = decideJourney({ ...asked, refusal: 'opted-out' });
    expect(decisions.map(({ isPassed }) => isPassed)).toEqual([true, true, false]);
    const texted = decideJourney(asked);
    expect(texted).toMatchObject({ isText: true, replaces: [] });
    expect(texted.decisions.map(({ check }) => check)).toEqual([
      'same-call',
      'got-through',
      'consent',
      'line-type',
      'same-journey',
      'live-conversation',
      'cooldown',
    ]);
    expect(texted.decisions.every(({ isPassed }) => isPassed)).toBe(true);
  });
});
