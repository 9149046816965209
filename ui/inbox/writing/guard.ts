import { signal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import { MAX_BODY_LENGTH } from '../../../src/domain/message.ts';
import { type PrivateDetail, privateDetails } from '../../../src/domain/private-details.ts';
import { fillPhrases, phrasesIn } from '../../../src/domain/smart-phrase.ts';
import { textRefusal } from '../../../src/domain/text-refusal.ts';
import { undoSeconds } from '../../shell/undo-send.ts';
import { moveOnFrom } from '../actions/conversation-actions.ts';
import { sendDraft } from '../actions/sending.ts';
import { announce } from '../announcer.ts';
import { focusSoon } from '../focus.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import { EMPTY_DRAFT } from '../state/state.ts';
import { change, state } from '../store.ts';
import { sendAfter } from './held.ts';
import { valuesFor } from './known.ts';
import { selectPhrase } from './unfilled.ts';

/** Why a reply was stopped. It holds for this very text: another letter, and it is forgotten. */
export type Stopped = { conversationId: string; text: string; isDoneAfter: boolean } & (
  | { is: 'unfilled'; written: string }
  | { is: 'private'; details: PrivateDetail[] }
);

export const stopped = signal<Stopped | null>(null);

const DEFAULT_UNDO_SECONDS = 5;

interface Sending {
  isDoneAfter: boolean;
  /** Somebody has looked at what the text says. */
  isSure?: boolean;
}

/** Sends what is written, or says why not and how to go on. */
export function submit(conversation: ConversationSummary, { isDoneAfter, isSure = false }: Sending): void {
  const { id } = conversation;
  const { mode, reply } = state.peek().drafts.get(id) ?? EMPTY_DRAFT;
  if (mode === 'note') {
    sendDraft(id, { isDoneAfter });
    if (isDoneAfter) moveOnFrom(id);
    return;
  }
  const text = fillPhrases(reply, valuesFor(conversation)).trim();
  if (text === '' || text.length > MAX_BODY_LENGTH || textRefusal(conversation) !== null) return;
  if (text !== reply.trim()) change(draftChanged, id, { reply: text });
  const because = { conversationId: id, text, isDoneAfter };
  const [left] = phrasesIn(text);
  if (left !== undefined) {
    stopped.value = { ...because, is: 'unfilled', written: left.written };
    requestAnimationFrame(() => selectPhrase(left));
    return;
  }
  const details = isSure ? [] : privateDetails(text, Date.now());
  if (details.length > 0) {
    stopped.value = { ...because, is: 'private', details };
    focusSoon('#private-title');
    return;
  }
  stopped.value = null;
  const holdSeconds = undoSeconds.peek() ?? DEFAULT_UNDO_SECONDS;
  sendAfter(id, holdSeconds * 1000, isDoneAfter);
  if (isDoneAfter) moveOnFrom(id);
  if (holdSeconds > 0)
    announce(`Sending in ${holdSeconds} seconds. To take it back, press Control Z or Undo.`);
}
