import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { skeleton } from '../../design/parts.ts';
import { hasRoomBeside, isContextBeside, isContextOver, toggleContext } from '../context-shown.ts';
import { conversationId, summary } from '../store.ts';
import { ContextPanel, ContextSheet } from './lazy-views.ts';

/** Where what is known of a caller is drawn: its place is there before it is. */
export function ContextPlace(): VNode | null {
  const current = summary.value;
  if (conversationId.value === null) return null;
  const toCome = skeleton(6, 'row', 'Loading what is known of the caller');
  if (hasRoomBeside.value) {
    if (!isContextBeside.value) return null;
    return html`<aside class="context" id="context" aria-labelledby="context-title">
      <div class="context__head">
        <h2 id="context-title">About this caller</h2>
        <button type="button" class="icon-button" aria-label="Close what is known of the caller" onClick=${toggleContext}>${icon('close')}</button>
      </div>
      ${current === null ? toCome : html`<${ContextPanel} key=${current.id} conversation=${current} otherwise=${toCome} />`}
    </aside>`;
  }
  return current === null
    ? null
    : html`<${ContextSheet} conversation=${current} isWanted=${isContextOver.value} />`;
}

export function contextButton(): VNode {
  const isShown = hasRoomBeside.value ? isContextBeside.value : isContextOver.value;
  return html`<button
    type="button"
    class="icon-button"
    aria-label="About this caller"
    title="About this caller"
    aria-expanded=${String(isShown)}
    aria-controls="context"
    onClick=${toggleContext}
  >${icon('card')}</button>`;
}
