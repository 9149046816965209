import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { signOut } from '../actions/session-actions.ts';
import { secondsLeft } from '../idle.ts';
import { staySignedIn } from '../idle-watch.ts';
import { areShortcutsShown, areSingleKeysOn, closeShortcuts, turnSingleKeys } from '../keyboard.ts';
import { SHORTCUTS } from '../shortcuts.ts';
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

export function ShortcutsDialog(): VNode {
  const dialog = useDialog(areShortcutsShown.value);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="shortcuts-title" onClose=${closeShortcuts}>
    <div class="dialog__head">
      <h2 class="dialog__title" id="shortcuts-title" tabindex="-1" autofocus>Keyboard shortcuts</h2>
      <button type="button" class="icon-button" aria-label="Close" onClick=${closeShortcuts}>${icon('close')}</button>
    </div>
    <dl class="shortcuts">
      ${SHORTCUTS.map(
        ([keys, does]) => html`<div class="shortcuts__row" key=${does}>
          <dt>${does}</dt>
          <dd>${keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</dd>
        </div>`,
      )}
    </dl>
    <label class="check">
      <input
        type="checkbox"
        checked=${areSingleKeysOn.value}
        onChange=${(event: Event) => turnSingleKeys((event.currentTarget as HTMLInputElement).checked)}
      />
      <span>Use single-key shortcuts in this browser</span>
    </label>
  </dialog>`;
}
