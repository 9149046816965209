import { formatNumber } from '../numbers/format-number.ts';
import { csvLine } from '../text/csv-writing.ts';
import type { Patient } from './patient.ts';

/** A patient as a line of a file; both kinds can be imported again. */
export interface PatientToExport extends Patient {
  /** What the other system calls the record that took the place of this one; ours where it has no name for it. */
  replacedByExternalId: string | null;
}

export const PATIENT_CSV_HEAD = csvLine(['Name', 'Phone', 'Phone 2', 'Phone 3', 'Language', 'Status', 'ID']);

export function patientCsvLine({ name, numbers, language, status, externalId }: Patient): string {
  const [one = '', two = '', three = ''] = numbers.map(formatNumber);
  return csvLine([name, one, two, three, language ?? '', status, externalId ?? '']);
}

/** FHIR R4. https://hl7.org/fhir/R4/patient.html */
export function patientNdjsonLine(patient: PatientToExport): string {
  const { name, numbers, language, status, externalId, replacedByExternalId } = patient;
  const resource = {
    resourceType: 'Patient',
    // One of ours would be taken for another patient when it comes back.
    ...(externalId === null ? {} : { id: externalId }),
    active: status === 'active',
    name: [{ use: 'official', text: name }],
    telecom: numbers.map((value, index) => ({
      system: 'phone',
      value,
      use: index === 0 ? 'mobile' : 'home',
    })),
    ...(language === null
      ? {}
      : {
          communication: [
            { language: { coding: [{ system: 'urn:ietf:bcp:47', code: language }] }, preferred: true },
          ],
        }),
    ...(status === 'deceased' ? { deceasedBoolean: true } : {}),
    ...(replacedByExternalId === null
      ? {}
      : { link: [{ other: { reference: `Patient/${replacedByExternalId}` }, type: 'replaced-by' }] }),
  };
  return `${JSON.stringify(resource)}\n`;
}
