/** The order of the list, kept while single conversations change: sorting all of them anew takes too long. */
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { comparePlaces } from '../../src/domain/inbox/inbox-view.ts';

type Conversations = ReadonlyMap<string, ConversationSummary>;
type IsListed = (conversation: ConversationSummary) => boolean;

export interface Ordered {
  of: Conversations;
  /** By its identity: another one is another question. */
  isListed: IsListed;
  rows: readonly ConversationSummary[];
}

export function ordered(before: Ordered | null, of: Conversations, isListed: IsListed): Ordered {
  if (before?.of === of && before.isListed === isListed) return before;
  const rows =
    before === null || before.isListed !== isListed
      ? [...of.values()].filter(isListed).sort(comparePlaces)
      : withChanges(before, of, isListed);
  return { of, isListed, rows };
}

function withChanges(before: Ordered, of: Conversations, isListed: IsListed): readonly ConversationSummary[] {
  const changed = [...of.values()].filter((one) => before.of.get(one.id) !== one);
  const kept = before.rows.filter((one) => of.get(one.id) === one);
  const added = changed.filter(isListed);
  if (added.length === 0 && kept.length === before.rows.length) return before.rows;
  for (const one of added) kept.splice(placeIn(kept, one), 0, one);
  return kept;
}

/** No two are equal. */
function placeIn(rows: readonly ConversationSummary[], one: ConversationSummary): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = rows[middle];
    if (other !== undefined && comparePlaces(other, one) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
