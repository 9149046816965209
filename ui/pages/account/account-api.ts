import type { OwnSession } from '../../../src/domain/people.ts';
import { type Answer, request } from '../../shell/page.ts';

export function changePassword(current: string, password: string): Promise<Answer<null>> {
  return request('POST', '/api/session/password', { current, password });
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
