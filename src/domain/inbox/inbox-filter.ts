import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import type { Caller } from '../patients/caller-match.ts';
import { USE_CASES, type UseCase } from '../triggers/use-case.ts';

/** Who a caller is taken to be. Several patients who share a number are one kind, wherever they are verified. */
export const CALLER_KINDS = ['unverified', 'elsewhere', 'here', 'several'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

/** `none`: the caller texted without having called. */
export const FILTERED_USE_CASES = [...USE_CASES, 'none'] as const;

/** What a view can be narrowed to; null does not narrow. */
export interface InboxFilter {
  /** Its id. */
  line: string | null;
  /** BCP 47; `es` takes in `es-MX` too. */
  language: string | null;
  useCase: UseCase | 'none' | null;
  callerKind: CallerKind | null;
}

export const NO_FILTER: InboxFilter = { line: null, language: null, useCase: null, callerKind: null };

/** As they stand in addresses. */
export const FILTER_NAMES = ['line', 'language', 'useCase', 'callerKind'] as const;

export function isFiltered(filter: InboxFilter): boolean {
  return FILTER_NAMES.some((name) => filter[name] !== null);
}

export function callerKind({ verified, names }: Pick<Caller, 'verified' | 'names'>): CallerKind {
  // A summary that an inbox has had for long may lack them.
  return (names?.length ?? 0) > 1 ? 'several' : (verified ?? 'unverified');
}

export function passes(
  filter: InboxFilter,
  { line, language, useCase, caller }: ConversationSummary,
): boolean {
  return (
    (filter.line === null || filter.line === line.id) &&
    (filter.language === null || isOfLanguage(language, filter.language)) &&
    (filter.useCase === null || filter.useCase === (useCase ?? 'none')) &&
    (filter.callerKind === null || filter.callerKind === callerKind(caller))
  );
}

function isOfLanguage(language: string, wanted: string): boolean {
  return `${language}-`.toLowerCase().startsWith(`${wanted}-`.toLowerCase());
}

const MAX_VALUE = 100;

/** Empty values do not narrow; `unknown` is the first parameter whose value cannot be one. */
export function readFilter(value: (name: string) => string | null | undefined): {
  filter: InboxFilter;
  unknown: (typeof FILTER_NAMES)[number] | null;
} {
  const [line, language, useCase, kind] = FILTER_NAMES.map((name) => value(name) || null);
  const filter: InboxFilter = {
    line: line ?? null,
    language: language ?? null,
    useCase: FILTERED_USE_CASES.find((one) => one === useCase) ?? null,
    callerKind: CALLER_KINDS.find((one) => one === kind) ?? null,
  };
  const unknown = FILTER_NAMES.find(
    (name) => (value(name) || null) !== filter[name] || (filter[name]?.length ?? 0) > MAX_VALUE,
  );
  return { filter, unknown: unknown ?? null };
}
