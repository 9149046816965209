/** Changes all that is selected, and takes it back. The server decides about each conversation on its own. */
import { signal } from '@preact/signals';
import { type BulkResult, MAX_BULK } from '../../../src/domain/conversation/bulk-change.ts';
import { notify } from '../actions/session-actions.ts';
import { api, type ConversationChange } from '../api.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import { change, practiceId } from '../store.ts';
import { bulkWords } from './bulk-words.ts';
import { keepSelected, selected } from './selection.ts';

export interface Bulk {
  change: ConversationChange;
  /** What they then are: “5 … done”. */
  did: string;
}

export const isChanging = signal(false);

interface Seen {
  id: string;
  version: number;
}

export async function changeSelected({ change: asked, did }: Bulk): Promise<void> {
  if (isChanging.peek()) return;
  const seen = selected.peek().map(({ id, version }) => ({ id, version }));
  isChanging.value = true;
  const { changed, refused, message } = await inParts(seen, (part) => ({
    conversations: part,
    change: asked,
  }));
  isChanging.value = false;
  keepSelected([
    ...refused.map(({ id }) => id),
    ...(message === null ? [] : unanswered(seen, changed, refused)),
  ]);
  const undo = changed.flatMap(({ conversation, undo: version }) =>
    version === null ? [] : [{ id: conversation.id, version }],
  );
  const words = bulkWords({ all: seen.length, changed: changed.length, did, refused, message });
  notify(words, undo.length === 0 ? null : () => void takeBackAll(undo));
}

async function takeBackAll(undo: readonly Seen[]): Promise<void> {
  const { changed, refused, message } = await inParts(undo, (part) => ({ undo: part }));
  const did = 'as before';
  notify(bulkWords({ all: undo.length, changed: changed.length, did, refused, message }));
}

function unanswered(
  seen: readonly Seen[],
  changed: BulkResult['changed'],
  refused: BulkResult['refused'],
): string[] {
  const answered = new Set([
    ...changed.map(({ conversation }) => conversation.id),
    ...refused.map(({ id }) => id),
  ]);
  return seen.flatMap(({ id }) => (answered.has(id) ? [] : [id]));
}

/** One request after the other; the first one that is not answered is the last. `message` says why. */
async function inParts(
  seen: readonly Seen[],
  body: (part: Seen[]) => object,
): Promise<BulkResult & { message: string | null }> {
  const practice = practiceId.peek();
  const all: BulkResult = { changed: [], refused: [] };
  for (let from = 0; from < seen.length && practice !== null; from += MAX_BULK) {
    const answer = await api.bulk(practice, body(seen.slice(from, from + MAX_BULK)));
    if (!answer.ok) return { ...all, message: answer.message };
    change(
      summariesMerged,
      answer.value.changed.map(({ conversation }) => conversation),
    );
    all.changed.push(...answer.value.changed);
    all.refused.push(...answer.value.refused);
  }
  return { ...all, message: null };
}
