import { describe, expect, it } from 'vitest';
import { decideTrigger } from '../../src/domain/trigger-decision.ts';

const asked = {
  caller: '2062020123',
  happenedAt: null,
  now: 10_000_000,
  isOn: true,
  isDryRun: false,
  ownNumbers: new Set(['+12062020100', '+12062020199']),
  doNotText: new Set(['+12062020666']),
};

describe('a trigger that fires', () => {
  it('texts a caller who can be texted', () => {
    expect(decideTrigger(asked)).toEqual({ decision: 'text', caller: '+12062020123' });
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
    ['it is off', { isOn: false }, { decision: 'skip', reason: 'trigger-off' }],
    ['it was an hour ago', { happenedAt: 6_400_000 }, { decision: 'skip', reason: 'stale' }],
    ['it is a rehearsal', { isDryRun: true }, { decision: 'skip', reason: 'dry-run' }],
  ] as const)('texts nobody if %s', (_, difference, decision) => {
    expect(decideTrigger({ ...asked, ...difference })).toEqual(decision);
  });

  it('tells first what is wrong with the number, then with the trigger', () => {
    const off = { ...asked, isOn: false, isDryRun: true };
    expect(decideTrigger({ ...off, caller: '103' })).toMatchObject({ problem: 'unreadable-caller' });
    expect(decideTrigger({ ...off, caller: 'private' })).toMatchObject({ reason: 'withheld' });
    expect(decideTrigger({ ...off, caller: '2062020100' })).toMatchObject({ reason: 'not-textable' });
    expect(decideTrigger({ ...off, caller: '2062020666' })).toMatchObject({ reason: 'opted-out' });
    expect(decideTrigger(off)).toMatchObject({ reason: 'trigger-off' });
  });
});
