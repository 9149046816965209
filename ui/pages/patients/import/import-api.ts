import type { PatientImport, RowsTaken } from '../../../../src/domain/patients/patient-import.ts';
import type { PatientRow, RowFault } from '../../../../src/domain/patients/patient-row.ts';
import { type Answer, practicePath, request } from '../../../shell/page.ts';

export interface Batch {
  from: number;
  to: number;
  rows: PatientRow[];
  unreadable: number;
}

/** What an import asks of the server, for one practice. */
export function importApi(practiceId: string) {
  const base = practicePath(practiceId);
  const one = (id: string) => `${base}/patient-imports/${encodeURIComponent(id)}`;
  return {
    check: (rows: PatientRow[]): Promise<Answer<{ faults: RowFault[] }>> =>
      request('POST', `${base}/patient-checks`, { rows }),
    begin: (fingerprint: string, fileName: string): Promise<Answer<{ import: PatientImport }>> =>
      request('POST', `${base}/patient-imports`, { fingerprint, fileName }),
    show: (id: string): Promise<Answer<{ import: PatientImport }>> => request('GET', one(id)),
    take: (id: string, batch: Batch): Promise<Answer<RowsTaken>> => request('POST', `${one(id)}/rows`, batch),
    end: (id: string, isCancelled: boolean): Promise<Answer<{ import: PatientImport }>> =>
      request('PUT', one(id), { isCancelled }),
  };
}

export type ImportApi = ReturnType<typeof importApi>;
