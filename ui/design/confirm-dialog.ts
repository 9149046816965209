import { type ComponentChildren, html, type VNode } from './html.ts';
import { useDialog } from './use-dialog.ts';

interface Confirm {
  id: string;
  /** A question. */
  title: string;
  /** What happens then, and whether there is a way back. */
  text: ComponentChildren;
  isOpen: boolean;
  isBusy: boolean;
  error: string | null;
  /** The verb of the title, on the button. */
  does: string;
  isDangerous?: boolean;
  confirm: () => void;
  cancel: () => void;
}

/** Before what cannot be taken back. The way out has the keyboard first. */
export function ConfirmDialog(asked: Confirm): VNode {
  const { id, title, text, isOpen, isBusy, error, does, isDangerous, confirm, cancel } = asked;
  const dialog = useDialog(isOpen);
  return html`<dialog ref=${dialog} class="dialog" role="alertdialog" aria-labelledby=${`${id}-title`} aria-describedby=${`${id}-text`} onClose=${cancel}>
    <div class="dialog__form">
      <h2 class="dialog__title" id=${`${id}-title`}>${title}</h2>
      <div class="dialog__text" id=${`${id}-text`}>${text}</div>
      <div role="alert">${error === null ? null : html`<p class="callout callout--danger">${error}</p>`}</div>
      <div class="dialog__actions">
        <button type="button" class="button" autofocus onClick=${cancel}>Cancel</button>
        <button
          type="button"
          class=${isDangerous ? 'button button--danger' : 'button button--primary'}
          aria-disabled=${isBusy ? 'true' : undefined}
          onClick=${() => {
            if (!isBusy) confirm();
          }}
        >${does}</button>
      </div>
    </div>
  </dialog>`;
}
