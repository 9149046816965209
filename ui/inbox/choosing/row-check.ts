import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { isSelected, isSelecting, selectThrough, toggleSelected } from './selection.ts';

interface RowCheckProps {
  conversation: ConversationSummary;
  tabindex: number;
}

/** The box of a row: seen where the pointer or the keyboard is, and on all rows while any is selected. */
export function RowCheck({ conversation, tabindex }: RowCheckProps): VNode {
  const { id } = conversation;
  const isChecked = useMemo(() => computed(() => isSelected(id)), [id]);
  return html`<label class="row-check" data-shown=${String(isSelecting.value)}>
    <input
      type="checkbox"
      aria-label=${`Select ${callerTitle(conversation)}`}
      checked=${isChecked.value}
      tabindex=${tabindex}
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
