import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editSettings, type TriggerSettings } from '../../src/domain/triggers/trigger-edits.ts';
import { HOURS_RULES } from '../../src/domain/triggers/trigger-rules.ts';

const settings: fc.Arbitrary<TriggerSettings> = fc.record({
  text: fc.constantFrom('a', 'b'),
  isOn: fc.boolean(),
  phoneSystem: fc.constantFrom(null, 'asterisk'),
  cooldownMinutes: fc.nat(2),
  liveMinutes: fc.nat(2),
  holdSeconds: fc.nat(2),
  hoursRule: fc.constantFrom(...HOURS_RULES),
  closedText: fc.constantFrom(null, 'c'),
});
const FIELDS = ['text', 'isOn', 'holdSeconds', 'closedText'] as const;
const some = fc.subarray([...FIELDS]);

function only(all: TriggerSettings, fields: readonly (keyof TriggerSettings)[]): Partial<TriggerSettings> {
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

describe('changing settings', () => {
  it('does all that is wanted or nothing', () => {
    fc.assert(
      fc.property(settings, settings, settings, some, (current, wanted, seen, fields) => {
        const result = editSettings(current, only(wanted, fields), only(seen, fields));
        const isRight = fields.every(
          (field) => wanted[field] === current[field] || seen[field] === current[field],
        );
        expect(result.is === 'conflict').toBe(!isRight);
        if (result.is === 'changed') expect(result.settings).toEqual({ ...current, ...only(wanted, fields) });
        if (result.is === 'same') expect(current).toMatchObject(only(wanted, fields));
      }),
    );
  });

  it('changes nothing when it is asked for again', () => {
    fc.assert(
      fc.property(settings, settings, some, (current, wanted, fields) => {
        const once = editSettings(current, only(wanted, fields), current);
        if (once.is !== 'changed') return;
        expect(editSettings(once.settings, only(wanted, fields), only(current, fields))).toEqual({
          is: 'same',
        });
      }),
    );
  });

  it('names what somebody else changed', () => {
    const current = { text: 'new', isOn: true } as TriggerSettings;
    expect(editSettings(current, { text: 'mine', isOn: false }, { text: 'old', isOn: true })).toEqual({
      is: 'conflict',
      fields: ['text'],
    });
  });
});
