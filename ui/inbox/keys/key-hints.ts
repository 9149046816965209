import { html, type VNode } from '../../design/html.ts';
import { keyCaps } from './caps.ts';
import { type Action, allKeys } from './shortcuts.ts';
import { areSingleKeysOn } from './single-keys.ts';

const HINTS: readonly (readonly [actions: Action[], does: string])[] = [
  [['next-row', 'previous-row'], 'move in the list'],
  [['open-row'], 'open'],
  [['palette'], 'find or do anything'],
  [['help'], 'all shortcuts'],
];

/** The first few, where nothing else is on screen. */
export function keyHints(): VNode | null {
  if (!areSingleKeysOn.value) return null;
  return html`<dl class="key-hints">
    ${HINTS.map(
      ([actions, does]) =>
        html`<div key=${does}><dt>${actions.map((action) => keyCaps(allKeys(action).slice(0, 1)))}</dt><dd>${does}</dd></div>`,
    )}
  </dl>`;
}
