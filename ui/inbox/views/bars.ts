import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { isNewVersionReady } from '../../shell/missing-part.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { noticed } from '../state/session-changes.ts';
import { change, connection, conversationId, conversations, notice, notSent } from '../store.ts';

/** Always there, so that a screen reader hears what comes into it. */
export function banner(): VNode {
  const words =
    connection.value === 'lost' ? lostWords() : isNewVersionReady.value ? newVersionWords() : notSentWords();
  return html`<div class="banner" role="status" data-shown=${String(words !== null)}>${words}</div>`;
}

function lostWords(): VNode {
  return html`<span class="banner__pulse" aria-hidden="true"></span>
    <span>Connection lost. Reconnecting… What you send now goes out when it is back.</span>`;
}

/** Of other conversations than the one on screen, which says so itself. */
function notSentWords(): VNode | null {
  const id = notSent.value.find((one) => one !== conversationId.value);
  if (id === undefined) return null;
  const conversation = conversations.value.get(id);
  const whom = conversation && html` to <bdi>${callerTitle(conversation)}</bdi>`;
  return html`<span>What you wrote${whom} was not sent.</span>
    <button type="button" class="button button--small" onClick=${() => openConversation(id)}>Look</button>`;
}

/** Where loading anew by itself would lose something, the person chooses the moment. */
function newVersionWords(): VNode {
  return html`<span>A new version of Offhook is ready. Send what you are writing, then reload.</span>
    <button type="button" class="button button--small" onClick=${() => location.reload()}>Reload</button>`;
}

/** What just happened, for a few seconds, with a way back where there is one. */
export function noticeBar(): VNode | null {
  const current = notice.value;
  if (current === null) return null;
  const { text, undo, offers } = current;
  const close = () => change(noticed, null);
  return html`<section class="notice" aria-label="Notice">
    <span>${text}</span>
    ${
      undo === null
        ? null
        : html`<button type="button" class="notice__action" onClick=${() => {
            close();
            undo();
          }}>${offers}</button>`
    }
    <button type="button" class="icon-button" aria-label="Close" onClick=${close}>${icon('close')}</button>
  </section>`;
}
