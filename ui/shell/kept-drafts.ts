import { session } from './page.ts';

export interface KeptDrafts<Draft> {
  of(place: string): Draft | null;
  /** Null: there is none any more. */
  keep(place: string, draft: Draft | null): void;
}

/**
 * What somebody is changing, while they look at another page. Of the practice and not about callers, and for the
 * same person only; gone with the tab.
 */
export function keptDrafts<Draft>(): KeptDrafts<Draft> {
  const drafts = new Map<string, Draft>();
  const keyOf = (place: string) => `${session.peek()?.staff.id ?? ''} ${place}`;
  return {
    of: (place) => drafts.get(keyOf(place)) ?? null,
    keep(place, draft) {
      if (draft === null) drafts.delete(keyOf(place));
      else drafts.set(keyOf(place), draft);
    },
  };
}
