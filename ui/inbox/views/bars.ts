import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { noticed } from '../state/session-changes.ts';
import { change, connection, notice } from '../store.ts';

/** Always there, so that a screen reader hears what comes into it. */
export function connectionBanner(): VNode {
  const isLost = connection.value === 'lost';
  return html`<div class="banner" role="status" data-shown=${String(isLost)}>
    ${
      isLost
        ? html`<span class="banner__pulse" aria-hidden="true"></span>
            <span>Connection lost. Reconnecting… What you send now goes out when it is back.</span>`
        : null
    }
  </div>`;
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
