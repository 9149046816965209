import type { HoursSetting } from '../../../src/domain/after-hours.ts';
import { session } from '../../shell/page.ts';
import type { HoursDraft } from './draft.ts';

export interface KeptDraft {
  draft: HoursDraft;
  /** What stood there when the change began; null where there were no hours. */
  base: HoursSetting | null;
}

/**
 * Hours that somebody is changing, while they look at another page. Of the practice and not about callers, and
 * for the same person only; gone with the tab.
 */
const drafts = new Map<string, KeptDraft>();

export function keptDraft(place: string): KeptDraft | null {
  return drafts.get(keyOf(place)) ?? null;
}

export function keepDraft(place: string, draft: KeptDraft | null): void {
  if (draft === null) drafts.delete(keyOf(place));
  else drafts.set(keyOf(place), draft);
}

function keyOf(place: string): string {
  return `${session.peek()?.staff.id ?? ''} ${place}`;
}
