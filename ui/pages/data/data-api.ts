import type {
  EnterpriseRetentionAnswer,
  KeepingSet,
  RetentionAnswer,
} from '../../../src/domain/practice/retention.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

/** What the page about keeping asks of the server, for one practice, and for all of them. */
export function dataApi(practiceId: string) {
  const base = practicePath(practiceId);
  const holdOf = (conversationId: string | null) =>
    conversationId === null
      ? `${base}/hold`
      : `/api/conversations/${encodeURIComponent(conversationId)}/hold`;
  return {
    practice: (): Promise<Answer<RetentionAnswer>> => request('GET', `${base}/retention`),
    enterprise: (): Promise<Answer<EnterpriseRetentionAnswer>> => request('GET', '/api/enterprise/retention'),
    setPractice: (set: KeepingSet, version: number): Promise<Answer<RetentionAnswer>> =>
      request('PUT', `${base}/retention`, { set, version }),
    setEnterprise: (set: KeepingSet, version: number): Promise<Answer<EnterpriseRetentionAnswer>> =>
      request('PUT', '/api/enterprise/retention', { set, version }),
    hold: (conversationId: string | null, reason: string): Promise<Answer<null>> =>
      request('PUT', holdOf(conversationId), { reason }),
    endHold: (conversationId: string | null): Promise<Answer<null>> =>
      request('DELETE', holdOf(conversationId)),
    exportHref: `${base}/export`,
  };
}

export type DataApi = ReturnType<typeof dataApi>;
