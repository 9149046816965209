import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaller } from '../../src/domain/numbers/phone-number.ts';
import { wrapped } from './written-numbers.ts';

const KEYPAD = ['266696687', '7378742833', '86282452253', '8656696', '7748283', '2562533'];

describe('the number of a caller', () => {
  it.each([
    '',
    ' ',
    '""',
    '<>',
    'tel:',
    'sip:@pbx.example.com',
    'anonymous',
    'ANONYMOUS',
    'Restricted',
    'unavailable',
    'unknown',
    'Private',
    'blocked',
    '"Anonymous"',
    'No Caller ID',
    'NoCallerID',
    'Unknown caller',
    'unknown-number',
    'Private number',
    'PRIVATE_NUMBER',
    'Caller ID blocked',
    'Number withheld',
    'not available',
    'Out of area',
    '<unknown>',
    'null',
    'undefined',
    'asterisk',
    'sip:anonymous@anonymous.invalid',
    'sips:anonymous@anonymous.invalid;user=phone',
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=9',
    'Anonymous <sip:Restricted@10.0.0.7:5060>',
    '<sip:unavailable@unknown.invalid>',
    'sip:12062020123@anonymous.invalid',
    '"Anonymous" <sip:+12062020123@pbx.example.com>',
    'Private Caller <tel:+12062020123>',
  ])('is withheld as %j', (raw) => {
    expect(readCaller(raw)).toEqual({ kind: 'withheld' });
  });

  it('is withheld by such a word on a keypad, whatever is dialled before it and put between', () => {
    const keypad = fc.constantFrom(...KEYPAD).chain((digits) => {
      const gaps = fc.array(fc.constantFrom('', '', ' ', '-', '.', '(', ')', '/'), {
        minLength: digits.length,
        maxLength: digits.length,
      });
      const spaced = gaps.map((gap) => [...digits].map((digit, i) => digit + gap[i]).join(''));
      const prefix = fc.constantFrom(
        '',
        '1',
        '+',
        '+1',
        '%2B',
        '00',
        '001',
        '+001',
        '011',
        '0111',
        '011-1-',
        '+011',
        ' ',
        ' 1',
      );
      return fc.tuple(prefix, spaced).map((parts) => parts.join(''));
    });
    fc.assert(
      fc.property(keypad.chain(wrapped), (raw) => {
        expect(readCaller(raw)).toEqual({ kind: 'withheld' });
      }),
      { numRuns: 2000 },
    );
  }, 30_000);

  it('is readable beside a name that merely is not known, or that only begins like such a word', () => {
    for (const raw of [
      '"Unavailable" <2062020123>',
      '"Private Practice" <2062020123>',
      'Block, Ana <2062020123>',
    ]) {
      expect(readCaller(raw).kind, raw).toBe('textable');
    }
  });
});
