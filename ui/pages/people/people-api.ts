import type { MemberRole, PeopleAnswer, Person } from '../../../src/domain/people/people.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

/** A link that is shown once: `path` completes our own address. */
export interface NewLink {
  path: string;
  expiresAt: number;
}

export type EnterpriseChange = { isActive: boolean } | { isAdmin: boolean };

/** What the people page asks of the server, for one practice. */
export function peopleApi(practiceId: string) {
  const base = practicePath(practiceId);
  const person = (id: string) => `${base}/people/${encodeURIComponent(id)}`;
  return {
    list: (): Promise<Answer<PeopleAnswer>> =>
      request('GET', `${base}/people`, undefined, { parts: 'people* invitations*' }),
    invite: (email: string, role: MemberRole): Promise<Answer<NewLink & { hasAccount: boolean }>> =>
      request('POST', `${base}/invitations`, { email, role }),
    withdraw: (id: string): Promise<Answer<null>> =>
      request('DELETE', `${base}/invitations/${encodeURIComponent(id)}`),
    changeRole: (id: string, role: MemberRole): Promise<Answer<{ person: Person }>> =>
      request('PATCH', person(id), { role }),
    endWork: (id: string): Promise<Answer<null>> => request('DELETE', person(id)),
    passwordLink: (id: string): Promise<Answer<NewLink>> => request('POST', `${person(id)}/password-link`),
    changeEverywhere: (id: string, change: EnterpriseChange): Promise<Answer<null>> =>
      request('PATCH', `/api/enterprise/people/${encodeURIComponent(id)}`, change),
  };
}

export type PeopleApi = ReturnType<typeof peopleApi>;
