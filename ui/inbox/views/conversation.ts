import { html, type VNode } from '../../design/html.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { loadConversation } from '../actions/conversation-actions.ts';
import { keys } from '../keyboard.ts';
import { conversationId, counts, opened, summary } from '../store.ts';
import { waits } from '../waits.ts';
import { conversationHead } from './conversation-head.ts';
import { Advice, Composer } from './lazy-views.ts';
import { Messages } from './messages.ts';

/** As high as an empty one, so that the texts above it stay where they are. */
const COMPOSER_TO_COME = html`<div class="composer-to-come"></div>`;

export function Conversation(): VNode {
  const id = conversationId.value;
  return html`<section class="conversation" aria-labelledby="conversation-title">
    ${id === null ? nothingOpened() : openedConversation(id)}
  </section>`;
}

function nothingOpened(): VNode {
  const waiting = counts.value?.['needs-reply'] ?? 0;
  const who = waiting === 1 ? 'One caller is' : `${waiting} callers are`;
  const text = waiting === 0 ? 'Nobody is waiting for an answer.' : `${who} waiting for an answer.`;
  return html`<div class="conversation__nothing">
    <h2 class="visually-hidden" id="conversation-title" tabindex="-1">No conversation is open</h2>
    ${emptyState('inbox', 'No conversation is open', text, keys.value?.keyHints() ?? null)}
  </div>`;
}

function openedConversation(id: string): VNode {
  const load = opened.value?.load ?? { is: 'loading' };
  if (load.is === 'failed') {
    return html`<div class="conversation__nothing">
      <h2 class="visually-hidden" id="conversation-title" tabindex="-1">Conversation</h2>
      ${emptyState('alert', 'This conversation could not be opened', load.message, html`<button type="button" class="button" onClick=${() => void loadConversation(id)}>Try again</button>`)}
    </div>`;
  }
  const current = summary.value;
  return html`
    ${current === null ? html`<h2 class="visually-hidden" id="conversation-title" tabindex="-1">Conversation</h2>` : conversationHead(current)}
    ${current && waits.value && html`<${waits.value.WaitBars} conversation=${current} />`}
    ${
      load.is === 'loading' || current === null
        ? html`<div class="messages">${skeleton(4, 'message', 'Loading messages')}</div>`
        : html`<${Messages} key=${id} conversation=${current} />`
    }
    ${current === null ? null : html`<${Advice} conversation=${current} />`}
    ${current === null ? null : html`<${Composer} key=${`composer ${id}`} conversation=${current} otherwise=${COMPOSER_TO_COME} />`}
  `;
}
