import { eventsOf } from '../src/domain/conversation/conversation-change.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message, StaffRef } from '../src/domain/conversation/message.ts';
import { newerFor } from '../src/domain/conversation/newer-messages.ts';
import { textRefusal } from '../src/domain/conversation/text-refusal.ts';
import type { HandOverResult, WriteResult } from './conversation-results.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** What staff write in a conversation: each once, whatever its id is sent again. */

export interface ReplyWritten {
  id: string;
  body: string;
  /** The newest message on the writer's screen; without it nothing is taken to have been missed. */
  seenSeq?: number | undefined;
}

export interface NoteWritten {
  id: string;
  body: string;
  /** Who is named in it. */
  mentions?: StaffRef[] | undefined;
}

interface Parts {
  store: ConversationStore;
  recorder: Recorder;
}

export function writeReply(
  { store, recorder }: Parts,
  summary: ConversationSummary,
  staff: StaffRef,
  { id, body, seenSeq }: ReplyWritten,
): WriteResult {
  const already = recorder.messageWithId(id);
  if (already) return { outcome: 'already-written', message: already };
  const refusal = textRefusal(summary);
  if (refusal) return { outcome: refusal };
  if (seenSeq !== undefined && hasNewer(store, summary, staff, seenSeq)) return { outcome: 'newer-messages' };
  const message = recorder.record(() => {
    const added = recorder.add(summary.lastSeq, { id, body, kind: 'reply', author: staff });
    recorder.staffWrote(added.at);
    store.become(rules.afterReply(summary, added));
    return added;
  });
  return { outcome: 'written', message };
}

export function writeNote(
  { store, recorder }: Parts,
  summary: ConversationSummary,
  staff: StaffRef,
  written: NoteWritten,
): WriteResult {
  const already = recorder.messageWithId(written.id);
  if (already) return { outcome: 'already-written', message: already };
  const message = recorder.record(() => {
    const added = addNote(recorder, summary.lastSeq, staff, written);
    store.become(rules.afterNote(summary, added));
    return added;
  });
  return { outcome: 'written', message };
}

/** Whose it is and why, in one: nobody finds a conversation of theirs without the note, or the note without it. */
export function handOver(
  { store, recorder }: Parts,
  summary: ConversationSummary,
  staff: StaffRef,
  { assignee, ...written }: NoteWritten & { assignee: StaffRef },
): HandOverResult {
  const already = recorder.messageWithId(written.id);
  if (already) return { outcome: 'already-written', conversation: summary, message: already };
  const message = recorder.record(() => {
    let { lastSeq } = summary;
    for (const event of eventsOf(summary, { assignee }))
      lastSeq = recorder.addEvent(lastSeq, event, staff).seq;
    const added = addNote(recorder, lastSeq, staff, written);
    store.become(rules.afterHandingOver(summary, assignee, added));
    return added;
  });
  return { outcome: 'handed-over', conversation: store.state?.summary ?? summary, message };
}

function addNote(recorder: Recorder, afterSeq: number, author: StaffRef, note: NoteWritten): Message {
  const { id, body, mentions = [] } = note;
  const others = mentions.filter((one) => one.id !== author.id);
  const named = others.length > 0 ? { mentions: others } : {};
  return recorder.add(afterSeq, { id, body, kind: 'note', author, ...named });
}

/** Messages looked through for what the writer has not seen; who has missed more than that has missed something. */
const LOOKED_THROUGH = 200;

function hasNewer(
  store: ConversationStore,
  { lastSeq }: ConversationSummary,
  staff: StaffRef,
  seenSeq: number,
): boolean {
  if (lastSeq - seenSeq > LOOKED_THROUGH) return true;
  return newerFor(staff.id, seenSeq, store.pageFrom(seenSeq + 1, LOOKED_THROUGH)).length > 0;
}
