import { html, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { signOut } from '../actions/session-actions.ts';
import { session } from '../store.ts';
import { FirstPractice } from './lazy-views.ts';

/** For who is signed in, and belongs to none of the practices or not to the one of the address. */
export function NoPractice(): VNode {
  const { practices = [], staff } = session.value ?? {};
  if (practices.length === 0 && staff?.isAdmin) return html`<${FirstPractice} />`;
  const links = html`<ul class="plain-list">
    ${practices.map(({ id, name }) => html`<li key=${id}><a data-inbox href=${`/${encodeURIComponent(id)}`}>${name}</a></li>`)}
  </ul>`;
  const leave = html`<button type="button" class="button" onClick=${() => void signOut()}>Sign out</button>`;
  return html`<main class="splash">
    <h1 class="visually-hidden">Offhook</h1>
    ${
      practices.length === 0
        ? emptyState(
            'inbox',
            'No practice yet',
            'You do not belong to a practice. Ask an admin to add you to one.',
            leave,
          )
        : emptyState(
            'inbox',
            'There is nothing here that you can see',
            'Choose one of your practices:',
            links,
          )
    }
  </main>`;
}
