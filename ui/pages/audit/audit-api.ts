import type { AuditAnswer, VerifyAnswer } from '../../../src/domain/audit/audit-answer.ts';
import { wallInstant } from '../../../src/domain/hours/wall-instant.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

/** What the list is narrowed to. Days are `YYYY-MM-DD` of the practice's time zone, the last one included. */
export interface Asked {
  log: 'practice' | 'enterprise';
  typed: string;
  kind: string;
  from: string;
  to: string;
}

export function auditApi(practiceId: string, timeZone: string, asked: Asked) {
  const base = asked.log === 'enterprise' ? '/api/enterprise/audit' : `${practicePath(practiceId)}/audit`;
  const filters = new URLSearchParams();
  if (asked.typed !== '') filters.set('q', asked.typed);
  if (asked.kind !== '') filters.set('kind', asked.kind);
  const from = midnight(asked.from, timeZone);
  const to = midnight(dayAfter(asked.to), timeZone);
  if (from !== null) filters.set('from', String(from));
  if (to !== null) filters.set('to', String(to));
  return {
    page: (cursor: string | null): Promise<Answer<AuditAnswer>> => {
      const query = new URLSearchParams(filters);
      if (cursor !== null) query.set('cursor', cursor);
      return request('GET', `${base}?${query}`);
    },
    verify: (from: number): Promise<Answer<VerifyAnswer>> => request('GET', `${base}/verify?from=${from}`),
    exportHref: `${base}/export?${filters}`,
  };
}

export type AuditApi = ReturnType<typeof auditApi>;

function midnight(day: string, timeZone: string): number | null {
  return day === '' ? null : wallInstant(`${day}T00:00`, timeZone);
}

function dayAfter(day: string): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? '' : new Date(at + 86_400_000).toISOString().slice(0, 10);
}
