import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { COMPOSER, focusNow, focusSoon } from '../focus.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import { EMPTY_DRAFT } from '../state/state.ts';
import { change, state } from '../store.ts';
import { type Stopped, stopped, submit } from './guard.ts';
import { Question } from './question.ts';

const WORDS = {
  reply: {
    title: (caller: string) =>
      `Not sent yet. This reads like a note to colleagues, and ${caller} would get it.`,
    other: 'Make it a note',
    asItIs: 'Send as a text',
  },
  note: {
    title: (caller: string) => `Not saved yet. This reads like a reply, and ${caller} would not get it.`,
    other: 'Make it a reply',
    asItIs: 'Save as a note',
  },
} as const;

/** A note that leaves cannot be taken back, and a reply that stays is missed by whoever waits for it. */
export function kindQuestion(
  why: Extract<Stopped, { is: 'other-kind' }>,
  conversation: ConversationSummary,
): VNode {
  const { kind } = why;
  const words = WORDS[kind];
  return html`<${Question}
    id="kind-title"
    sign="lock"
    title=${words.title(callerTitle(conversation))}
    ways=${[
      { label: words.other, key: 'Enter', isLikely: true, go: () => turn(conversation, kind) },
      {
        label: words.asItIs,
        go: () => {
          submit(conversation, { isDoneAfter: why.isDoneAfter, sure: [...why.sure, 'other-kind'] });
          focusNow(COMPOSER);
        },
      },
      {
        label: 'Edit',
        key: 'Escape',
        go: () => {
          stopped.value = null;
          focusNow(COMPOSER);
        },
      },
    ]}
  />`;
}

/** It goes where it belongs, before what was begun there; nothing is sent by that. */
function turn({ id }: ConversationSummary, kind: 'reply' | 'note'): void {
  const draft = state.peek().drafts.get(id) ?? EMPTY_DRAFT;
  const other = kind === 'reply' ? 'note' : 'reply';
  const text = [draft[kind], draft[other]].filter((one) => one.trim() !== '').join('\n');
  change(draftChanged, id, { mode: other, [kind]: '', [other]: text });
  stopped.value = null;
  focusSoon(COMPOSER);
}
