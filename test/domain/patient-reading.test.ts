import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerMatch, callerWith, type PatientWithNumber } from '../../src/domain/patients/caller-match.ts';
import { nameKey } from '../../src/domain/patients/patient.ts';
import { readNumbers, readPatientRow } from '../../src/domain/patients/patient-reading.ts';
import { cleanName, type PatientRow } from '../../src/domain/patients/patient-row.ts';
import { csvLine } from '../../src/domain/text/csv-writing.ts';
import { languageTag } from '../../src/domain/text/language-tag.ts';

const ROW: PatientRow = {
  row: 2,
  name: 'Maria Lopez',
  numbers: ['2062020123'],
  language: 'es',
  status: 'active',
  externalId: '',
  replacedBy: '',
};

describe('the name of a patient', () => {
  it.each([
    ['  Maria   Lopez ', 'Maria Lopez'],
    ['LOPEZ, MARIA', 'MARIA LOPEZ'],
    ['Lopez Jr., Juan', 'Juan Lopez Jr.'],
    ['Juan Lopez, Jr.', 'Juan Lopez, Jr.'],
    ['Lopez, Maria, RN', 'Lopez, Maria, RN'],
    ['O\u2019Brien\u200b', 'O\u2019Brien'],
    ['Ma\u202eria', 'Ma ria'],
    ['Nun\u0303ez', 'Nuñez'],
    ["'=SUM(A1)", '=SUM(A1)'],
  ])('%j is %j', (written, name) => expect(cleanName(written)).toBe(name));

  it('is ordered and found without regard to accents and case', () => {
    expect(nameKey('  Lucía  NÚÑEZ ')).toBe('lucia nunez');
  });
});

describe('the numbers of a patient', () => {
  const national = fc
    .tuple(
      fc.integer({ min: 200, max: 989 }),
      fc.integer({ min: 200, max: 999 }),
      fc.integer({ min: 0, max: 9999 }),
    )
    .map((parts) => parts.map((part, n) => String(part).padStart(n === 2 ? 4 : 3, '0')))
    .filter(([area = '', exchange = '']) => !/^.9|11$/.test(area) && !exchange.endsWith('11'));
  const forms = [
    ([a, b, c]: string[]) => `${a}${b}${c}`,
    ([a, b, c]: string[]) => `(${a}) ${b}-${c}`,
    ([a, b, c]: string[]) => `1-${a}-${b}-${c}`,
    ([a, b, c]: string[]) => `+1 ${a}.${b}.${c}`,
    ([a, b, c]: string[]) => `tel:+1${a}${b}${c}`,
  ];

  it('are the same in any writing', () => {
    fc.assert(
      fc.property(national, (parts) => {
        const read = forms.map((form) => readNumbers([form(parts)]));
        for (const one of read) expect(one).toEqual(read[0]);
        expect(readNumbers(forms.map((form) => form(parts))).numbers.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are E.164 or told as wrong, whatever was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 6 }), (written) => {
        const { numbers, faults } = readNumbers(written);
        for (const number of numbers) expect(number).toMatch(/^\+1[2-9]\d{9}$/);
        expect(numbers.length).toBeLessThanOrEqual(3);
        expect(numbers.length + faults.length).toBeLessThanOrEqual(written.length);
      }),
    );
  });
});

describe('a row', () => {
  it('is taken whole, in part with a note, or not at all with the reason', () => {
    expect(readPatientRow(ROW)).toEqual({
      is: 'patient',
      patient: {
        name: 'Maria Lopez',
        numbers: ['+12062020123'],
        language: 'es',
        status: 'active',
        externalId: null,
        replacedByExternalId: null,
      },
      notes: [],
    });
    expect(readPatientRow({ ...ROW, numbers: ['none', '2062020123'] })).toMatchObject({
      notes: ['Taken without one number: not a US phone number with its area code.'],
    });
    for (const wrong of [
      { name: ' ' },
      { numbers: ['none'] },
      { externalId: 'x'.repeat(65) },
      { externalId: 'a', replacedBy: 'a' },
    ])
      expect(readPatientRow({ ...ROW, ...wrong }).is).toBe('refused');
  });

  it('never throws, and what is taken can be stored', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 });
    const row = fc.record({
      row: fc.integer({ min: 1 }),
      name: text,
      numbers: fc.array(text, { maxLength: 5 }),
      language: text,
      status: fc.constantFrom('active', 'deceased', 'inactive'),
      externalId: text,
      replacedBy: text,
    });
    fc.assert(
      fc.property(row, (written) => {
        const read = readPatientRow(written as PatientRow);
        if (read.is === 'refused') return;
        expect(read.patient.name.length).toBeGreaterThan(0);
        expect(read.patient.name.length).toBeLessThanOrEqual(100);
        expect(read.patient.name).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
        // Read again, it is what it was: an export can be imported.
        const again = readPatientRow({ ...(written as PatientRow), name: read.patient.name });
        expect(again).toMatchObject({ patient: { externalId: read.patient.externalId } });
      }),
    );
  });
});

describe('a language', () => {
  it.each([
    ['Spanish', 'es'],
    ['ESPAÑOL', 'es'],
    ['spa', 'es'],
    ['es_MX', 'es-MX'],
    ['en-US', 'en-US'],
    ['Haitian Creole', 'ht'],
    ['Spanish; Castilian', 'es'],
    ['English (United States)', 'en'],
  ])('%s is %s', (written, tag) => expect(languageTag(written)).toBe(tag));

  it.each(['', 'no idea what', '日本', 'x'.repeat(200)])('%j is none', (written) =>
    expect(languageTag(written)).toBeNull(),
  );
});

describe('a cell of an exported table', () => {
  it('is never taken for a formula, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (value) => {
        expect(csvLine([value]).slice(0, -2)).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
    expect(csvLine(['a,b', 'say "x"', ' y', '=1'])).toBe(`"a,b","say ""x"""," y",'=1\r\n`);
  });
});

describe('whose number it is', () => {
  const here: PatientWithNumber = { practiceId: 'harbor', name: 'Mia', language: 'en' };
  const there: PatientWithNumber = { practiceId: 'lakeside', name: 'Noah', language: 'es' };

  it.each([
    [[], false, null, [], null],
    [[here], false, 'here', ['Mia'], 'en'],
    [[there], false, 'elsewhere', [], null],
    [[there], true, 'elsewhere', ['Noah'], null],
    [[there, here], false, 'here', ['Mia'], 'en'],
    [[there, here], true, 'here', ['Mia', 'Noah'], 'en'],
    [[here, { ...here, practiceId: 'lakeside' }], true, 'here', ['Mia'], 'en'],
    [[here, { ...here, name: 'Ana', language: 'es' }], false, 'here', ['Mia', 'Ana'], null],
  ] as const)('%#', (patients, mayReachAny, verified, names, language) => {
    const match = callerMatch(patients, { practiceId: 'harbor', mayReachAny });
    expect(match).toEqual({ verified, names, language });
    expect(callerWith('+12062020123', match).name).toBe(names.length === 1 ? names[0] : null);
  });
});
