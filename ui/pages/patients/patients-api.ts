import type { Patient, PatientDetails } from '../../../src/domain/patients/patient.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export interface PatientsPage {
  patients: Patient[];
  nextCursor: string | null;
  /** Whether patients of other practices may be searched too. */
  mayReachAny: boolean;
}

export interface ShownPatient {
  patient: Patient;
  /** Others with one of the numbers. */
  sharing: Patient[];
  /** The record that took the place of this one, where it is here. */
  replacedBy: Patient | null;
}

export interface Searched {
  query: string;
  isEverywhere: boolean;
}

/** What the patients page asks of the server, for one practice. */
export function patientsApi(practiceId: string) {
  const base = practicePath(practiceId);
  const one = (id: string) => `${base}/patients/${encodeURIComponent(id)}`;
  return {
    list: ({ query, isEverywhere }: Searched, cursor: string | null): Promise<Answer<PatientsPage>> => {
      const search = new URLSearchParams({ q: query });
      if (isEverywhere) search.set('everywhere', '1');
      if (cursor !== null) search.set('cursor', cursor);
      return request('GET', `${base}/patients?${search}`, undefined, { parts: 'patients*' });
    },
    show: (id: string): Promise<Answer<ShownPatient>> => request('GET', one(id)),
    add: (details: PatientDetails): Promise<Answer<{ patient: Patient }>> =>
      request('POST', `${base}/patients`, details),
    change: (id: string, details: PatientDetails, version: number): Promise<Answer<{ patient: Patient }>> =>
      request('PUT', one(id), { ...details, version }),
    remove: ({ id, version }: Patient): Promise<Answer<null>> =>
      request('DELETE', `${one(id)}?version=${version}`),
    exportPath: (format: 'csv' | 'ndjson') => `${base}/patient-export?format=${format}`,
  };
}

export type PatientsApi = ReturnType<typeof patientsApi>;
