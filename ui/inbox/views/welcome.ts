import { useSignal } from '@preact/signals';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { type Greeting, greetingOf } from '../welcome-links.ts';
import { WelcomeForm } from './welcome-form.ts';

type Look =
  | { is: 'looking' }
  | { is: 'good'; greeting: Greeting }
  | { is: 'refused'; message: string; isGone: boolean };

/** Where a link leads: of the first admin, of who is invited, of who forgot their password. */
export function Welcome({ token }: { token: string }): VNode {
  const look = useSignal<Look>({ is: 'looking' });
  async function lookUp(): Promise<void> {
    look.value = { is: 'looking' };
    const answer = await greetingOf(token);
    look.value = answer.ok
      ? { is: 'good', greeting: answer.value }
      : { is: 'refused', message: answer.message, isGone: answer.status === 404 };
  }
  useEffect(() => void lookUp(), [token]);

  const current = look.value;
  switch (current.is) {
    case 'looking':
      return html`<main class="splash" aria-busy="true"><h1 class="visually-hidden">Welcome to Offhook</h1></main>`;
    case 'refused':
      return html`<main class="splash">
        <h1 class="visually-hidden">Welcome to Offhook</h1>
        ${
          current.isGone
            ? emptyState(
                'lock',
                'This link does not work any more',
                current.message,
                html`<a class="button" href="/">Go to sign-in</a>`,
              )
            : emptyState(
                'wifi',
                'The link could not be checked',
                current.message,
                html`<button type="button" class="button" onClick=${() => void lookUp()}>Try again</button>`,
              )
        }
      </main>`;
    case 'good':
      return html`<${WelcomeForm} ...${current.greeting} />`;
  }
}
