import type { WrittenResponse } from '../../../src/domain/quick-response.ts';
import { session } from '../../shell/page.ts';

export interface KeptDraft {
  draft: WrittenResponse;
  /** The one that was there when the change began. */
  version: number;
}

/**
 * What somebody is writing, while they look at something else. Of the practice and not about callers, and for the
 * same person only; gone with the tab.
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
