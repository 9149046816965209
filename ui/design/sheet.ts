import { type ComponentChildren, html, type VNode } from './html.ts';
import { icon } from './icon.ts';
import { useDialog } from './use-dialog.ts';

interface Sheet {
  id: string;
  title: string;
  isOpen: boolean;
  close: () => void;
  children?: ComponentChildren;
}

/** From the side, over the page; Escape and the scrim close it, and the keyboard returns to what opened it. */
export function Sheet({ id, title, isOpen, close, children }: Sheet): VNode {
  const dialog = useDialog(isOpen);
  const closeOnScrim = (event: MouseEvent) => {
    if (event.target === event.currentTarget) close();
  };
  return html`<dialog ref=${dialog} class="sheet" aria-labelledby=${`${id}-title`} onClose=${close} onClick=${closeOnScrim}>
    <div class="sheet__head">
      <h2 class="sheet__title" id=${`${id}-title`} tabindex="-1" autofocus>${title}</h2>
      <button type="button" class="icon-button" aria-label="Close" onClick=${close}>${icon('close')}</button>
    </div>
    <div class="sheet__body">${children}</div>
  </dialog>`;
}
