import fc from 'fast-check';

/** Numbers in all the ways in which they are written, and the numbering plan by other means than the product's. */

const TOLL_FREE = [800, 833, 844, 855, 866, 877, 888];

/** The numbering plan once more, in arithmetic: what may be texted, by its ten digits. */
export function mayBeTexted(national: string): boolean {
  const [area, exchange, line] = [3, 6, 10].map((end, i) => Number(national.slice([0, 3, 6][i], end)));
  if (area === undefined || exchange === undefined || line === undefined || national.length !== 10)
    return false;
  const isPlan = area >= 200 && exchange >= 200 && area % 100 !== 11 && exchange % 100 !== 11;
  const isFictional = exchange === 555 && line >= 100 && line <= 199;
  const isReserved = Math.floor(area / 10) % 10 === 9 || TOLL_FREE.includes(area) || area === 900;
  return isPlan && !isReserved && !isFictional && national !== '7378742833';
}

export const tenDigits = fc
  .integer({ min: 0, max: 9_999_999_999 })
  .map((number) => String(number).padStart(10, '0'));
export const textableDigits = fc
  .tuple(
    fc.integer({ min: 200, max: 999 }),
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

export const inFull = (national: string) =>
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
export const wrapped = (number: string) =>
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
