import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, sightOfRole } from '../../src/domain/activity/activity-entry.ts';
import { maskedActivity, maskedCaller, maskedWords } from '../../src/domain/activity/activity-masking.ts';
import { callerKey, callerPart, maskedCallerKey } from '../../src/domain/activity/activity-search.ts';
import { activity, NOT_TEXTED } from '../durable/activity.ts';

const number = fc.stringMatching(/^[2-9][0-8]\d[2-9]\d{6}$/).filter((digits) => new Set(digits).size > 3);

describe('a masked caller', () => {
  it.each([
    ['+12062020123', '(206) 202-••23'],
    ['+442079460958', '+44207946••58'],
    ['103', '•••'],
    ['sip:2062020123@pbx', 'sip:••••••••••@pbx'],
    ['anonymous', 'anonymous'],
  ])('%s is shown as %s', (caller, shown) => {
    expect(maskedCaller(caller)).toBe(shown);
  });
});

describe('what staff see of a call without a conversation', () => {
  it('never has the whole number in it, however the phone system wrote it', () => {
    const forms = [
      (digits: string) => digits,
      (digits: string) => `+1${digits}`,
      (digits: string) => `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
      (digits: string) => [...digits].join(' '),
      (digits: string) => [...digits].map((digit) => `%3${digit}`).join(''),
      (digits: string) => [...digits].map((digit) => `\\u003${digit}`).join(''),
      (digits: string) => [...digits].map((digit) => `&#${48 + Number(digit)};`).join(''),
      (digits: string) => [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
    ];
    fc.assert(
      fc.property(number, fc.constantFrom(...forms), (digits, form) => {
        const written = form(digits);
        const request = { ...activity().request, query: `from=${written}`, body: `{"from":"${written}"}` };
        const words = `What came is ${written}.`;
        const whole = activity({
          ...NOT_TEXTED,
          caller: `+1${digits}`,
          request,
          decisions: [{ check: 'caller', isPassed: false, words }],
        });
        const seen = [maskedActivity(whole), entryOf(whole, null, 'masked')];
        for (const one of seen) {
          const { id: _, at: __, ...rest } = one;
          expect(JSON.stringify(rest)).not.toContain(digits.slice(-4));
          expect(JSON.stringify(rest)).not.toContain(written);
        }
        expect(maskedCallerKey(`+1${digits}`)).not.toContain(digits.slice(-4));
      }),
    );
  });

  it('leaves times and counts in our own sentences', () => {
    const words = 'The call was 90 minutes ago. This trigger waits 120 s, until 10:42 AM.';
    expect(maskedWords(words)).toBe(words);
  });

  it('is whole for managers and admins, and where a conversation shows the number', () => {
    expect([sightOfRole('staff'), sightOfRole('manager'), sightOfRole('admin')]).toEqual([
      'masked',
      'whole',
      'whole',
    ]);
    expect(entryOf(activity(), null, 'masked').caller).toBe('+12062020123');
    expect(entryOf(activity(NOT_TEXTED), null, 'whole').caller).toBe('+12062020123');
  });
});

describe('a part of a number', () => {
  it('is found in the number it is a part of, whatever is written between its digits', () => {
    fc.assert(
      fc.property(
        number,
        fc.nat(9),
        fc.nat(9),
        fc.constantFrom('', ' ', '-', '.', ') '),
        (digits, a, b, sign) => {
          const part = digits.slice(Math.min(a, b), Math.max(a, b) + 1);
          expect(callerKey(`+1${digits}`)).toContain(callerPart([...part].join(sign)));
        },
      ),
    );
  });

  it('is nothing where nothing was typed that could be in a number or a name', () => {
    expect([callerPart(' '), callerPart('()'), callerPart('%')]).toEqual([null, null, null]);
    expect(callerPart('Anonymous')).toBe('anonymous');
    expect(callerKey(null)).toBe('');
  });
});
