import { html, type VNode } from '../../design/html.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { signOut } from '../actions/session-actions.ts';
import { secondsLeft } from '../idle.ts';
import { staySignedIn } from '../idle-watch.ts';
import { isIdleWarned } from '../store.ts';

export function IdleDialog(): VNode {
  const dialog = useDialog(isIdleWarned.value);
  return html`<dialog ref=${dialog} class="dialog" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-text" onCancel=${staySignedIn}>
    <h2 class="dialog__title" id="idle-title">Are you still there?</h2>
    <p class="dialog__text" id="idle-text">
      You will be signed out in a minute. What you are writing is kept while this page stays open.
    </p>
    <p class="dialog__count" aria-hidden="true">${isIdleWarned.value ? `${Math.max(0, secondsLeft.value)} s` : ''}</p>
    <div class="dialog__actions">
      <button type="button" class="button" onClick=${() => void signOut()}>Sign out now</button>
      <button type="button" class="button button--primary" autofocus onClick=${staySignedIn}>Stay signed in</button>
    </div>
  </dialog>`;
}
