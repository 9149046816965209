import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { mediaWords } from '../../../src/domain/conversation/media.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { COMPOSER, focusNow } from '../focus.ts';
import { newer } from '../store.ts';
import { type Stopped, stopped, submit } from './guard.ts';
import { Question } from './question.ts';
import { lookAgain, newerWriters } from './seen.ts';

const MOST_QUOTED = 3;

/** What was written meanwhile may change what is to be said. */
export function newerQuestion(
  why: Extract<Stopped, { is: 'newer' }>,
  conversation: ConversationSummary,
): VNode {
  const { id } = conversation;
  const quoted = newer.value.slice(-MOST_QUOTED);
  return html`<${Question}
    id="newer-title"
    sign="alert"
    title=${`Not sent yet. ${whoWrote(conversation)} while you were writing:`}
    more=${html`<ul class="question__quotes">${quoted.map((one) => quote(one, conversation))}</ul>`}
    ways=${[
      {
        label: 'Edit',
        key: 'Escape',
        isLikely: true,
        go: () => {
          lookAgain(id);
          stopped.value = null;
          focusNow(COMPOSER);
        },
      },
      {
        label: 'Send anyway',
        key: 'Enter',
        go: () => {
          lookAgain(id);
          submit(conversation, { isDoneAfter: why.isDoneAfter, sure: why.sure });
          focusNow(COMPOSER);
        },
      },
    ]}
  />`;
}

/** Above the field, as soon as it happens. */
export function newerLine(conversation: ConversationSummary): VNode | null {
  if (newer.value.length === 0) return null;
  return html`<p class="newer-line">${icon('alert')}<span>${whoWrote(conversation)} while you were writing: marked above.</span></p>`;
}

export function whoWrote(conversation: ConversationSummary): string {
  const names = newerWriters.value.map((name) => name ?? callerTitle(conversation));
  return `${new Intl.ListFormat('en').format(names)} wrote`;
}

function quote({ id, author, body, media }: Message, conversation: ConversationSummary): VNode {
  return html`<li key=${id}><span class="question__who">${author?.name ?? callerTitle(conversation)}</span> <q dir="auto">${body || mediaWords(media)}</q></li>`;
}
