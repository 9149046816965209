import type { PatientDetails } from '../../../src/domain/patients/patient.ts';
import { formatNumber, languageName } from '../../design/format.ts';
import { STATUS_WORDS } from './patient-words.ts';

export interface Difference {
  what: string;
  mine: string;
  theirs: string;
}

/** Where two versions of a patient are not the same, as people read it. */
export function patientDifferences(mine: PatientDetails, theirs: PatientDetails): Difference[] {
  const [one, other] = [inWords(mine), inWords(theirs)];
  return Object.entries(one).flatMap(([what, value]) => {
    const theirValue = other[what] ?? '';
    return value === theirValue ? [] : [{ what, mine: value, theirs: theirValue }];
  });
}

function inWords({ name, numbers, language, status }: PatientDetails): Record<string, string> {
  return {
    Name: name.trim(),
    Numbers: numbers.map(formatNumber).join(', ') || 'none',
    Language: language === null ? 'not known' : languageName(language),
    Status: STATUS_WORDS[status].label,
  };
}
