import { useSignal } from '@preact/signals';
import { MIN_PASSWORD_LENGTH } from '../../../src/domain/people/password-rules.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusSoon, notify } from '../../shell/page.ts';
import { changePassword } from './account-api.ts';

interface PasswordCard {
  email: string;
  hasPassword: boolean;
  changed: () => void;
}

/** `email` is for the browser's password store, which has to know whose password it keeps. */
export function PasswordCard({ email, hasPassword, changed }: PasswordCard): VNode {
  const error = useSignal<{ on: 'current' | 'new'; message: string } | null>(null);
  const isBusy = useSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    if (isBusy.peek() || !(form instanceof HTMLFormElement)) return;
    const fields = new FormData(form);
    isBusy.value = true;
    error.value = null;
    const answer = await changePassword(
      hasPassword ? String(fields.get('current')) : null,
      String(fields.get('password')),
    );
    isBusy.value = false;
    if (!answer.ok) {
      const on = answer.code === 'invalid-request' || !hasPassword ? 'new' : 'current';
      error.value = { on, message: answer.message };
      focusSoon(on === 'new' ? '#new-password' : '#current-password');
      return;
    }
    form.reset();
    notify(`Password ${hasPassword ? 'changed' : 'set'}. You were signed out everywhere else.`);
    changed();
  }

  const wrong = (on: 'current' | 'new') => (error.value?.on === on ? error.value.message : null);
  const current = { id: 'current-password', error: wrong('current') };
  const chosen = {
    id: 'new-password',
    error: wrong('new'),
    help: `At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are easy to keep in mind.`,
  };
  return html`<section class="section" aria-labelledby="password-title">
    <h2 class="section__title" id="password-title">Password</h2>
    <form class="card account__form" onSubmit=${submit}>
      <input type="text" name="username" autocomplete="username" value=${email} hidden readonly />
      ${
        !hasPassword
          ? null
          : field({
              ...current,
              label: 'Password that you have now',
              control: html`<input id=${current.id} name="current" type="password" autocomplete="current-password" required maxlength="256" aria-invalid=${current.error ? 'true' : undefined} aria-describedby=${describedBy(current)} />`,
            })
      }
      ${field({
        ...chosen,
        label: 'New password',
        control: html`<input id=${chosen.id} name="password" type="password" autocomplete="new-password" required minlength=${MIN_PASSWORD_LENGTH} maxlength="256" aria-invalid=${chosen.error ? 'true' : undefined} aria-describedby=${describedBy(chosen)} />`,
      })}
      <div class="form__actions">
        <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>${hasPassword ? 'Change password' : 'Set a password'}</button>
        <span class="field__help">It signs you out everywhere else.</span>
      </div>
    </form>
  </section>`;
}
