import { html, type VNode } from '../../design/html.ts';
import { openScreen } from '../actions.ts';
import { nameOf, state, threads } from '../store.ts';
import { formatTimeWithHalf } from '../time.ts';
import { previewOf } from '../words.ts';
import { avatar } from './avatar.ts';
import { icon } from './icon.ts';

export function messagesScreen(): VNode {
  return html`<div class="messages" key="messages">
    <div class="app-bar">
      <button type="button" class="app-bar__back" aria-label="Home" onClick=${() => openScreen({ name: 'home' })}>${icon('back')}</button>
    </div>
    <h2 class="messages__title">Messages</h2>
    <ul class="messages__list">
      ${threads.value.map(
        ({ line, messages, last }) => html`<li key=${line}>
          <button type="button" class="thread-row" onClick=${() => openScreen({ name: 'thread', line })}>
            ${avatar(nameOf(line))}
            <span class="thread-row__words">
              <strong>${nameOf(line)}</strong>
              <span>${last && previewOf(last)}</span>
            </span>
            <span class="thread-row__time">${last && formatTimeWithHalf(last.at)}</span>
            ${messages.some(({ id }) => state.value.unread.has(id)) ? html`<span class="badge">new</span>` : null}
          </button>
        </li>`,
      )}
    </ul>
  </div>`;
}
