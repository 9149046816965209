import { useSignal } from '@preact/signals';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { signIn } from '../actions/session-actions.ts';
import { focusSoon } from '../focus.ts';
import { OtherWays } from './lazy-views.ts';

await stylesheet('/assets/sign-in.css');

export function SignIn({ note }: { note: string | null }): VNode {
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => focusSoon('#email'), []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.value || !(event.currentTarget instanceof HTMLFormElement)) return;
    const fields = new FormData(event.currentTarget);
    isBusy.value = true;
    error.value = null;
    error.value = await signIn(String(fields.get('email')).trim(), String(fields.get('password')));
    isBusy.value = false;
    if (error.value !== null) focusSoon('#password');
  }

  return html`<main class="sign-in">
    <form class="sign-in__card" onSubmit=${submit}>
      <img class="sign-in__mark" src="/favicon.svg" alt="" width="40" height="40" />
      <h1 class="sign-in__title">Sign in to Offhook</h1>
      ${note === null ? null : html`<p class="callout callout--plain" role="status">${note}</p>`}
      <div class="field">
        <label for="email">E-mail</label>
        <input id="email" name="email" type="email" autocomplete="username" required />
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid=${error.value === null ? undefined : 'true'}
          aria-describedby=${error.value === null ? undefined : 'sign-in-error'}
        />
      </div>
      <div role="alert" id="sign-in-error">
        ${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}
      </div>
      <button class="button button--primary button--wide" type="submit" aria-disabled=${isBusy.value ? 'true' : undefined}>
        ${isBusy.value ? 'Signing in…' : 'Sign in'}
      </button>
      <div class="sign-in__more"><${OtherWays} /></div>
    </form>
    <p class="sign-in__foot">Callers who could not get through, carried on by text.</p>
  </main>`;
}

/** Above a page that is kept out of sight, and above the dialogs that may be open in it. */
export function SignInOver({ note }: { note: string | null }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = () => dialog.current?.showModal();
  useLayoutEffect(() => void open(), []);
  return html`<dialog ref=${dialog} class="sign-in-over" aria-label="Sign in" onCancel=${(event: Event) => event.preventDefault()} onClose=${open}>
    <${SignIn} note=${note} />
  </dialog>`;
}
