import fc from 'fast-check';
import { getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/domain/numbers/format-number.ts';
import { type CallerNumber, readCaller } from '../../src/domain/numbers/phone-number.ts';
import { inFull, mayBeTexted, tenDigits, textableDigits, wrapped } from './written-numbers.ts';

function kindOf(raw: string): CallerNumber['kind'] {
  return readCaller(raw).kind;
}

describe('the number of a caller', () => {
  it('reads to the same E.164 in every form in which it is written', () => {
    const writing = textableDigits.chain((national) =>
      inFull(national)
        .chain(wrapped)
        .map((raw) => ({ raw, number: `+1${national}` })),
    );
    fc.assert(
      fc.property(writing, ({ raw, number }) => {
        expect(readCaller(raw)).toEqual({ kind: 'textable', number });
      }),
      { numRuns: 2000 },
    );
  }, 30_000);

  it('may be texted exactly if the numbering plan says so', () => {
    fc.assert(
      fc.property(fc.oneof(tenDigits, textableDigits), (national) => {
        expect(kindOf(national) === 'textable').toBe(mayBeTexted(national));
      }),
      { numRuns: 3000 },
    );
  }, 30_000);

  it.each([
    ['area code that begins with 1', '1062020123'],
    ['area code that begins with 0', '0062020123'],
    ['area code with 9 in the middle', '2962020123'],
    ['area code 911', '9112020123'],
    ['exchange that begins with 1', '2061020123'],
    ['exchange that begins with 0', '2060020123'],
    ['exchange 411', '2064110123'],
    ['nine digits', '206202012'],
    ['eleven digits without a 1', '22062020123'],
    ['twelve digits', '112062020123'],
    ['extension', '103'],
    ['ten digits after a plus, which are no country code and number', '+2062020123'],
    ['number after a prefix that dials abroad, without its country code', '011 206 202 0123'],
    ['network address', '206.202.0.123'],
    ['machine', 'sip:206.202.0.123'],
    ['machine by name', 'sip:pbx.example.com'],
    ['fax', 'fax:2062020123'],
    ['e-mail address', 'ana@example.com'],
    ['name', 'Ana Lopez'],
    ['number with letters', '206-202-CARE'],
    ['number and extension run together', '2062020123x103'],
    ['list of two', '2062020123,2062020124'],
    ['list of two addresses', '<sip:2062020123@a>, <sip:2062020124@a>'],
    ['variable that was not filled in', `$\{CALLERID(num)}`],
    ['template that was not filled in', '{{trigger.call.From}}'],
    ['bracket that is not closed', 'Ana <sip:2062020123@pbx'],
    ['negative number', '-2062020123'],
    ['number with a NUL in it', '206202\u00000123'],
    ['number in the digits of another script', '٢٠٦٢٠٢٠١٢٣'],
    ['plus and nothing else', '+'],
    ['two pluses', '++12062020123'],
    ['international number without its prefix', '447911123456'],
    ['something endless', `+1206202${' '.repeat(200)}0123`],
  ])('is unreadable: %s', (_, raw) => {
    expect(readCaller(raw)).toEqual({ kind: 'unreadable' });
  });

  it.each([
    [
      'toll-free',
      [
        '8002020123',
        '+18332020123',
        '1-844-202-0123',
        '(855) 202-0123',
        'tel:+18662020123',
        '8772020123',
        '0018882020123',
      ],
    ],
    ['premium', ['9002020123', '+19002020123']],
    ['fictional', ['2065550100', '+12065550199', 'sip:+13125550142@pbx.example.com']],
    [
      'foreign',
      [
        '+447911123456',
        '00447911123456',
        '011 44 7911 123456',
        ' 447911123456',
        'tel:+52-55-1234-5678',
        '+80012345678',
      ],
    ],
  ] as const)('is %s, and not textable', (why, raws) => {
    for (const raw of raws) expect(readCaller(raw), raw).toEqual({ kind: 'not-textable', why });
  });

  it('is textable just outside the fictional ones', () => {
    for (const raw of ['2065550099', '2065550200', '2065551212']) expect(kindOf(raw), raw).toBe('textable');
  });

  it('is textable in the Caribbean and in area codes that nobody has been given yet', () => {
    for (const raw of ['8765551234', '+18095551234', '2202020123', '9872020123'])
      expect(kindOf(raw), raw).toBe('textable');
  });

  it('is foreign in every country, however it is dialled', () => {
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples);
      if (!number || number.countryCallingCode === '1') continue;
      const digits = number.number.slice(1);
      for (const raw of [
        `+${digits}`,
        `00${digits}`,
        `011${digits}`,
        ` ${digits}`,
        `sip:+${digits}@pbx.example.com`,
      ]) {
        expect(readCaller(raw), `${country} ${raw}`).toEqual({ kind: 'not-textable', why: 'foreign' });
      }
    }
  }, 30_000);

  it('is never made up: what may be texted stands in what arrived, whatever arrived', () => {
    const pieces = fc.constantFrom(
      ...[
        'sip:',
        'tel:',
        '<',
        '>',
        '"',
        '@',
        ';',
        ':',
        '?',
        '+',
        '+1',
        '1',
        '001',
        '011',
        ' ',
        '-',
        '.',
        '(',
        ')',
        '%2B',
        '206',
      ],
      ...[
        '2020',
        '0123',
        '2062020123',
        '12062020123',
        '7378742833',
        '800',
        '555',
        '0100',
        'anonymous',
        'Ana',
        'x',
        '\u00a0',
        '２',
      ],
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('(', '"', ' ', '<', '1', ';', '@', 'caller'), fc.nat(400))
        .map(([part, times]) => part.repeat(times)),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        const caller = readCaller(raw);
        if (caller.kind !== 'textable') return;
        const national = caller.number.slice(2);
        expect(caller.number.startsWith('+1') && mayBeTexted(national)).toBe(true);
        expect(raw.normalize('NFKC').replace(/\D/g, '')).toContain(national);
      }),
      { numRuns: 5000 },
    );
  }, 30_000);

  it('is shown as people here write it, and left alone elsewhere', () => {
    expect(formatNumber('+12062020123')).toBe('(206) 202-0123');
    expect(formatNumber('+447911123456')).toBe('+447911123456');
    expect(formatNumber('')).toBe('');
  });
});
