import { readCaller } from '../numbers/phone-number.ts';
import { languageTag } from '../text/language-tag.ts';
import { PATIENT_LIMITS, type PatientDetails, type PatientStatus } from './patient.ts';
import { cleanName, cleanText, nameFault, type PatientRow } from './patient-row.ts';

/** What the directory takes of a row. What is undefined stays as it is known. */
export interface TakenPatient extends Pick<PatientDetails, 'name' | 'numbers'> {
  language: string | null | undefined;
  status: PatientStatus | undefined;
  externalId: string | null;
  /** The other system's name of the record that took its place. */
  replacedByExternalId: string | null | undefined;
}

export type ReadRow =
  /** `notes` say what of it was not taken. */
  { is: 'patient'; patient: TakenPatient; notes: string[] } | { is: 'refused'; message: string };

/** A row is refused where there is nobody to find, or nothing that is right to find them by. */
export function readPatientRow({ status, ...written }: PatientRow): ReadRow {
  const name = cleanName(written.name);
  const wrong = nameFault(name);
  if (wrong !== null) return { is: 'refused', message: wrong };
  const externalId = cleanText(written.externalId);
  const replacedBy = cleanText(written.replacedBy ?? '');
  if ([externalId, replacedBy].some(({ length }) => length > PATIENT_LIMITS.externalId))
    return { is: 'refused', message: `The ID is longer than ${PATIENT_LIMITS.externalId} characters.` };
  if (externalId !== '' && externalId === replacedBy)
    return { is: 'refused', message: 'This record says that it was replaced by itself.' };
  const given = written.numbers.filter((number) => cleanText(number) !== '');
  const { numbers, faults } = readNumbers(given);
  if (given.length > 0 && numbers.length === 0) {
    return { is: 'refused', message: faults[0]?.message ?? 'There is no US phone number.' };
  }
  const spoken = written.language?.trim() ?? '';
  const language = spoken === '' ? null : languageTag(spoken);
  const notes = [
    ...faults.map(({ message }) => `Taken without one number: ${lowerFirst(message)}`),
    ...(given.length === 0 ? ['Taken, but there is no number by which a caller could be matched.'] : []),
    ...(spoken !== '' && language === null ? ['Taken without the language, which is not known.'] : []),
  ];
  const patient = {
    name,
    numbers,
    // One that is not known is as good as not told.
    language: written.language === null || (spoken !== '' && language === null) ? undefined : language,
    status: status ?? undefined,
    externalId: externalId || null,
    replacedByExternalId: written.replacedBy === null ? undefined : replacedBy || null,
  };
  return { is: 'patient', patient, notes };
}

export interface NumberFault {
  /** Of what was written. */
  index: number;
  message: string;
}

/** In any form in which people write them; the same one twice is one. */
export function readNumbers(written: readonly string[]): { numbers: string[]; faults: NumberFault[] } {
  const numbers = new Set<string>();
  const faults: NumberFault[] = [];
  written.forEach((one, index) => {
    const read = readCaller(one);
    if (read.kind !== 'textable') {
      const message = read.kind === 'not-textable' ? NEVER_A_CALLER[read.why] : NO_NUMBER;
      faults.push({ index, message });
    } else if (numbers.size === PATIENT_LIMITS.numbers && !numbers.has(read.number)) {
      faults.push({ index, message: `A patient has at most ${PATIENT_LIMITS.numbers} numbers.` });
    } else numbers.add(read.number);
  });
  return { numbers: [...numbers], faults };
}

const NO_NUMBER = 'Not a US phone number with its area code.';
const NEVER_A_CALLER = {
  foreign: 'A number outside the US, which is never texted.',
  'toll-free': 'A toll-free number, which is nobody’s phone.',
  premium: 'A premium number, which is nobody’s phone.',
  fictional: 'A number kept for films and examples.',
} as const;

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
