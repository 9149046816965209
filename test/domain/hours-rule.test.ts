import { describe, expect, it } from 'vitest';
import { atHours } from '../../src/domain/hours/hours-rule.ts';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import { DEFAULT_RULES, HOURS_RULES, type HoursRule } from '../../src/domain/triggers/trigger-rules.ts';

const schedule: Schedule = {
  timeZone: 'America/Los_Angeles',
  week: [...Array.from({ length: 5 }, () => [{ from: '08:00', to: '17:00' }]), [], []],
  holidays: [],
};
const OPEN = Date.parse('2026-11-25T10:00:00-08:00');
const CLOSED = Date.parse('2026-11-25T20:00:00-08:00');
const NEXT_MORNING = Date.parse('2026-11-26T08:00:00-08:00');

function trigger(hoursRule: HoursRule) {
  return { text: 'Hello', rules: { ...DEFAULT_RULES, hoursRule, closedText: 'We are closed' } };
}

describe('what a trigger does about the hours', () => {
  it.each(HOURS_RULES)('%s: the usual text while it is open, and where nobody set hours', (rule) => {
    const usual = { does: 'text', text: 'Hello', isOpen: true };
    expect(atHours(trigger(rule), schedule, OPEN)).toEqual(usual);
    expect(atHours(trigger(rule), null, CLOSED)).toEqual(usual);
  });

  it.each([
    ['always', { does: 'text', text: 'Hello' }],
    ['other-text', { does: 'text', text: 'We are closed' }],
    ['hold', { does: 'hold', text: 'Hello', until: NEXT_MORNING }],
    ['nothing', { does: 'nothing' }],
  ] as const)('%s, while it is closed', (rule, expected) => {
    expect(atHours(trigger(rule), schedule, CLOSED)).toMatchObject(expected);
  });

  it('holds no text for a practice that never opens', () => {
    const never = { ...schedule, week: Array.from({ length: 7 }, () => []) };
    expect(atHours(trigger('hold'), never, CLOSED)).toEqual({ does: 'nothing', isOpen: false });
  });
});
