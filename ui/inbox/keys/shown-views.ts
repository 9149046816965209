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

/** There before they are wanted, so that what is typed after ⌘K goes into its field. */
export function fetchShown(): void {
  for (const { fetch } of [Chooser, ShortcutsDialog]) fetch().catch(() => {});
  import('./palette.ts').catch(() => {});
}
