import type { ActivityEntry } from '../../../src/domain/activity/activity-entry.ts';
import type { UseCase } from '../../../src/domain/triggers/use-case.ts';
import { formatNumber, languageName } from '../../design/format.ts';

export const USE_CASE_NAMES: Record<UseCase, string> = {
  'call-to-text': 'Call to text',
  'abandoned-call': 'Abandoned call',
};

export function triggerName({ useCase, language }: ActivityEntry['trigger']): string {
  return `${USE_CASE_NAMES[useCase]}, ${languageName(language)}`;
}

/** A number, or what came in its place. */
export function callerName(caller: string | null): string {
  if (caller === null) return 'No number';
  return caller.trim() === '' ? 'Empty number' : formatNumber(caller);
}

/** Milliseconds while they are few. */
export function formatDecided(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** After the request: "at once", "+0.4 s", "+12 s", "+3 min". */
export function formatAfter(ms: number): string {
  if (ms < 100) return 'at once';
  if (ms < 10_000) return `+${(ms / 1000).toFixed(1)} s`;
  return ms < 120_000 ? `+${Math.round(ms / 1000)} s` : `+${Math.round(ms / 60_000)} min`;
}

/** To the second, since calls that belong together are seconds apart: 10:42:07 AM */
export function formatClock(at: number, timeZone: string): string {
  return new Date(at).toLocaleTimeString('en-US', { timeZone });
}

export function phoneSystemName(id: string, names: Record<string, string>): string {
  return id === 'any-other' ? 'Other phone system' : (names[id] ?? id);
}
