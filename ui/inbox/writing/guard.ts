import { signal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { MAX_BODY_LENGTH } from '../../../src/domain/conversation/message.ts';
import {
  looksLikeNote,
  looksLikeReply,
  type People,
} from '../../../src/domain/conversation/mistaken-kind.ts';
import { textRefusal } from '../../../src/domain/conversation/text-refusal.ts';
import { type PrivateDetail, privateDetails } from '../../../src/domain/words/private-details.ts';
import { fillPhrases, phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { undoSeconds } from '../../shell/undo-send.ts';
import { moveOnFrom } from '../actions/conversation-actions.ts';
import { sendDraft } from '../actions/sending.ts';
import { announce } from '../announcer.ts';
import { focusSoon } from '../focus.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import { EMPTY_DRAFT } from '../state/state.ts';
import { change, newer, staff, staffId, state } from '../store.ts';
import { sendAfter } from './held.ts';
import { valuesFor } from './known.ts';
import { selectPhrase } from './unfilled.ts';

/** What somebody has been asked about, and wants to be sent all the same. */
type Sure = 'private' | 'other-kind';

/** Why a reply, or a note, was stopped. It holds for this very text: another letter, and it is forgotten. */
export type Stopped = {
  conversationId: string;
  text: string;
  isDoneAfter: boolean;
  sure: readonly Sure[];
} & (
  | { is: 'unfilled'; written: string }
  | { is: 'private'; details: PrivateDetail[] }
  | { is: 'newer' }
  | { is: 'other-kind'; kind: 'reply' | 'note' }
);

export const stopped = signal<Stopped | null>(null);

const DEFAULT_UNDO_SECONDS = 5;

interface Sending {
  isDoneAfter: boolean;
  sure?: readonly Sure[];
}

/** Sends what is written, or says why not and how to go on. */
export function submit(conversation: ConversationSummary, { isDoneAfter, sure = [] }: Sending): void {
  const { id } = conversation;
  const { mode, reply, note } = state.peek().drafts.get(id) ?? EMPTY_DRAFT;
  if (mode === 'note') {
    const because = { conversationId: id, text: note.trim(), isDoneAfter, sure };
    if (!sure.includes('other-kind') && looksLikeReply(note, peopleOf(conversation))) {
      stopped.value = { ...because, is: 'other-kind', kind: 'note' };
      return;
    }
    stopped.value = null;
    sendDraft(id, { isDoneAfter });
    if (isDoneAfter) moveOnFrom(id);
    return;
  }
  const text = fillPhrases(reply, valuesFor(conversation)).trim();
  if (text === '' || text.length > MAX_BODY_LENGTH || textRefusal(conversation) !== null) return;
  if (text !== reply.trim()) change(draftChanged, id, { reply: text });
  const because = { conversationId: id, text, isDoneAfter, sure };
  const [left] = phrasesIn(text);
  if (left !== undefined) {
    stopped.value = { ...because, is: 'unfilled', written: left.written };
    requestAnimationFrame(() => selectPhrase(left));
    return;
  }
  if (!sure.includes('other-kind') && looksLikeNote(text, peopleOf(conversation))) {
    stopped.value = { ...because, is: 'other-kind', kind: 'reply' };
    return;
  }
  const details = sure.includes('private') ? [] : privateDetails(text, Date.now());
  if (details.length > 0) {
    stopped.value = { ...because, is: 'private', details };
    focusSoon('#private-title');
    return;
  }
  if (newer.peek().length > 0) {
    stopped.value = { ...because, is: 'newer' };
    return;
  }
  stopped.value = null;
  const holdSeconds = undoSeconds.peek() ?? DEFAULT_UNDO_SECONDS;
  sendAfter(id, holdSeconds * 1000, isDoneAfter);
  if (isDoneAfter) moveOnFrom(id);
  if (holdSeconds > 0)
    announce(`Sending in ${holdSeconds} seconds. To take it back, press Control Z or Undo.`);
}

function peopleOf({ caller }: ConversationSummary): People {
  const others = staff.peek().filter(({ id }) => id !== staffId.peek());
  return { callers: caller.names ?? [], staff: others };
}
