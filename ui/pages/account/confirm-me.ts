import { useSignal } from '@preact/signals';
import { describedBy, field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { showPasskey } from '../../shell/passkeys.ts';
import { confirmByPasskey, confirmByPassword } from './account-api.ts';

interface ConfirmMe {
  isOpen: boolean;
  hasPassword: boolean;
  hasPasskey: boolean;
  email: string;
  confirmed: () => void;
  cancel: () => void;
}

/** Before somebody changes how they sign in, where the sign-in was a while ago: a desk may have been left. */
export function ConfirmMe({ isOpen, hasPassword, hasPasskey, email, confirmed, cancel }: ConfirmMe): VNode {
  const dialog = useDialog(isOpen);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => {
    error.value = null;
  }, [isOpen]);

  async function show(prove: () => Promise<{ ok: true } | { ok: false; message: string }>): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = null;
    const answer = await prove();
    isBusy.value = false;
    if (answer.ok) confirmed();
    else error.value = answer.message;
  }
  const byPasskey = async () => {
    const used = await showPasskey();
    return used.ok ? confirmByPasskey(used.value) : used;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void show(() => confirmByPassword(String(new FormData(form).get('password'))));
  };

  const parts = { id: 'confirm-password', error: hasPassword ? error.value : null };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="confirm-title" aria-describedby="confirm-text" onClose=${cancel}>
    <form class="dialog__form" onSubmit=${submit}>
      <h2 class="dialog__title" id="confirm-title">Is it you?</h2>
      <p class="dialog__text" id="confirm-text">${
        hasPassword || hasPasskey
          ? 'You signed in a while ago. Show once more that it is you, then go on.'
          : 'You signed in a while ago. Sign out, sign in again, then go on within ten minutes.'
      }</p>
      ${
        isOpen && hasPassword
          ? html`<input type="text" name="username" autocomplete="username" value=${email} hidden readonly />${field(
              {
                ...parts,
                label: 'Your password',
                control: html`<input id=${parts.id} name="password" type="password" autocomplete="current-password" required autofocus maxlength="256" aria-invalid=${parts.error ? 'true' : undefined} aria-describedby=${describedBy(parts)} />`,
              },
            )}`
          : html`<div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>`
      }
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${cancel}>Cancel</button>
        ${hasPasskey ? html`<button type="button" class="button" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void show(byPasskey)}>${icon('person')}Use a passkey</button>` : null}
        ${hasPassword ? html`<button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>Go on</button>` : null}
      </div>
    </form>
  </dialog>`;
}
