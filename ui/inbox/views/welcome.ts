import { useSignal } from '@preact/signals';
import { MIN_PASSWORD_LENGTH } from '../../../src/domain/password-rules.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { api } from '../api.ts';
import { focusSoon } from '../focus.ts';

/** Where the first admin of an environment chooses a password. */
export function Welcome({ token }: { token: string }): VNode {
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => focusSoon('#name'), []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.value || !(event.currentTarget instanceof HTMLFormElement)) return;
    const fields = new FormData(event.currentTarget);
    isBusy.value = true;
    error.value = null;
    const answer = await api.firstAdmin({
      token,
      name: String(fields.get('name')).trim(),
      password: String(fields.get('password')),
    });
    // Not kept in the history: the link is used up, and the page starts anew as a signed-in one.
    if (answer.ok) return location.replace('/');
    isBusy.value = false;
    error.value = answer.message;
    focusSoon('#password');
  }

  return html`<main class="sign-in">
    <form class="sign-in__card" onSubmit=${submit}>
      <img class="sign-in__mark" src="/favicon.svg" alt="" width="40" height="40" />
      <h1 class="sign-in__title">Welcome to Offhook</h1>
      <p class="callout callout--plain">You are its first admin. Choose the password you will sign in with.</p>
      <div class="field">
        <label for="name">Your name, as colleagues see it</label>
        <input id="name" name="name" autocomplete="name" maxlength="100" required />
      </div>
      <div class="field">
        <label for="password">Password, at least ${MIN_PASSWORD_LENGTH} characters</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength=${MIN_PASSWORD_LENGTH}
          required
          aria-invalid=${error.value === null ? undefined : 'true'}
          aria-describedby=${error.value === null ? undefined : 'welcome-error'}
        />
      </div>
      <div role="alert" id="welcome-error">
        ${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}
      </div>
      <button class="button button--primary button--wide" type="submit" aria-disabled=${isBusy.value ? 'true' : undefined}>
        ${isBusy.value ? 'Setting up…' : 'Set password and go on'}
      </button>
    </form>
    <p class="sign-in__foot">This link works once.</p>
  </main>`;
}
