import type { PatientStatus } from './patient.ts';
import { MAX_CELL, type PatientRow } from './patient-row.ts';

/** What a column of a table of patients can be. */
export const PATIENT_FIELDS = {
  name: 'Full name',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  phone2: 'Phone 2',
  phone3: 'Phone 3',
  language: 'Language',
  status: 'Deceased or status',
  id: 'ID in the other system',
} as const;
export type PatientField = keyof typeof PATIENT_FIELDS;

/** Which column it is in, counted from 0; null where it is in none. */
export type ColumnMapping = Record<PatientField, number | null>;

export const MAX_COLUMNS = 200;

/** Without spaces and signs; the more telling ones first. */
const HEADERS: Record<PatientField, RegExp[]> = {
  id: [
    /^(patient|external|ehr|chart|person|member|record)?id(entifier)?$/,
    /^(patient|external)(number|no|key)$/,
  ],
  firstName: [/^(patient)?(first|given|fore)name$/, /^first$/, /^nombre$/, /firstname/],
  lastName: [/^(patient)?(last|family|sur)name$/, /^last$/, /^apellidos?$/, /lastname|surname/],
  name: [/^(patient|full|display)?name$/, /^patient(full)?name$/, /^patient$/, /^nombrecompleto$/],
  phone: [
    /^(mobile|cell)/,
    /^(primary|preferred)?(phone|telephone|tel)(number|no)?1?$/,
    /^telefono$/,
    /mobile|cell/,
  ],
  phone2: [
    /^(phone|telephone)(number)?2$/,
    /^home/,
    /^(secondary|other|alternate|alt)(phone|number)/,
    /homephone/,
  ],
  phone3: [/^(phone|telephone)(number)?3$/, /^work(phone|number|tel)?/, /workphone/],
  language: [/^(preferred|primary|spoken)?lang(uage)?(code|s)?$/, /^idioma$/, /language/],
  status: [/^(is)?deceased/, /^(patient)?status$/, /^(date)?ofdeath$|^deathdate$|^dod$/, /deceased/],
};

/** In this order: "last name" is not a name in full. */
const ORDER: PatientField[] = [
  'firstName',
  'lastName',
  'name',
  'phone',
  'phone2',
  'phone3',
  'language',
  'status',
  'id',
];

const NOTHING = Object.fromEntries(ORDER.map((field) => [field, null])) as ColumnMapping;

export interface GuessedColumns {
  /** Whether the first row names the columns. */
  hasHeader: boolean;
  mapping: ColumnMapping;
}

/** From what the first row says; where it says nothing, from what stands in it. */
export function guessColumns(first: readonly string[]): GuessedColumns {
  const mapping: ColumnMapping = { ...NOTHING };
  const taken = new Set<number>();
  const words = first.map(keyOf);
  for (const field of ORDER) {
    for (const pattern of HEADERS[field]) {
      const column = words.findIndex((word, index) => !taken.has(index) && pattern.test(word));
      if (column === -1) continue;
      mapping[field] = column;
      taken.add(column);
      break;
    }
  }
  if (mapping.firstName !== null && mapping.lastName !== null) mapping.name = null;
  const hasHeader = taken.size > 0 || !first.some(isNumber);
  if (!hasHeader) {
    const phone = first.findIndex(isNumber);
    const name = first.findIndex((cell) => /\p{L}{2}/u.test(cell));
    return { hasHeader, mapping: { ...mapping, phone, name: name === -1 ? null : name } };
  }
  return { hasHeader, mapping };
}

/** What is missing before anything can be imported; null where nothing is. */
export function mappingFault({
  name,
  firstName,
  lastName,
  phone,
  phone2,
  phone3,
}: ColumnMapping): string | null {
  if (phone === null && phone2 === null && phone3 === null) return 'Say which column has the phone number.';
  return name === null && firstName === null && lastName === null ? 'Say which column has the name.' : null;
}

export function rowFromCells(row: number, cells: readonly string[], mapping: ColumnMapping): PatientRow {
  const cell = (field: PatientField) => {
    const column = mapping[field];
    return (column === null ? '' : (cells[column] ?? '')).trim().slice(0, MAX_CELL);
  };
  const parts = `${cell('firstName')} ${cell('lastName')}`.trim();
  return {
    row,
    name: (cell('name') || parts).slice(0, MAX_CELL),
    numbers: [cell('phone'), cell('phone2'), cell('phone3')],
    language: mapping.language === null ? null : cell('language'),
    status: mapping.status === null ? null : readStatus(cell('status')),
    externalId: cell('id'),
    // No table that we know of has a column for it.
    replacedBy: null,
  };
}

/** A column may say it in a word, with yes and no, or by a date of death. */
export function readStatus(written: string): PatientStatus {
  const word = written.trim().toLowerCase();
  if (/^(inactive|archived|merged|moved)$/.test(word)) return 'inactive';
  if (/^(|no|n|false|f|0|active|alive|living|null|none|-)$/.test(word)) return 'active';
  if (/^(yes|y|true|t|1|x|deceased|dead|died|expired)$/.test(word)) return 'deceased';
  return /\d{4}|\d{1,2}[/.-]\d{1,2}/.test(word) ? 'deceased' : 'active';
}

function keyOf(header: string): string {
  return header
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function isNumber(cell: string): boolean {
  return cell.replace(/\D/g, '').length >= 7 && /^[\d\s().+/-]+$/.test(cell.trim());
}
