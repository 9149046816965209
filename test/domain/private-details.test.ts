import { describe, expect, it } from 'vitest';
import { privateDetails } from '../../src/domain/words/private-details.ts';
import { STARTER_RESPONSES } from '../../src/domain/words/starter-responses.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');

function kinds(text: string): string[] {
  return privateDetails(text, NOW).map(({ is, found }) => `${is}: ${found}`);
}

describe('what a text should rather not say', () => {
  it.each([
    ['It is 123-45-6789.', 'social-security-number: 123-45-6789'],
    ['SSN 123456789', 'social-security-number: SSN 123456789'],
    ['Your MRN is 00451234', 'record-number: MRN is 00451234'],
    ['chart # A-12345', 'record-number: chart # A-12345'],
    ['su número de expediente es 99812', 'record-number: número de expediente es 99812'],
    ['DOB: 03/14/1985', 'birth-date: DOB: 03/14/1985'],
    ['born on 1985-03-14', 'birth-date: born on 1985-03-14'],
    ['nació el 14/3/1985', 'birth-date: nació el 14/3/1985'],
    ['I see 3/14/1985 here', 'birth-date: 3/14/1985'],
    ['Your biopsy came back', 'medical-word: biopsy'],
    ['Su depresión', 'medical-word: depresión'],
    ['😀 HIV', 'medical-word: HIV'],
  ])('%s', (text, found) => {
    expect(kinds(text)).toEqual([found]);
  });

  it.each([
    'Please call (206) 202-0100 or 206-202-0100.',
    'Order 000-12-3456 and 900-12-3456',
    'See you 12/01/2026 at 9:30',
    'The bill is $1,985.00, number 20261125',
    'The record store on Main St 12345',
    'You were born to run',
    'https://lakeside.example/a/2026-11-25',
  ])('nothing in: %s', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it('is in no text of the starter set', () => {
    for (const { texts } of STARTER_RESPONSES)
      for (const text of Object.values(texts)) expect(kinds(text)).toEqual([]);
  });
});
