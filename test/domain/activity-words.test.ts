import { describe, expect, it } from 'vitest';
import { ACTIVITY_OUTCOMES, CHECKS, firstActivityId } from '../../src/domain/activity/activity.ts';
import { ACTIVITY_FILTERS, readActivityId } from '../../src/domain/activity/activity-entry.ts';
import { CHECK_WORDS, filterWords, OUTCOME_WORDS } from '../../src/domain/activity/activity-words.ts';
import {
  CALL_BACK_OUTCOMES,
  CALL_BACK_REASONS,
  CALL_BACK_TRIES,
  readCallBackCursor,
} from '../../src/domain/calls/call-back.ts';
import { CLOSED_WORDS, REASON_WORDS, TRY_WORDS } from '../../src/domain/calls/call-back-words.ts';
import { daysUntil } from '../../src/domain/hours/days.ts';
import { activity } from '../durable/activity.ts';

describe('words', () => {
  it.each(ACTIVITY_OUTCOMES)('for %s say what happened and what it means', (outcome) => {
    const { chip, means } = OUTCOME_WORDS[outcome];
    expect(chip.length).toBeLessThanOrEqual(20);
    expect(means).toMatch(/^[A-Z].{30,}\.$/);
  });

  it('tell every filter and every check from the others', () => {
    for (const all of [
      ACTIVITY_FILTERS.map(filterWords),
      CHECKS.map((check) => CHECK_WORDS[check]),
      CALL_BACK_REASONS.map((reason) => REASON_WORDS[reason]),
      CALL_BACK_OUTCOMES.map((outcome) => CLOSED_WORDS[outcome].label),
      CALL_BACK_TRIES.map((what) => TRY_WORDS[what]),
    ]) {
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('say of everything that went wrong what to do, and nowhere shout', () => {
    for (const outcome of ACTIVITY_OUTCOMES) expect(OUTCOME_WORDS[outcome].means).not.toMatch(/!|error/i);
  });
});

describe('ids', () => {
  it('of activities sort by time and are the only cursors', () => {
    const [one, later] = [activity({ at: 1000 }), activity({ at: 1001 })];
    expect(one.id < later.id).toBe(true);
    expect(firstActivityId(1001) < later.id && firstActivityId(1001) > one.id).toBe(true);
    expect(readActivityId(one.id)).toBe(one.id);
    for (const wrong of ['', '1', `${one.id}0`, `${one.id}'`, one.id.toUpperCase().replace('-', '_')]) {
      expect(readActivityId(wrong)).toBeNull();
    }
  });

  it('of call-backs make cursors, and nothing else does', () => {
    const { id } = activity();
    expect(readCallBackCursor(`0.${id}`)).toEqual([0, id]);
    for (const wrong of ['', '0', `x.${id}`, `0.${id}.1`, '0.']) expect(readCallBackCursor(wrong)).toBeNull();
  });
});

describe('the days that calls are counted in', () => {
  it('begin at midnight of the practice, also across a change of clocks', () => {
    const now = Date.parse('2026-11-02T02:00:00-08:00');
    expect(daysUntil(now, 'America/Los_Angeles')).toEqual({
      today: Date.parse('2026-11-02T00:00:00-08:00'),
      week: Date.parse('2026-10-27T00:00:00-07:00'),
    });
  });
});
