import type { PatientStatus } from '../../../src/domain/patients/patient.ts';

/** What a status means for callers: staff are told, so that nobody wonders why a name is missing. */
export const STATUS_WORDS: Record<PatientStatus, { label: string; help: string }> = {
  active: { label: 'Active', help: 'Callers with one of the numbers are shown with this name.' },
  inactive: { label: 'Inactive', help: 'Kept here, but never shown as a caller.' },
  deceased: {
    label: 'Deceased',
    help: 'Never shown as a caller. Whoever uses the number now stays unverified, and is answered like anybody.',
  },
};
