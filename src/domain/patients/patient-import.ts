import type { RowFault } from './patient-row.ts';

/** How far an import has come. */
export interface PatientImport {
  id: string;
  fileName: string;
  startedBy: { id: string; name: string };
  startedAt: number;
  /** Rows of the file that are dealt with; the next one goes on from there. */
  rowsDone: number;
  added: number;
  changed: number;
  refused: number;
  /** Null while it goes on, or could. */
  endedAt: number | null;
  isCancelled: boolean;
}

/** What came of the rows of one request. */
export interface RowsTaken {
  import: PatientImport;
  faults: RowFault[];
}
