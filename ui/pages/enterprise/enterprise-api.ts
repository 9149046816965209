import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import type { AnyPatient } from '../../../src/domain/patients/any-patient.ts';
import type { ApiKey, ApiKeyScope } from '../../../src/domain/people/api-key.ts';
import type { HostNames } from '../../../src/domain/practice/host-names.ts';
import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { type Answer, request } from '../../shell/page.ts';

export interface Settings {
  name: string;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
}

export interface ListedNumber {
  /** E.164. */
  number: string;
  reason: string;
  addedBy: StaffRef;
  addedAt: number;
}

type NewPractice = Pick<PracticeProfile, 'name' | 'kind' | 'timeZone' | 'mainNumber'>;
type Acknowledged = { name: string; role: string; text: string };

export interface NewKey {
  name: string;
  practiceId: string;
  scopes: ApiKeyScope[];
}

const BASE = '/api/enterprise';
const KEYS = `${BASE}/api-keys`;
const LIST = `${BASE}/do-not-text`;

/** What the page asks of the server. */
export const enterpriseApi = {
  settings: (): Promise<Answer<{ enterprise: Settings }>> => request('GET', BASE),
  change: (change: Partial<Settings>): Promise<Answer<{ enterprise: Settings }>> =>
    request('PATCH', BASE, change),
  practices: (): Promise<Answer<{ practices: PracticeProfile[] }>> => request('GET', '/api/practices'),
  make: (practice: NewPractice): Promise<Answer<{ practice: PracticeProfile }>> =>
    request('POST', '/api/practices', practice),
  bringBack: (id: string): Promise<Answer<null>> =>
    request('DELETE', `/api/practices/${encodeURIComponent(id)}/archive`),
  anyPatient: (): Promise<Answer<{ setting: AnyPatient; text: string }>> =>
    request('GET', `${BASE}/any-patient`),
  setAnyPatient: (acknowledgement: Acknowledged | null): Promise<Answer<{ setting: AnyPatient }>> =>
    request(
      'PUT',
      `${BASE}/any-patient`,
      acknowledgement === null ? { isOn: false } : { isOn: true, acknowledgement },
    ),
  hostNames: (): Promise<Answer<HostNames>> => request('GET', `${BASE}/host-names`),
  strangers: (): Promise<Answer<{ days: { day: string; count: number }[] }>> =>
    request('GET', `${BASE}/unknown-addresses`),
  listed: (
    q: string,
    cursor: string,
  ): Promise<Answer<{ numbers: ListedNumber[]; nextCursor: string | null }>> =>
    request('GET', `${LIST}?${new URLSearchParams({ q, cursor })}`),
  list: (number: string, reason: string): Promise<Answer<{ listed: ListedNumber }>> =>
    request('POST', LIST, { number, reason }),
  unlist: (number: string): Promise<Answer<null>> =>
    request('DELETE', `${LIST}/${encodeURIComponent(number)}`),
  keys: (): Promise<Answer<{ keys: ApiKey[] }>> => request('GET', KEYS),
  makeKey: (key: NewKey): Promise<Answer<{ key: ApiKey; secret: string }>> => request('POST', KEYS, key),
  revokeKey: (id: string): Promise<Answer<null>> => request('DELETE', `${KEYS}/${encodeURIComponent(id)}`),
};
