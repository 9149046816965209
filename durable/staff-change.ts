import {
  afterChange,
  afterUndoing,
  type Change,
  canUndo,
  eventsOf,
  undoableOf,
} from '../src/domain/conversation/conversation-change.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message, StaffRef } from '../src/domain/conversation/message.ts';
import type { StaffChangeResult } from './conversation-results.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** What staff do with a conversation besides writing in it: recorded with its events, and taken back whole. */

/** `seenVersion`: as whoever asks has it on screen; undefined where that does not matter. */
export function changeByStaff(
  store: ConversationStore,
  recorder: Recorder,
  before: ConversationSummary,
  change: Change,
  { by, seenVersion }: { by: StaffRef; seenVersion: number | undefined },
): StaffChangeResult {
  if (seenVersion !== undefined && seenVersion !== before.version) return { outcome: 'changed-meanwhile' };
  const events = eventsOf(before, change);
  if (events.length === 0) return { outcome: 'changed', conversation: before, undo: null };
  const after = recorder.record(() => {
    let last: Message | null = null;
    for (const event of events) last = recorder.addEvent(last?.seq ?? before.lastSeq, event, by);
    const changed = last === null ? before : afterChange(before, change, last);
    store.keepUndoable(undoableOf(before, changed));
    store.become(changed);
    return changed;
  });
  return { outcome: 'changed', conversation: after, undo: after.version };
}

/** `version` is the `undo` that a change answered with. */
export function undoByStaff(
  store: ConversationStore,
  recorder: Recorder,
  current: ConversationSummary,
  version: number,
  by: StaffRef,
): StaffChangeResult {
  const undoable = store.state?.undoable ?? null;
  if (undoable === null || !canUndo(undoable, version, current)) return { outcome: 'changed-meanwhile' };
  const after = recorder.record(() => {
    const message = recorder.addEvent(current.lastSeq, { name: 'undone', detail: null }, by);
    const restored = afterUndoing(current, undoable, message);
    store.keepUndoable(null);
    store.become(restored);
    return restored;
  });
  return { outcome: 'changed', conversation: after, undo: null };
}
