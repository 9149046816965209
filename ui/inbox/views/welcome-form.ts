import { useSignal } from '@preact/signals';
import { MIN_PASSWORD_LENGTH } from '../../../src/domain/people/password-rules.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { makePasskey } from '../../shell/passkeys.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import type { Answer } from '../api.ts';
import { focusSoon } from '../focus.ts';
import type { Given, Greeting } from '../welcome-links.ts';

await stylesheet('/assets/sign-in.css');

/** Asks for what the link needs; then the page starts anew as a signed-in one. */
export function WelcomeForm({ title, words, email, asks, passkeyFor, leadsTo, use }: Greeting): VNode {
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const asksName = asks === 'name-and-password';
  const isNew = asks === 'name-and-password' || asks === 'new-password';
  const asksPassword = asks !== 'own-session';
  useEffect(() => focusSoon(asksName ? '#name' : '#password'), []);

  async function useUp(given: () => Promise<Answer<Given>>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    error.value = null;
    const chosen = await given();
    const answer = chosen.ok ? await use(chosen.value) : chosen;
    // Not kept in the history: the link is used up, and the page starts anew as a signed-in one.
    if (answer.ok) return location.replace(leadsTo);
    isBusy.value = false;
    error.value = answer.message;
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const name = String(fields.get('name') ?? '').trim();
    const given = asksPassword ? { name, password: String(fields.get('password')) } : { name, passkey: null };
    await useUp(async () => ({ ok: true, value: given }));
    if (error.value !== null) focusSoon('#password');
  }

  /** A name is asked for first: the passkey will be called by it. */
  async function withPasskey(): Promise<void> {
    const field = document.querySelector<HTMLInputElement>('#name');
    if (passkeyFor === null || field?.reportValidity() === false) return;
    const name = field?.value.trim() ?? '';
    await useUp(async () => {
      const made = await makePasskey({ ...passkeyFor, name });
      return made.ok ? { ok: true, value: { name, passkey: made.value } } : made;
    });
  }

  return html`<main class="sign-in">
    <form class="sign-in__card" onSubmit=${submit}>
      <img class="sign-in__mark" src="/favicon.svg" alt="" width="40" height="40" />
      <h1 class="sign-in__title">${title}</h1>
      <p class="callout callout--plain">${words}</p>
      ${
        email === null
          ? null
          : html`<div class="field">
              <label for="email">E-mail</label>
              <input id="email" name="email" autocomplete="username" value=${email} readonly />
            </div>`
      }
      ${
        asksName
          ? html`<div class="field">
              <label for="name">Your name, as colleagues see it</label>
              <input id="name" name="name" autocomplete="name" maxlength="100" required />
            </div>`
          : null
      }
      ${
        !asksPassword
          ? null
          : html`<div class="field">
        <label for="password">${isNew ? `Password, at least ${MIN_PASSWORD_LENGTH} characters` : 'Your password'}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete=${isNew ? 'new-password' : 'current-password'}
          minlength=${isNew ? MIN_PASSWORD_LENGTH : undefined}
          required
          aria-invalid=${error.value === null ? undefined : 'true'}
          aria-describedby=${error.value === null ? undefined : 'welcome-error'}
        />
      </div>`
      }
      <div role="alert" id="welcome-error">
        ${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}
      </div>
      <button class="button button--primary button--wide" type="submit" aria-disabled=${isBusy.value ? 'true' : undefined}>
        ${isBusy.value ? 'One moment…' : isNew ? 'Set password and go on' : 'Join'}
      </button>
      ${
        passkeyFor === null
          ? null
          : html`<p class="sign-in__or">or, without a password</p>
              <button type="button" class="button button--wide" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void withPasskey()}>
                ${icon('person')}Make a passkey and go on
              </button>`
      }
    </form>
    <p class="sign-in__foot">This link works once.</p>
  </main>`;
}
