import type { AuditLog } from '../../../durable/audit-log.ts';
import type { AuditQuery } from '../../../durable/audit-query.ts';
import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { actionWords } from '../../domain/audit/audit-entry.ts';
import { actorWords } from '../../domain/audit/audit-words.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/text/csv-writing.ts';

const ROWS_AT_ONCE = 500;

const HEAD = [
  'number',
  'at',
  'who',
  'did',
  'to',
  'called',
  'before',
  'after',
  'network address',
  'browser',
  'who: kind',
  'who: id',
  'action',
  'to: id',
  'recorded at',
  'entry id',
  'previous hash',
  'hash',
] as const;

/** All that the query finds, page by page as the reader takes it: no more than one page is ever in memory. */
export function auditCsv(log: DurableObjectStub<AuditLog>, query: AuditQuery): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before: number | null = null;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLine(HEAD))),
    pull: async (controller) => {
      const { entries, nextCursor } = await log.page({ ...query, before, limit: ROWS_AT_ONCE });
      controller.enqueue(encoder.encode(entries.map((entry) => csvLine(rowOf(entry))).join('')));
      before = nextCursor;
      if (nextCursor === null) controller.close();
    },
  });
}

function rowOf(entry: AuditEntry): string[] {
  const { seq, at, who, action, subject, from, before, after, recordedAt, id, previous, hash } = entry;
  return [
    String(seq),
    new Date(at).toISOString(),
    actorWords(who),
    actionWords(action),
    subject.is,
    subject.label,
    before ?? '',
    after ?? '',
    from.address ?? '',
    from.browser ?? '',
    who.is,
    'id' in who ? who.id : '',
    action,
    subject.id,
    new Date(recordedAt).toISOString(),
    id,
    previous,
    hash,
  ];
}
