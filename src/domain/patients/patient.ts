/** A directory record. Anybody may call, so nothing in it is ever asked of a caller; no record number either. */

import { withoutAccents } from '../text/without-accents.ts';

export const PATIENT_STATUSES = ['active', 'inactive', 'deceased'] as const;
/**
 * Only an active patient is anybody's match. A number outlives its owner and may be a relative's: whoever calls from
 * that of a deceased patient stays unverified, and is answered like any caller.
 */
export type PatientStatus = (typeof PATIENT_STATUSES)[number];

export const PATIENT_LIMITS = { name: 100, numbers: 3, externalId: 64, language: 35 } as const;

export interface PatientDetails {
  name: string;
  /** E.164, the preferred one first. */
  numbers: string[];
  /** BCP 47. */
  language: string | null;
  status: PatientStatus;
}

export interface Patient extends PatientDetails {
  practiceId: string;
  id: string;
  /** What another system calls the patient. */
  externalId: string | null;
  /** The id of the record that took the place of this one. */
  replacedBy: string | null;
  /** Grows with every change. */
  version: number;
  updatedAt: number;
}

/** How names are ordered and searched: case and accents do not count. */
export function nameKey(name: string): string {
  return withoutAccents(name).toLowerCase().replace(/\s+/g, ' ').trim();
}
