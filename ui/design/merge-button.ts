import { useSignal } from '@preact/signals';
import { html, type VNode } from './html.ts';
import type { Merging } from './merge-dialog.ts';
import { useFetched } from './use-fetched.ts';

/** Offers to copy several languages into one text; what does it is fetched when it is wanted. */
export function MergeButton(merging: Pick<Merging, 'texts' | 'measure' | 'put'>): VNode {
  const isOpen = useSignal(false);
  const dialog = useFetched(isOpen.value, async () => (await import('./merge-dialog.ts')).MergeDialog);
  const close = () => {
    isOpen.value = false;
  };
  return html`<button type="button" class="button button--small" onClick=${() => {
    isOpen.value = true;
  }}>Copy into one text…</button>
    ${dialog.is === 'there' ? html`<${dialog.View} ...${merging} isOpen=${isOpen.value} close=${close} />` : null}
    ${dialog.is === 'failed' ? html`<p class="field__error" role="alert">This could not be loaded. Check the connection and load the page again.</p>` : null}`;
}
