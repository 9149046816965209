import type { OwnWaysIn } from '../../../src/domain/people/passkeys.ts';
import type { OwnSession } from '../../../src/domain/people/people.ts';
import { type Answer, request } from '../../shell/page.ts';

/** `current` is null for who has none yet. */
export function changePassword(current: string | null, password: string): Promise<Answer<null>> {
  return request('POST', '/api/session/password', current === null ? { password } : { current, password });
}

export function ownSessions(): Promise<Answer<{ sessions: OwnSession[] }>> {
  return request('GET', '/api/session/all');
}

export function endSession(id: string): Promise<Answer<null>> {
  return request('DELETE', `/api/session/all/${encodeURIComponent(id)}`);
}

export function endAllSessions(): Promise<Answer<null>> {
  return request('DELETE', '/api/session/all');
}

const PASSKEYS = '/api/session/passkeys';

export function ownWaysIn(): Promise<Answer<OwnWaysIn>> {
  return request('GET', PASSKEYS);
}

export function addPasskey(passkey: unknown): Promise<Answer<{ name: string }>> {
  return request('POST', PASSKEYS, { passkey });
}

export function renamePasskey(id: string, name: string): Promise<Answer<null>> {
  return request('PATCH', `${PASSKEYS}/${encodeURIComponent(id)}`, { name });
}

export function removePasskey(id: string): Promise<Answer<null>> {
  return request('DELETE', `${PASSKEYS}/${encodeURIComponent(id)}`);
}

export function confirmByPassword(password: string): Promise<Answer<null>> {
  return request('POST', '/api/session/confirmation', { password });
}

export function confirmByPasskey(passkey: unknown): Promise<Answer<null>> {
  return request('POST', '/api/session/confirmation', { passkey });
}
