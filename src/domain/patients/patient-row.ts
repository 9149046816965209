import { unguarded } from '../text/csv-writing.ts';
import { PATIENT_LIMITS, type PatientStatus } from './patient.ts';

/**
 * A patient as a file has it: what its columns or fields say, and nothing of it checked. Null where the file does not
 * tell: then what is known stays.
 */
export interface PatientRow {
  /** In the file, counted from 1 as a spreadsheet counts. */
  row: number;
  name: string;
  /** The preferred one first; empty ones are none. */
  numbers: string[];
  language: string | null;
  status: PatientStatus | null;
  /** What the other system calls the patient; empty where it has no name for them. */
  externalId: string;
  /** The other system's name of the record that took the place of this one; empty where none did. */
  replacedBy: string | null;
}

/** What is wrong with a row. Where it `isRefused` nothing of it was taken, else only what is named was not. */
export interface RowFault {
  row: number;
  message: string;
  isRefused: boolean;
}

/** Rows of one request. */
export const MAX_ROWS_AT_ONCE = 1_000;
/** What the page shows before anything is imported. */
export const PREVIEW_ROWS = 20;

/** What the server needs of a cell is short; a file may have anything in it. */
export const MAX_CELL = 500;

/** Without what only a machine or an attacker writes: control characters, and those that turn the text around. */
export function cleanText(written: string): string {
  return written
    .normalize('NFC')
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "Lopez, Maria" is how lists are sorted, not how anybody is called. */
export function cleanName(written: string): string {
  const text = unguarded(cleanText(written));
  const [, last, first] = /^([^,]+),([^,]+)$/.exec(text) ?? [];
  if (last === undefined || first === undefined || /^\s*(jr|sr|ii|iii|iv|md|phd)\.?\s*$/i.test(first))
    return text;
  return `${first.trim()} ${last.trim()}`;
}

export function nameFault(name: string): string | null {
  if (name === '') return 'There is no name.';
  if (!/\p{L}/u.test(name)) return 'The name has no letters.';
  return name.length > PATIENT_LIMITS.name
    ? `The name is longer than ${PATIENT_LIMITS.name} characters.`
    : null;
}
