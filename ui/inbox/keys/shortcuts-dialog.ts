import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { keyCaps } from './caps.ts';
import { ACTIONS, allKeys, GROUPS, type Group, shortcut } from './shortcuts.ts';
import { areShortcutsShown, closeShortcuts } from './shown.ts';
import { areSingleKeysOn, turnSingleKeys } from './single-keys.ts';

/** Every key and what it is for, as the table of shortcuts has it. */
export function ShortcutsDialog(): VNode {
  const dialog = useDialog(areShortcutsShown.value);
  return html`<dialog ref=${dialog} class="dialog shortcuts" aria-labelledby="shortcuts-title" onClose=${closeShortcuts}>
    <div class="dialog__head">
      <h2 class="dialog__title" id="shortcuts-title" tabindex="-1" autofocus>Keyboard shortcuts</h2>
      <button type="button" class="icon-button" aria-label="Close" onClick=${closeShortcuts}>${icon('close')}</button>
    </div>
    <div class="shortcuts__groups">${GROUPS.map(group)}</div>
    <label class="check">
      <input
        type="checkbox"
        checked=${areSingleKeysOn.value}
        onChange=${(event: Event) => turnSingleKeys((event.currentTarget as HTMLInputElement).checked)}
      />
      <span>Use single keys in this browser<span class="shortcuts__why">Switch them off where speech or habit presses them by mistake. ⌘ and Ctrl keys, arrows and Esc stay.</span></span>
    </label>
  </dialog>`;
}

function group(title: Group): VNode {
  const actions = ACTIONS.filter((action) => shortcut(action).group === title);
  return html`<section key=${title} aria-label=${title}>
    <h3 class="shortcuts__group">${title}</h3>
    <dl>
      ${actions.map((action) => {
        return html`<div class="shortcuts__row" key=${action}>
          <dt>${shortcut(action).words}</dt>
          <dd>${allKeys(action).map((chord) => keyCaps([chord]))}</dd>
        </div>`;
      })}
    </dl>
  </section>`;
}
