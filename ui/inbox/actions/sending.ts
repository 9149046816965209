import { MAX_BODY_LENGTH } from '../../../src/domain/conversation/message.ts';
import { api } from '../api.ts';
import { COMPOSER, focusSoon } from '../focus.ts';
import * as changes from '../state/conversation-changes.ts';
import { EMPTY_DRAFT, type Unsent } from '../state/state.ts';
import { isPassing, stageAfter } from '../state/unsent-stage.ts';
import { change, connection, newestSeqOf, conversationId as openedId, state } from '../store.ts';
import { markDoneLater, refreshOpened } from './conversation-actions.ts';

/** Texts of one conversation leave one after the other, in the order they were written. */
export const turns = new Map<string, Promise<void>>();

interface SendOptions {
  /** `held`: somebody else sees to it that it leaves. */
  stage?: Unsent['stage'];
  isDoneAfter?: boolean;
}

/** Answers the id of the message, or null where nothing can be sent. */
export function sendDraft(
  conversationId: string,
  { stage = { is: 'sending' }, isDoneAfter = false }: SendOptions = {},
): string | null {
  const draft = state.peek().drafts.get(conversationId) ?? EMPTY_DRAFT;
  const body = draft[draft.mode].trim();
  if (body === '' || body.length > MAX_BODY_LENGTH) return null;
  const id = crypto.randomUUID();
  const seenSeq = draft.seenSeq ?? newestSeqOf(conversationId);
  const unsent: Unsent = { id, kind: draft.mode, body, at: Date.now(), stage, seenSeq, isDoneAfter };
  change(changes.unsentAdded, conversationId, unsent);
  const left = draft.mode === 'reply' ? { seenSeq: null } : {};
  change(changes.draftChanged, conversationId, { [draft.mode]: '', ...left });
  if (stage.is === 'sending') enqueue(conversationId, id);
  return id;
}

/** The same id again, so that one that did arrive is not sent twice. */
export function trySendingAgain(conversationId: string, messageId: string): void {
  change(changes.unsentStaged, conversationId, messageId, { is: 'sending' });
  enqueue(conversationId, messageId);
}

/** Its writer has looked at what came in between, and wants it to leave all the same. */
export function sendOvertaken(conversationId: string, messageId: string): void {
  change(changes.unsentSeen, conversationId, messageId, newestSeqOf(conversationId));
  trySendingAgain(conversationId, messageId);
}

export function editOvertaken(conversationId: string, messageId: string): void {
  change(changes.unsentSeen, conversationId, messageId, newestSeqOf(conversationId));
  editUnsent(conversationId, messageId);
}

export function editUnsent(conversationId: string, messageId: string): void {
  change(changes.unsentEdited, conversationId, messageId);
  focusSoon(COMPOSER);
}

/** The connection is back: what waited for it goes out now. */
export function sendWaiting(): void {
  for (const [conversationId, list] of state.peek().unsent) {
    for (const { id, stage } of list) if (stage.is === 'waiting') trySendingAgain(conversationId, id);
  }
}

function isAnythingUnsent(): boolean {
  return [...state.peek().unsent.values()].some((list) => list.length > 0);
}

/** Something that closing the page now would lose, sent or not. */
export function isAnythingWritten(): boolean {
  const drafts = [...state.peek().drafts.values()];
  return isAnythingUnsent() || drafts.some(({ reply, note }) => `${reply}${note}`.trim() !== '');
}

function enqueue(conversationId: string, messageId: string): void {
  const turn = (turns.get(conversationId) ?? Promise.resolve()).then(() => send(conversationId, messageId));
  turns.set(conversationId, turn);
}

async function send(conversationId: string, messageId: string): Promise<void> {
  const unsent = state
    .peek()
    .unsent.get(conversationId)
    ?.find((one) => one.id === messageId);
  if (unsent === undefined) return;
  const stageBefore = stageOfOneBefore(conversationId, messageId);
  if (stageBefore !== null) {
    change(changes.unsentStaged, conversationId, messageId, stageBefore);
    return;
  }
  const answer = await api.send(conversationId, unsent);
  if (answer.ok) {
    change(changes.messagesMerged, conversationId, [answer.value.message]);
    change(changes.unsentDropped, conversationId, messageId);
    stumbles.delete(messageId);
    if (unsent.isDoneAfter) await markDoneLater(conversationId, messageId);
    return;
  }
  const isAgain = answer.code !== 'newer-messages' && isTriedAgain(messageId, answer.status);
  change(changes.unsentStaged, conversationId, messageId, stageAfter(answer, isAgain));
  // What was missed is shown before anything is asked about it.
  if (answer.code === 'newer-messages' && conversationId === openedId.peek()) await refreshOpened();
}

/** Order is kept: what was written later is not sooner with the caller because the connection came back in between. */
function stageOfOneBefore(conversationId: string, messageId: string): Unsent['stage'] | null {
  const list = state.peek().unsent.get(conversationId) ?? [];
  const at = list.findIndex(({ id }) => id === messageId);
  const before = list.slice(0, at).find(({ stage }) => stage.is === 'waiting' || stage.is === 'overtaken');
  // A note is for nobody who could read it out of order.
  if (before?.stage.is === 'overtaken' && list[at]?.kind === 'note') return null;
  return before?.stage ?? null;
}

/** How often the server stumbled over each; only of those that are still to be sent. */
const stumbles = new Map<string, number>();
const AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000];

/** It waits for the connection, for the same person to sign in again, or for a server that stumbles. */
function isTriedAgain(messageId: string, status: number): boolean {
  const isCutOff = status === 0 && (connection.peek() !== 'live' || !navigator.onLine);
  if (isCutOff || status === 401) return true;
  const delay = AGAIN_AFTER_MS[stumbles.get(messageId) ?? 0];
  if (!isPassing(status) || delay === undefined) {
    stumbles.delete(messageId);
    return false;
  }
  stumbles.set(messageId, (stumbles.get(messageId) ?? 0) + 1);
  setTimeout(sendWaiting, delay);
  return true;
}
