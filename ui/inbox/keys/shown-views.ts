import { html, type VNode } from '../../design/html.ts';
import { lazy } from '../../shell/lazy.ts';
import { GoStrip } from './go-strip.ts';
import { areShortcutsShown, choosing, closeChooser, closeShortcuts } from './shown.ts';

const Chooser = lazy(async () => (await import('./chooser.ts')).Chooser);
const ShortcutsDialog = lazy(async () => (await import('./shortcuts-dialog.ts')).ShortcutsDialog);

/** What keys put on screen, over everything else. */
export function Shown(): VNode {
  return html`
    <${GoStrip} />
    <${ShortcutsDialog} isWanted=${areShortcutsShown.value} onMissing=${closeShortcuts} />
    <${Chooser} isWanted=${choosing.value !== null} onMissing=${closeChooser} />
  `;
}
