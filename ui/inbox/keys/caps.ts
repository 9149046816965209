import { html, type VNode } from '../../design/html.ts';
import { capsOf } from './chord.ts';
import { IS_APPLE } from './platform.ts';

/** Chords that are pressed one after the other, key by key. */
export function keyCaps(chords: readonly string[]): VNode {
  return html`<span class="caps">${chords.flatMap((chord) =>
    capsOf(chord, IS_APPLE).map(
      ({ shown, said }, index) =>
        html`<kbd key=${`${chord} ${index}`}><span aria-hidden="true">${shown}</span><span class="visually-hidden">${said} </span></kbd>`,
    ),
  )}</span>`;
}
