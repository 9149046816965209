import { describe, expect, it } from 'vitest';
import { type Asked, decideTrigger } from '../../src/domain/triggers/trigger-decision.ts';
import { DEFAULT_RULES } from '../../src/domain/triggers/trigger-rules.ts';

const trigger = { isOn: true, text: 'How can we help?', rules: DEFAULT_RULES };
const off = { ...trigger, isOn: false };

const asked: Asked = {
  caller: '2062020123',
  happenedAt: null,
  callerFrom: 'ani',
  now: 10_000_000,
  trigger,
  schedule: null,
  ownNumbers: new Set(['+12062020100', '+12062020199']),
  doNotText: new Set(['+12062020666']),
};

describe('a trigger that fires', () => {
  it('texts a caller who can be texted', () => {
    expect(decideTrigger(asked)).toMatchObject({
      decision: 'text',
      caller: '+12062020123',
      text: 'How can we help?',
      heldUntil: null,
    });
    expect(decideTrigger({ ...asked, happenedAt: 6_400_001 })).toMatchObject({ decision: 'text' });
  });

  it.each([
    ['there is no caller', { caller: null }, { decision: 'refuse', problem: 'missing-caller' }],
    ['the caller cannot be read', { caller: '103' }, { decision: 'refuse', problem: 'unreadable-caller' }],
    ['the number is withheld', { caller: 'anonymous' }, { decision: 'skip', reason: 'withheld' }],
    ['the number is empty', { caller: '' }, { decision: 'skip', reason: 'withheld' }],
    ['the number is toll-free', { caller: '8002020123' }, { decision: 'skip', reason: 'not-textable' }],
    ['our own line calls', { caller: '(206) 202-0100' }, { decision: 'skip', reason: 'not-textable' }],
    [
      'our own front desk calls',
      { caller: 'sip:+12062020199@pbx' },
      { decision: 'skip', reason: 'not-textable' },
    ],
    ['it is on the do-not-text list', { caller: '2062020666' }, { decision: 'skip', reason: 'opted-out' }],
    ['it is off', { trigger: off }, { decision: 'skip', reason: 'trigger-off' }],
    ['it was an hour ago', { happenedAt: 6_400_000 }, { decision: 'skip', reason: 'stale' }],
  ] as const)('texts nobody if %s', (_, difference, decision) => {
    expect(decideTrigger({ ...asked, ...difference })).toMatchObject(decision);
  });

  it('tells first what is wrong with the number, then with the trigger', () => {
    const isOff = { ...asked, trigger: off };
    expect(decideTrigger({ ...isOff, caller: '103' })).toMatchObject({ problem: 'unreadable-caller' });
    expect(decideTrigger({ ...isOff, caller: 'private' })).toMatchObject({ reason: 'withheld' });
    expect(decideTrigger({ ...isOff, caller: '2062020100' })).toMatchObject({ reason: 'not-textable' });
    expect(decideTrigger({ ...isOff, caller: '2062020666' })).toMatchObject({ reason: 'opted-out' });
    expect(decideTrigger(isOff)).toMatchObject({ reason: 'trigger-off' });
  });

  it.each([
    [null, 'tells no time'],
    [9_999_000, 'just now'],
    [6_460_000, '59 minutes ago'],
    [6_400_000, '60 minutes ago'],
    [-2_000_000, '3 hours ago'],
  ])('says how long ago the call was (%s)', (happenedAt, words) => {
    const { decisions } = decideTrigger({ ...asked, happenedAt });
    expect(decisions.find(({ check }) => check === 'time-of-call')?.words).toContain(words);
  });

  it('says that nothing was held because no opening is in sight', () => {
    const neverOpen = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => []), holidays: [] };
    const holding = { ...trigger, rules: { ...DEFAULT_RULES, hoursRule: 'hold' } } as const;
    const decided = decideTrigger({ ...asked, trigger: holding, schedule: neverOpen });
    expect(decided).toMatchObject({ decision: 'skip', reason: 'closed' });
    expect(decided.decisions.at(-1)?.words).toContain('no opening');
  });
});
