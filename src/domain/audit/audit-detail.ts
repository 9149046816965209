import { isSameJson } from '../text/same-json.ts';
import type { AuditDetail, AuditValue } from './audit-entry.ts';

/** Of one side, as JSON. An entry says what changed; a whole document belongs elsewhere. */
export const MAX_DETAIL = 6_000;
const MAX_TEXT = 600;
const MAX_ITEMS = 60;
const MAX_DEPTH = 6;

/** Never in a log: what lets somebody in, and what was written to or by a caller. */
const SECRET = /password|secret|token|hash|cookie|proof|credential|^(body|message|messages|note|key)$/i;

/** Only those fields in which the two differ; null for a side that is not there. */
export function changedFields(
  before: object | null,
  after: object | null,
): { before: object | null; after: object | null } {
  const [was, is] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  const differs = ([key]: [string, unknown]) => !isSameJson(was.get(key) ?? null, is.get(key) ?? null);
  return {
    before: before && Object.fromEntries([...was].filter(differs)),
    after: after && Object.fromEntries([...is].filter(differs)),
  };
}

/** What of it is kept: nothing secret, no long text whole, and no more than fits. */
export function keptDetail(detail: object): AuditDetail {
  const kept = trimmed(detail, 0) as AuditDetail;
  if (JSON.stringify(kept).length <= MAX_DETAIL) return kept;
  const share = Math.floor(MAX_DETAIL / Math.max(1, Object.keys(kept).length));
  return Object.fromEntries(
    Object.entries(kept)
      .slice(0, MAX_ITEMS)
      .map(([key, value]) => [key, JSON.stringify(value).length <= share ? value : TOO_LONG]),
  );
}

const TOO_LONG = '(too long to be kept here)';

/** What comes in is JSON, or becomes none of it. */
function trimmed(value: unknown, depth: number): AuditValue {
  if (typeof value === 'string') return value.length <= MAX_TEXT ? value : `${value.slice(0, MAX_TEXT)}…`;
  // As JSON has it, which knows no minus zero and nothing without an end.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= MAX_DEPTH) return TOO_LONG;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => trimmed(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `and ${value.length - MAX_ITEMS} more`] : items;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== undefined && !SECRET.test(key))
      .map(([key, inner]) => [key.slice(0, 60), trimmed(inner, depth + 1)]),
  );
}
