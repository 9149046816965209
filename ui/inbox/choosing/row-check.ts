import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { tabRowId } from '../store.ts';
import { isSelected, isSelecting, selectThrough, toggleSelected } from './selection.ts';

/** The box of a row: seen where the pointer or the keyboard is, and on all rows while any is selected. */
export function RowCheck({ conversation }: { conversation: ConversationSummary }): VNode {
  const { id } = conversation;
  return html`<label class="row-check" data-shown=${String(isSelecting.value)}>
    <input
      type="checkbox"
      aria-label=${`Select ${callerTitle(conversation)}`}
      checked=${isSelected(id)}
      tabindex=${id === tabRowId.value ? 0 : -1}
      onClick=${(event: MouseEvent) => {
        if (event.shiftKey) selectThrough(id);
        else toggleSelected(id);
      }}
    />
  </label>`;
}

/** A range, by the rows themselves. The browser would open another window. */
document.addEventListener(
  'click',
  (event) => {
    if (!event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const id = event.target.closest('#list .row')?.getAttribute('data-conversation-id');
    if (!id) return;
    event.preventDefault();
    event.stopPropagation();
    getSelection()?.removeAllRanges();
    selectThrough(id);
  },
  { capture: true },
);
