import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFhirLine } from '../../src/domain/patients/fhir-patient.ts';
import {
  guessColumns,
  mappingFault,
  readStatus,
  rowFromCells,
} from '../../src/domain/patients/patient-columns.ts';
import {
  PATIENT_CSV_HEAD,
  patientCsvLine,
  patientNdjsonLine,
} from '../../src/domain/patients/patient-export.ts';
import { readPatientRow } from '../../src/domain/patients/patient-reading.ts';
import {
  CsvReader,
  type CsvRecord,
  DELIMITERS,
  type Delimiter,
  guessDelimiter,
  MAX_RECORD,
} from '../../src/domain/text/csv-reading.ts';
import { csvLine, unguarded } from '../../src/domain/text/csv-writing.ts';
import { LineReader } from '../../src/domain/text/line-reading.ts';
import { fileKind, textEncoding } from '../../src/domain/text/text-encoding.ts';

const NOW = Date.UTC(2026, 10, 25);

function cellsOf(text: string, delimiter: Delimiter = ',', pieces = [text]): string[][] {
  return recordsOf(pieces, delimiter).map(({ cells }) => cells);
}

function recordsOf(pieces: readonly string[], delimiter: Delimiter = ','): CsvRecord[] {
  const reader = new CsvReader(delimiter);
  return [...pieces.map((piece) => reader.read(piece)), reader.end()].flatMap((piece) => {
    if (piece.is !== 'records') throw new Error(piece.is);
    return piece.records;
  });
}

/** Cut anywhere, also between the halves of a line end and inside quotes. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index] ?? text.length));
}

describe('a table', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '"a,1","say ""x"""\n"two\nlines",',
      [
        ['a,1', 'say "x"'],
        ['two\nlines', ''],
      ],
    ],
    ['5\' 6",x\n', [['5\' 6"', 'x']]],
    ['"a"b,c', [['ab', 'c']]],
    ['""\n,', []],
    ['"",a', [['', 'a']]],
    ['', []],
  ])('%j', (text, cells) => expect(cellsOf(text)).toEqual(cells));

  it('counts rows as a spreadsheet does, empty ones too', () => {
    expect(recordsOf(['a\n\n"x\ny"\r\n\r\nb']).map(({ row }) => row)).toEqual([1, 3, 5]);
  });

  it('is read as it was written, in whatever pieces it comes, with any delimiter', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '=', "'"),
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(200)),
        (rows, delimiter, lineEnd, places) => {
          const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
          const text = rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd);
          const wanted = rows.filter((row) => row.some((value) => value.trim() !== ''));
          expect(cellsOf(text, delimiter, cut(text, places))).toEqual(wanted);
        },
      ),
    );
  });

  it('of our own is read as it was written, once the apostrophe before a formula is off', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 5 }), (row) => {
        const [cells = []] = cellsOf(csvLine(row));
        if (!row.some((value) => value.trim() !== '')) return;
        expect(cells.map(unguarded)).toEqual(row);
        for (const written of cells) expect(written).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('never throws and never keeps more than a row, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(fc.nat(300)), (text, places) => {
        const reader = new CsvReader(',');
        for (const piece of cut(text, places)) reader.read(piece);
        reader.end();
      }),
    );
    const endless = new CsvReader(',');
    expect(endless.read(`a,b\n"${'x'.repeat(MAX_RECORD)}`)).toEqual({ is: 'too-long', row: 2 });
  });

  it('that is cut off within quotes is told so', () => {
    const reader = new CsvReader(',');
    reader.read('a,b\n1,"two');
    expect(reader.end()).toEqual({ is: 'cut-off', row: 2 });
  });

  it.each([
    ['name,phone\nA,1\nB,2', ','],
    ['name;phone;x,y\nA;1;1,5\nB;2;2,5', ';'],
    ['name\tphone\nLopez, A\t1\nReyes, B\t2', '\t'],
    ['name|phone\nA|1', '|'],
    ['"Lopez, A";"1"\n"Reyes, B";"2"', ';'],
    ['only one column\nA\nB', ','],
    ['', ','],
  ])('%j is delimited by %j', (head, delimiter) => expect(guessDelimiter(head)).toBe(delimiter));
});

describe('columns', () => {
  const cases: [string[], Record<string, number>][] = [
    [['Name', 'Phone'], { name: 0, phone: 1 }],
    [
      [
        'Patient ID',
        'Last Name',
        'First Name',
        'Home Phone',
        'Mobile Phone',
        'Preferred Language',
        'Deceased?',
      ],
      { id: 0, lastName: 1, firstName: 2, phone2: 3, phone: 4, language: 5, status: 6 },
    ],
    [['LAST', 'FIRST', 'CELL'], { lastName: 0, firstName: 1, phone: 2 }],
    [
      ['patient_name', 'phone_number', 'phone_number_2', 'lang'],
      { name: 0, phone: 1, phone2: 2, language: 3 },
    ],
    [['Apellidos', 'Nombre', 'Teléfono'], { lastName: 0, firstName: 1, phone: 2 }],
    [['fullName', 'mobile', 'work'], { name: 0, phone: 1, phone3: 2 }],
    [['Street', 'City'], {}],
  ];
  it.each(cases)('%j', (header, wanted) => {
    const { hasHeader, mapping } = guessColumns(header);
    expect(hasHeader).toBe(true);
    expect(Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== null))).toEqual(
      wanted,
    );
  });

  it('are those of the first patient where nothing names them', () => {
    const { hasHeader, mapping } = guessColumns(['Maria Lopez', '(206) 202-0123']);
    expect([hasHeader, mapping.name, mapping.phone]).toEqual([false, 0, 1]);
  });

  it('have to tell at least a name and a number', () => {
    const { mapping } = guessColumns(['Street', 'City']);
    expect(mappingFault(mapping)).toBe('Say which column has the phone number.');
    expect(mappingFault({ ...mapping, phone: 0 })).toBe('Say which column has the name.');
    expect(mappingFault({ ...mapping, phone: 0, lastName: 1 })).toBeNull();
  });

  it('become a row', () => {
    const { mapping } = guessColumns(['Last Name', 'First Name', 'Phone', 'Status', 'ID']);
    expect(rowFromCells(2, ['Lopez', 'Maria', ' 206 202 0123 ', 'yes', '7'], mapping)).toEqual({
      row: 2,
      name: 'Maria Lopez',
      numbers: ['206 202 0123', '', ''],
      language: null,
      status: 'deceased',
      externalId: '7',
      replacedBy: null,
    });
    expect(rowFromCells(2, ['x'.repeat(9999)], mapping).name).toHaveLength(500);
  });

  it.each([
    ['', 'active'],
    ['No', 'active'],
    ['Y', 'deceased'],
    ['2019-04-01', 'deceased'],
    ['4/1/2019', 'deceased'],
    ['Inactive', 'inactive'],
    ['ALIVE', 'active'],
  ])('%j means %s', (written, status) => expect(readStatus(written)).toBe(status));
});

describe('a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const utf16 = (text: string, isLittle: boolean, hasMark = true) => {
    const units = [...(hasMark ? '\ufeff' : ''), ...text].map((letter) => letter.charCodeAt(0));
    return Uint8Array.from(
      units.flatMap((unit) => (isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
    );
  };

  it.each([
    ['Name,Phone', bytes('Name,Phone'), 'utf-8'],
    ['with a mark', bytes('\ufeffName'), 'utf-8'],
    ['with accents', bytes('José'), 'utf-8'],
    ['cut within a character', bytes('José').slice(0, 4), 'utf-8'],
    ['of Windows', Uint8Array.from([0x4a, 0x6f, 0x73, 0xe9, 0x2c, 0x31]), 'windows-1252'],
    ['UTF-16 with a mark', utf16('Name', true), 'utf-16le'],
    ['UTF-16, the other way round', utf16('Name', false), 'utf-16be'],
    ['UTF-16 without a mark', utf16('Name,Phone', true, false), 'utf-16le'],
    ['empty', new Uint8Array(), 'utf-8'],
  ])('%s is read rightly', (_, head, encoding) => expect(textEncoding(head)).toBe(encoding));

  it.each([
    ['Name,Phone\n', 'table'],
    ['{"resourceType":"Patient","id":"1"}\n{"resourceType":"Patient","id":"2"}\n', 'fhir'],
    ['{"resourceType":"Patient","id":"1"}', 'fhir'],
    ['', 'This file is empty'],
    [' \n', 'nothing but spaces'],
    ['PK\u0003\u0004', 'workbook'],
    ['%PDF-1.7', 'PDF'],
    ['a\u0000b', 'not a text file'],
    ['<html>', 'web page'],
    ['[{"resourceType":"Patient"}]', 'one JSON document'],
    ['{\n  "resourceType": "Patient"\n}', 'one JSON document'],
    ['{"resourceType":"Bundle","entry":[]}', 'one JSON document'],
  ])('%j is told for what it is: %s', (text, is) => {
    const kind = fileKind(bytes(text), text);
    expect(kind.is === 'unreadable' ? kind.message : kind.is).toContain(is);
  });

  it('of lines is read in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.nat(200)), (lines, places) => {
        const plain = lines.map((line) => line.replaceAll('\n', ''));
        const text = plain.join('\n');
        const reader = new LineReader();
        const read = [...cut(text, places).map((piece) => reader.read(piece)), reader.end()];
        const found = read.flatMap((piece) => (piece.is === 'lines' ? piece.lines : []));
        const wanted = plain.flatMap((line, index) =>
          line.trim() === '' ? [] : [{ row: index + 1, text: line }],
        );
        expect(found).toEqual(wanted);
      }),
    );
    expect(new LineReader().read('x'.repeat(MAX_RECORD + 1))).toEqual({ is: 'too-long', row: 1 });
  });
});

describe('a FHIR patient', () => {
  const read = (resource: object) =>
    readFhirLine(JSON.stringify({ resourceType: 'Patient', ...resource }), 1, NOW);
  const rowOf = (resource: object) => {
    const one = read(resource);
    if (one.is !== 'row') throw new Error(one.message);
    return one.row;
  };

  it('is known by the official name, and by numbers that have not ended, mobile before home', () => {
    expect(
      rowOf({
        id: 'p1',
        name: [
          { use: 'nickname', text: 'Mimi' },
          { use: 'official', given: ['María', 'José'], family: 'López', period: { end: '2030-01-01' } },
          { use: 'old', text: 'Old Name' },
        ],
        telecom: [
          { system: 'email', value: 'm@x.example' },
          { system: 'phone', use: 'work', value: '206 202 0003' },
          { system: 'phone', use: 'home', value: '206 202 0001' },
          { system: 'phone', use: 'mobile', value: '206 202 0009', period: { end: '2020-05-01' } },
          { system: 'phone', use: 'mobile', value: '206 202 0002', period: { end: '2026-11-25' } },
          { system: 'phone', use: 'old', value: '206 202 0008' },
        ],
        communication: [
          { language: { coding: [{ code: 'en' }] } },
          { language: { coding: [{ code: 'es' }] }, preferred: true },
        ],
      }),
    ).toEqual({
      row: 1,
      name: 'María José López',
      numbers: ['206 202 0002', '206 202 0001', '206 202 0003'],
      language: 'es',
      status: 'active',
      externalId: 'p1',
      replacedBy: '',
    });
  });

  it.each([
    [{ deceasedBoolean: true }, 'deceased'],
    [{ deceasedBoolean: false }, 'active'],
    [{ deceasedDateTime: '2024-01-01' }, 'deceased'],
    [{ active: false }, 'inactive'],
    [{ active: false, deceasedBoolean: true }, 'deceased'],
  ])('%j is %s', (resource, status) => expect(rowOf(resource).status).toBe(status));

  it.each([
    ['Patient/new', 'new'],
    ['https://ehr.example/fhir/Patient/new', 'new'],
    ['https://ehr.example/fhir/Patient/new/_history/3', 'new'],
    ['Organization/o', ''],
  ])('replaced by %s leads to %j', (reference, id) => {
    expect(rowOf({ link: [{ type: 'replaced-by', other: { reference } }] }).replacedBy).toBe(id);
    expect(rowOf({ link: [{ type: 'seealso', other: { reference } }] }).replacedBy).toBe('');
  });

  it.each([
    ['{"resourceType":"Patient"', 'not JSON'],
    ['{"resourceType":"Observation"}', 'not a FHIR patient'],
    ['null', 'not a FHIR patient'],
    ['[]', 'not a FHIR patient'],
    ['"x"', 'not a FHIR patient'],
  ])('%s is refused: %s', (line, why) => {
    const one = readFhirLine(line, 1, NOW);
    expect(one.is === 'refused' && one.message).toContain(why);
  });

  it('of whatever shape never throws', () => {
    const part = fc.jsonValue({ maxDepth: 3 });
    const resource = fc.record(
      {
        id: part,
        name: part,
        telecom: part,
        communication: part,
        link: part,
        active: part,
        deceasedDateTime: part,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(resource, (one) => {
        expect(read(one).is).toBe('row');
      }),
    );
  });
});

describe('an exported patient', () => {
  const patient = {
    practiceId: 'harbor',
    id: 'id',
    name: 'Lucía "Lu" Romero; Díaz',
    numbers: ['+12062020313', '+12062020314'],
    language: 'es-MX',
    status: 'deceased' as const,
    externalId: 'ehr-1',
    replacedBy: 'x',
    replacedByExternalId: 'ehr-2',
    version: 3,
    updatedAt: NOW,
  };
  const taken = {
    name: patient.name,
    numbers: patient.numbers,
    language: 'es-MX',
    status: 'deceased',
    externalId: 'ehr-1',
  };

  it('is the same when it is imported again, as a table and as FHIR', () => {
    const [header, cells] = cellsOf(PATIENT_CSV_HEAD + patientCsvLine(patient));
    const { mapping } = guessColumns(header ?? []);
    expect(readPatientRow(rowFromCells(2, cells ?? [], mapping))).toMatchObject({
      patient: taken,
      notes: [],
    });

    const line = readFhirLine(patientNdjsonLine(patient), 1, NOW);
    if (line.is !== 'row') throw new Error(line.message);
    expect(readPatientRow(line.row)).toMatchObject({
      patient: { ...taken, replacedByExternalId: 'ehr-2' },
      notes: [],
    });
  });
});
