import fc from 'fast-check';
import { getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/domain/format-number.ts';
import { type CallerNumber, readCaller } from '../../src/domain/phone-number.ts';

const TOLL_FREE = [800, 833, 844, 855, 866, 877, 888];
const KEYPAD = ['266696687', '7378742833', '86282452253', '8656696', '7748283', '2562533'];

/** The numbering plan once more, in arithmetic: what may be texted, by its ten digits. */
function mayBeTexted(national: string): boolean {
  const [area, exchange, line] = [3, 6, 10].map((end, i) => Number(national.slice([0, 3, 6][i], end)));
  if (area === undefined || exchange === undefined || line === undefined || national.length !== 10)
    return false;
  const isPlan = area >= 200 && exchange >= 200 && area % 100 !== 11 && exchange % 100 !== 11;
  const isFictional = exchange === 555 && line >= 100 && line <= 199;
  const isReserved = Math.floor(area / 10) % 10 === 9 || TOLL_FREE.includes(area) || area === 900;
  return isPlan && !isReserved && !isFictional && national !== '7378742833';
}

const tenDigits = fc
  .integer({ min: 0, max: 9_999_999_999 })
  .map((number) => String(number).padStart(10, '0'));
const textableDigits = fc
  .tuple(
    fc.integer({ min: 200, max: 899 }),
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 0, max: 9999 }),
  )
  .map(([area, exchange, line]) => `${area}${exchange}${String(line).padStart(4, '0')}`)
  .filter(mayBeTexted);

/** Ten digits as people and machines group them. */
const grouped = (national: string) =>
  fc.constantFrom(' ', '.', '-', '/', '\u00a0', '\u2011', '').chain((gap) => {
    const [area, exchange, line] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
    return fc.constantFrom(
      [area, exchange, line].join(gap),
      `(${area})${gap}${exchange}${gap}${line}`,
      `[${area}] ${exchange}${gap}${line}`,
    );
  });

const inFull = (national: string) =>
  fc
    .tuple(
      fc.constantFrom(
        '',
        '1',
        '1 ',
        '1-',
        '+1',
        '+1 ',
        '+1-',
        '(+1) ',
        '001',
        '001-',
        '011-1-',
        '0111',
        '%2B1',
        ' 1',
        ' 1-',
      ),
      grouped(national),
    )
    .map(([prefix, number]) => `${prefix}${number}`);

/** What a SIP or telephone address puts around a number. */
const wrapped = (number: string) =>
  fc.constantFrom(
    number,
    `"${number}"`,
    `'${number}'`,
    `${number} `,
    `<${number}>`,
    `\u202a${number}\u202c`,
    `tel:${number}`,
    `TEL:${number};ext=103`,
    `tel:${number};phone-context=example.com`,
    `sip:${number}@pbx.example.com`,
    `sip:${number}@10.0.0.7:5060;user=phone`,
    `sips:${number};ext=103@pbx.example.com;transport=tls?Subject=hi`,
    `SIP:${number};npdi;rn=+12065550100@[2001:db8::1]:5060`,
    `sip:${number}:secret@pbx.example.com`,
    `<sip:${number}@pbx.example.com>;tag=8f3a`,
    `"Ana" <sip:${number}@pbx.example.com;user=phone>;tag=8f3a`,
    `"Lopez, Ana <cell>" <sip:${number}@pbx.example.com>`,
    `Ana <tel:${number}>`,
    `"Unknown" <${number}>`,
    `${number}@pbx.example.com`,
    number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  );

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
  });

  it('may be texted exactly if the numbering plan says so', () => {
    fc.assert(
      fc.property(fc.oneof(tenDigits, textableDigits), (national) => {
        expect(kindOf(national) === 'textable').toBe(mayBeTexted(national));
      }),
      { numRuns: 3000 },
    );
  });

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
        // Ten digits after a space can be a number of ours with a space before it, unless they are one abroad.
        expect(readCaller(raw), `${country} ${raw}`).toEqual({ kind: 'not-textable', why: 'foreign' });
      }
    }
  });

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
  });

  it('is readable beside a name that merely is not known, or that only begins like such a word', () => {
    for (const raw of [
      '"Unavailable" <2062020123>',
      '"Private Practice" <2062020123>',
      'Block, Ana <2062020123>',
    ]) {
      expect(kindOf(raw), raw).toBe('textable');
    }
  });

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
        '%',
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
  });

  it('is shown as people here write it, and left alone elsewhere', () => {
    expect(formatNumber('+12062020123')).toBe('(206) 202-0123');
    expect(formatNumber('+447911123456')).toBe('+447911123456');
    expect(formatNumber('')).toBe('');
  });
});
