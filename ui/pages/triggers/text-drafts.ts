import { session } from '../../shell/page.ts';

export interface TextDraft {
  text: string;
  /** What stood there when the writing began. */
  base: string;
}

/**
 * Texts that somebody is writing, while they look at another page. Of the practice and not about callers, and
 * for the same person only; gone with the tab.
 */
const drafts = new Map<string, TextDraft>();

export function draftOf(triggerId: string): TextDraft | null {
  return drafts.get(keyOf(triggerId)) ?? null;
}

export function keepDraft(triggerId: string, draft: TextDraft | null): void {
  if (draft === null) drafts.delete(keyOf(triggerId));
  else drafts.set(keyOf(triggerId), draft);
}

function keyOf(triggerId: string): string {
  return `${session.peek()?.staff.id ?? ''} ${triggerId}`;
}
