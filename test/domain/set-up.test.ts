import { describe, expect, it } from 'vitest';
import { readLineNumber, readMainNumber } from '../../src/domain/numbers/line-number.ts';
import { isPracticeId, practiceIdFrom } from '../../src/domain/practice/practice-id.ts';
import { type SetUpFacts, type SetUpTrigger, setUpSteps } from '../../src/domain/practice/set-up.ts';

const TRIGGER: SetUpTrigger = {
  id: 't',
  useCase: 'abandoned-call',
  language: 'en',
  text: 'Hello',
  isOn: false,
  wentLive: null,
  reviewedAt: 5,
};
const NOTHING: SetUpFacts = {
  environment: 'production',
  practice: {
    id: 'p',
    name: 'P',
    kind: 'clinic',
    timeZone: 'America/New_York',
    mainNumber: null,
    version: 1,
    madeAt: 1,
    archivedAt: null,
  },
  lines: [],
  hours: null,
  triggers: [],
  firstCallAt: null,
  teammates: [],
  arrivedAt: null,
};
const BY = { id: 's', name: 'Jo' };

function states(facts: Partial<SetUpFacts>): Record<string, string> {
  return Object.fromEntries(setUpSteps({ ...NOTHING, ...facts }).map(({ id, state }) => [id, state]));
}

describe('the steps of setting up', () => {
  it('begin with a practice and nothing else', () => {
    expect(setUpSteps(NOTHING).filter(({ state }) => state === 'done')).toMatchObject([
      { id: 'profile', facts: [{ words: 'P, on the clock of New York', at: 1 }], missing: [] },
    ]);
    expect(states({ environment: 'demo' }).live).toBe('elsewhere');
  });

  it('need every line checked and texted', () => {
    const good = { name: 'A', carrierCheck: { isGood: true, words: 'ok', at: 2 }, textInAt: 3 };
    expect(states({ lines: [good] }).line).toBe('done');
    expect(states({ lines: [good, { ...good, textInAt: null }] }).line).toBe('open');
    expect(states({ lines: [good, { ...good, carrierCheck: null }] }).line).toBe('open');
  });

  it('need every text of a language looked at', () => {
    const spanish = { ...TRIGGER, language: 'es', reviewedAt: null };
    expect(states({ triggers: [TRIGGER] }).texts).toBe('done');
    expect(states({ triggers: [TRIGGER, spanish] }).texts).toBe('open');
    expect(states({ triggers: [{ ...TRIGGER, language: 'x-nonsense-' }] }).texts).toBe('done');
  });

  it('are live in production only on the word of demo, or of an admin, and while a trigger is on', () => {
    const proof = { how: 'proof', at: 9, by: BY, testedAt: 7 } as const;
    const override = { how: 'override', at: 9, by: BY, reason: 'r' } as const;
    expect(states({ triggers: [TRIGGER] })).toMatchObject({ tested: 'open', live: 'open' });
    expect(states({ triggers: [{ ...TRIGGER, wentLive: proof }] })).toMatchObject({
      tested: 'done',
      live: 'open',
    });
    const live = setUpSteps({ ...NOTHING, triggers: [{ ...TRIGGER, isOn: true, wentLive: override }] });
    expect(live.at(-1)).toMatchObject({ id: 'live', state: 'done' });
    expect(live.at(-2)?.facts[0]?.words).toContain('on the word of Jo');
  });
});

describe('the id of a practice', () => {
  it.each([
    ['Lakeside Family Clinic', 'lakeside-family-clinic'],
    ['  --Ñandú & Co.-- ', 'nandu-co'],
    ['welcome', 'practice-welcome'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['日本', 'practice'],
    ['x'.repeat(100), 'x'.repeat(40)],
  ])('is made of its name: %s', (name, id) => {
    expect(practiceIdFrom(name)).toBe(id);
    expect(isPracticeId(id)).toBe(true);
  });
});

describe('a number of the practice', () => {
  it.each(['(206) 202-0150', '+1 206 202 0150', '12062020150', '206.202.0150'])(
    'is read as people write it: %s',
    (typed) => {
      expect(readLineNumber(typed)).toEqual({ is: 'number', number: '+12062020150' });
    },
  );

  it('may be toll-free; a fictional one is good for trying out where calls go, and for nothing else', () => {
    expect(readLineNumber('1 (833) 202-0150')).toEqual({ is: 'number', number: '+18332020150' });
    expect(readLineNumber('206 555 0101').is).toBe('fault');
    expect(readMainNumber('206 555 0101', { isReal: false })).toEqual({
      is: 'number',
      number: '+12065550101',
    });
    expect(readMainNumber('206 555 0101', { isReal: true }).is).toBe('fault');
    expect(readMainNumber('not a number', { isReal: false }).is).toBe('fault');
  });
});
